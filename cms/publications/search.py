"""How publications offer themselves to search."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cms.core import kernel
from cms.documents.reading import file_texts
from cms.networks.search import network_of, organisation_pairs, plain
from cms.publications.models import PublicationPage
from search import sources
from search.entries import Entry
from search.sources import ModelSource, key_for


class PublicationSource(ModelSource):
    model = PublicationPage
    kind = "publication"
    label = _("Publication")

    def queryset(self) -> QuerySet[Any]:
        pages = PublicationPage.objects.live().select_related("network")
        return pages.prefetch_related(
            "network__names", "editors__organisation__names", "citations", "tagged_topics__tag"
        )

    def describe(self, record: PublicationPage) -> Entry:
        editors = [editor.organisation for editor in record.editors.all()]
        bodies = [*editors, record.network] if record.network else editors
        about = [str(record.get_kind_display()), record.issue, record.authors]
        body = [plain(getattr(block.value, "source", block.value)) for block in record.body]
        numbers = [number for number in (record.isbn, record.doi) if number]
        cited = [citation.text for citation in record.citations.all() if citation.text]
        return Entry(
            key=key_for(record),
            kind=self.kind,
            title=record.title,
            url=record.url or "",
            tokens=kernel.tokens_of(record),
            within=network_of(record),
            text="\n".join([*about, record.summary, *body, *numbers, *cited]),
            files=file_texts(record),
            reference_number=record.reference_number,
            organisations=organisation_pairs(*dict.fromkeys(bodies)),
            organisation_names=[name for b in dict.fromkeys(bodies) for name in b.all_names],
            when=record.published_on,
            topics=[tagged.tag.name for tagged in record.tagged_topics.all()],
            language=record.language,
        )


def register() -> None:
    sources.register(PublicationSource())
