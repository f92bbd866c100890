"""Generated PDF files as uploads."""

from collections.abc import Sequence

from django.core.files.base import ContentFile

from cms.documents.models import File
from home.demo.keep import Keeper
from home.demo.pdf import Section, make_pdf

IMPRINT = (
    "Erfundenes Papier einer erfundenen Stelle, hergestellt für die Vorführung. Nachdruck ist "
    "erlaubt, wenn dieser Hinweis stehen bleibt."
)


def kept_file(
    keep: Keeper, slug: str, *, title: str, publisher: str, lead: str, sections: Sequence[Section]
) -> File:
    """Return the file of a paper, made and stored now."""
    data = make_pdf(
        title=title, publisher=publisher, lead=lead, imprint=f"{publisher}. {IMPRINT}",
        sections=sections,
    )  # fmt: skip
    file = File(
        title=title, file=ContentFile(data, name=f"{slug}.pdf"), uploaded_by_user=keep.editor
    )
    file.full_clean(exclude=["collection"])
    file.save()
    keep.stored.append(str(file.file.name))
    keep.count(file)
    return file
