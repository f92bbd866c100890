"""The files of a paper, as programs are told of them."""

from collections.abc import Sequence

from pydantic import BaseModel, Field
from wagtail.models import Page

from cms.documents.reading import attachments_of


class PaperFile(BaseModel):
    """A file that hangs on a paper. Whoever may read the paper may fetch it."""

    name: str
    kind: str = Field(description="`text`, `annex`, `signed_original`, …; empty for an archive's")
    url: str
    size: int | None = Field(description="In bytes; null: only its text is kept here")
    sha256: str | None
    media_type: str
    licence: str = ""
    rights_holder: str = ""
    credit_line: str = ""


def files_of(page: Page) -> Sequence[PaperFile]:
    """Return what hangs on a page, in order; one query."""
    return [
        PaperFile(
            name=one.name,
            kind=one.kind,
            url=one.file.url,
            size=one.file.file_size,
            sha256=one.file.sha256 or None,
            media_type=one.file.media_type,
            licence=one.licence,
            rights_holder=one.rights_holder,
            credit_line=one.credit_line,
        )
        for one in attachments_of(page)
    ]
