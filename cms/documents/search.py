"""How plain pages offer themselves to search."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cms.core import kernel
from cms.documents.models import StandardPage
from cms.networks.search import plain
from search import sources
from search.entries import Entry
from search.sources import ModelSource, key_for


class StandardPageSource(ModelSource):
    model = StandardPage
    kind = "page"
    label = _("Page")

    def queryset(self) -> QuerySet[Any]:
        return StandardPage.objects.live()

    def describe(self, record: StandardPage) -> Entry:
        return Entry(
            key=key_for(record),
            kind=self.kind,
            title=record.title,
            url=record.url or "",
            tokens=frozenset({kernel.PUBLIC}),
            text=f"{record.intro}\n{plain(record.body)}",
        )


def register() -> None:
    sources.register(StandardPageSource())
