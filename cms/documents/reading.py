"""What chapters show and offer to search of a paper's files and references."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models
from django.db.models import Prefetch
from wagtail.models import Page

from cms.core import kernel
from cms.documents.models import Attachment, FilePage, Reference
from search.entries import FileText


def attachments_of(page: Page) -> list[Attachment]:
    """Return a published page's attachments with their files, in order; one query."""
    return list(Attachment.objects.filter(page_id=page.pk).select_related("file"))


def files_of(text: object) -> list[tuple[str, str]]:
    """Return (name, SHA-256) of the files that hang on a text, a draft's included."""
    attachments = getattr(text, "attachments", None)
    if attachments is None:
        return []
    return [(attachment.name, attachment.file.sha256) for attachment in attachments.all()]


def file_texts(page: Page) -> list[FileText]:
    """Return the texts of a page's files for search, in two queries."""
    rows = Attachment.objects.filter(page_id=page.pk).select_related("file")
    texts = rows.prefetch_related(Prefetch("file__pages", FilePage.objects.order_by("number")))
    return [
        FileText(
            name=attachment.name,
            url=attachment.file.url,
            pages=[page.text for page in attachment.file.pages.all()],
            numbered=attachment.file.media_type == "application/pdf",
        )
        for attachment in texts
    ]


@dataclass(frozen=True, slots=True)
class Link:
    """One reference as a reader sees it: the relation in words and the other record."""

    relation: str
    record: models.Model
    leads_here: bool
    certainty: str
    note: str


def links_of(user: kernel.Somebody, record: models.Model) -> Sequence[Link]:
    """Return the references of a record whose other end this person may see."""
    links = []
    for reference in Reference.objects.of(record).prefetch_related("from_record", "to_record"):
        leads_here = reference.to_record == record
        other = reference.from_record if leads_here else reference.to_record
        if other is not None and kernel.check(user, kernel.Verb.VIEW, other):
            links.append(
                Link(
                    str(reference.get_kind_display()),
                    other,
                    leads_here,
                    reference.certainty,
                    reference.note,
                )  # fmt: skip
            )
    return links
