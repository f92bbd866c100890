"""How archive documents offer themselves to search."""

from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cms.archive.models import ArchiveBody, ArchiveFile, ArchivePaper
from cms.core import kernel
from cms.documents.models import FilePage
from cms.networks.search import network_of
from search import sources
from search.entries import Entry, FileText
from search.sources import Body, ModelSource, key_for

FILES = Prefetch("files", ArchiveFile.objects.select_related("file"))
PAGES = Prefetch("files__file__pages", FilePage.objects.order_by("number"))


# What the facet calls a body of the archive; those of the register are numbers.
BODY_ID = "archive-"


class ArchivePaperSource(ModelSource):
    model = ArchivePaper
    kind = "archive"
    label = _("Archive document")

    def queryset(self) -> QuerySet[Any]:
        return ArchivePaper.objects.prefetch_related(
            FILES, PAGES, "directed_by", "originators", "consultations__bodies"
        )

    def describe(self, record: ArchivePaper) -> Entry:
        bodies = [body for body in bodies_of(record) if body.name]
        return Entry(
            key=key_for(record),
            kind=self.kind,
            title=str(record),
            url=record.get_absolute_url(),
            tokens=kernel.tokens_of(record),
            within=network_of(record),
            text=record.kind,
            files=[_text_of(file) for file in record.files.all()],
            reference_number=record.reference_number,
            organisations=[(f"{BODY_ID}{body.pk}", body.name) for body in bodies],
            organisation_names=list(dict.fromkeys(n for body in bodies for n in body.all_names)),
            when=record.dated,
            language=record.language,
            source_id=record.source_id,
        )


def bodies_of(paper: ArchivePaper) -> list[ArchiveBody]:
    """Return who brought it in, who leads and who dealt with it, each once."""
    dealing = [body for one in paper.consultations.all() for body in one.bodies.all()]
    return list(dict.fromkeys([*paper.originators.all(), *paper.directed_by.all(), *dealing]))


def _text_of(file: ArchiveFile) -> FileText:
    kept = file.file
    if kept is None:
        pages = file.pages
        return FileText(
            name=file.name, url=file.url, pages=pages or [file.text], numbered=bool(pages)
        )
    return FileText(
        name=file.name,
        url=file.url,
        pages=[page.text for page in kept.pages.all()],
        numbered=kept.has_page_numbers,
    )


class ArchiveBodies:
    """The committees and offices of the archive, for questions that name one."""

    def called(self, name: str) -> set[str]:
        exactly = Q(name__iexact=name) | Q(short_name__iexact=name)
        bodies = ArchiveBody.objects.values_list("pk", flat=True)
        called = sources.exactly_or_nearly(bodies, exactly, Q(name__icontains=name))
        return {f"{BODY_ID}{pk}" for pk in called}

    def name_of(self, identity: str, user: Any) -> str:
        """Who may know a body hangs on its papers."""
        pk = identity.removeprefix(BODY_ID)
        if pk == identity or not pk.isdecimal():
            return ""
        named = Q(originators=pk) | Q(directed_by=pk) | Q(consultations__bodies=pk)
        if not kernel.visible(user, ArchivePaper.objects.filter(named)).exists():
            return ""
        return ArchiveBody.objects.filter(pk=pk).values_list("name", flat=True).first() or ""

    def meant_by(self, name: str, user: Any) -> tuple[Body, ...]:
        """None: they have no page."""
        return ()


def register() -> None:
    sources.register(ArchivePaperSource())
    sources.register_organisations(ArchiveBodies())
