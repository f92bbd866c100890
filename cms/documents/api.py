"""The files and references of a paper, as programs are told of them."""

from collections.abc import Sequence

from django.db.models import Model
from pydantic import BaseModel, Field
from wagtail.models import Page

from cms.core.kernel import Somebody
from cms.documents.reading import attachments_of, links_of
from search.sources import key_for, source_of


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


class PaperReference(BaseModel):
    """What a paper has to do with another record that you may see."""

    relation: str = Field(description="`is_basis_of`, `renews`, `documents`, `cites`, …")
    leads_here: bool = Field(description="The other record says so of this paper")
    id: str | None = Field(description="As in `/papers`, `/series` and in hits")
    title: str
    certainty: str
    note: str


def references_of(user: Somebody, page: Page) -> Sequence[PaperReference]:
    """Return the references of a page as far as this person may see their other ends."""
    return [
        PaperReference(
            relation=one.kind,
            leads_here=one.leads_here,
            id=_identity(one.record),
            title=str(one.record),
            certainty=one.certainty,
            note=one.note,
        )
        for one in links_of(user, page)
    ]


def _identity(record: Model) -> str | None:
    source = source_of(key_for(record))
    return f"{source.kind}-{record.pk}" if source else None


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
