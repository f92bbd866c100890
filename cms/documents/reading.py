"""What chapters show and offer to search of a paper's files and references."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Prefetch, prefetch_related_objects
from django.template.defaultfilters import filesizeformat
from wagtail.models import Page

from cms.core import kernel
from cms.documents.models import Attachment, FilePage, Reference
from cms.networks.models import Organisation
from search.entries import FileText
from workflow.digests import FileLink

# One end of a reference: content type and key, as the row keeps them.
_End = tuple[int, str]


def attachments_of(text: object) -> list[Attachment]:
    """Return what hangs on a page or on one of its drafts, with the files, in order; one query."""
    relation = getattr(text, "attachments", None)
    if relation is None:
        return []
    attachments = list(relation.select_related("file"))
    # The rows of a draft come without their files.
    prefetch_related_objects(attachments, "file")
    return attachments


def files_of(text: object) -> list[tuple[str, str]]:
    """Return (name, SHA-256) of the files that hang on a text, a draft's included."""
    return [(one.name, one.file.sha256) for one in attachments_of(text)]


def file_links_of(text: object) -> list[FileLink]:
    """Return where the files that hang on a text are opened, with their type and size."""
    return [
        FileLink(
            name=one.name,
            address=one.file.url,
            about=f"{one.file.file_extension.upper()}, {filesizeformat(one.file.get_file_size())}",
        )
        for one in attachments_of(text)
    ]


def texts_by_digest(digests: Collection[str]) -> dict[str, str]:
    """Return the texts of files by their SHA-256, page after page; one query."""
    rows = FilePage.objects.filter(file__sha256__in=digests).order_by("file", "number")
    found: dict[str, dict[int, str]] = {}
    for digest, number, text in rows.values_list("file__sha256", "number", "text"):
        # The same file may have been uploaded twice.
        found.setdefault(digest, {})[number] = text
    return {digest: "\n".join(pages.values()) for digest, pages in found.items()}


def file_texts(page: Page) -> list[FileText]:
    """Return the texts of a page's files for search, in two queries."""
    rows = Attachment.objects.filter(page_id=page.pk).select_related("file")
    texts = rows.prefetch_related(Prefetch("file__pages", FilePage.objects.order_by("number")))
    return [
        FileText(
            name=attachment.name,
            url=attachment.file.url,
            pages=[page.text for page in attachment.file.pages.all()],
            numbered=attachment.file.has_page_numbers,
        )
        for attachment in texts
    ]


@dataclass(frozen=True, slots=True)
class Link:
    """One reference as a reader sees it: the relation, also in words, and the other record."""

    kind: str
    relation: str
    record: models.Model
    leads_here: bool
    certainty: str
    note: str


def links_of(user: kernel.Somebody, record: models.Model) -> Sequence[Link]:
    """Return the references of a record whose other end this person may see.

    One query for each kind of record at the other end, however many references there are.
    """
    here = (ContentType.objects.get_for_model(record).pk, str(record.pk))
    ends = []
    for reference in Reference.objects.of(record):
        from_end = (reference.from_type_id, reference.from_id)
        to_end = (reference.to_type_id, reference.to_id)
        leads_here = to_end == here
        ends.append((reference, leads_here, from_end if leads_here else to_end))
    seen = _visible_records(user, {other for _, _, other in ends})
    return [
        Link(
            reference.kind,
            str(reference.get_kind_display()),
            seen[other],
            leads_here,
            reference.certainty,
            reference.note,
        )  # fmt: skip
        for reference, leads_here, other in ends
        if other in seen
    ]


def _visible_records(user: kernel.Somebody, ends: Iterable[_End]) -> dict[_End, models.Model]:
    """Read the records that this person may see, bodies with their names."""
    by_type: dict[int, list[str]] = defaultdict(list)
    for type_id, pk in ends:
        by_type[type_id].append(pk)
    found: dict[_End, models.Model] = {}
    for type_id, pks in by_type.items():
        # None: the table of a kind of record that is gone.
        if model := ContentType.objects.get_for_id(type_id).model_class():
            rows = kernel.visible(user, model._default_manager.filter(pk__in=pks))
            if model is Organisation:
                rows = rows.prefetch_related("names")
            found.update({(type_id, str(row.pk)): row for row in rows})
    return found
