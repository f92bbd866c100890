"""Who may see events and their documentations."""

from cms.events.models import (
    DocumentationIndexPage,
    DocumentationPage,
    EventIndexPage,
    EventPage,
    EventSeriesPage,
)
from cms.networks.papers import register_open_page, register_paper


def register() -> None:
    for page in (EventIndexPage, DocumentationIndexPage):
        register_open_page(page)
    for paper in (EventSeriesPage, EventPage, DocumentationPage):
        register_paper(paper)
