"""Series, events and documentations for the tests of this chapter."""

from typing import Any

from wagtail.models import Page

from cms.core.papers import Origin
from cms.core.values import FuzzyDate
from cms.events.models import (
    DocumentationIndexPage,
    DocumentationPage,
    EventIndexPage,
    EventPage,
    EventSeriesPage,
)
from tests.cms.agreements import papers


def index() -> EventIndexPage:
    return papers.index(EventIndexPage, "Veranstaltungen")


def series(**fields: Any) -> EventSeriesPage:
    fields.setdefault("title", "Gemeinsam vor Ort")
    return papers.below(index(), EventSeriesPage(origin=Origin.TAKEN_OVER, **fields))


def event(parent: Page | None = None, **fields: Any) -> EventPage:
    fields.setdefault("title", "Auftakt")
    fields.setdefault("takes_place_on", FuzzyDate.parse("28.04.2021"))
    page = EventPage(origin=Origin.TAKEN_OVER, **fields)
    return papers.below(parent or index(), page)


def documentation(of: EventPage | None = None, **fields: Any) -> DocumentationPage:
    fields.setdefault("title", "Dokumentation der Tagung")
    parent = papers.index(DocumentationIndexPage, "Dokumentationen")
    page = DocumentationPage(event=of, origin=Origin.TAKEN_OVER, **fields)
    return papers.below(parent, page)
