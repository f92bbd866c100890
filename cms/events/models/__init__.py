from cms.events.models.documentation import (
    Concern,
    ConcernUptake,
    DocumentationIndexPage,
    DocumentationPage,
    DocumentationTopic,
    Finding,
    Quote,
)
from cms.events.models.event import EventPage, EventPartner, EventTopic
from cms.events.models.index import EventIndexPage
from cms.events.models.series import EventSeriesPage, EventSeriesTopic, SeriesPartner

__all__ = [
    "Concern",
    "ConcernUptake",
    "DocumentationIndexPage",
    "DocumentationPage",
    "DocumentationTopic",
    "EventIndexPage",
    "EventPage",
    "EventPartner",
    "EventSeriesPage",
    "EventSeriesTopic",
    "EventTopic",
    "Finding",
    "Quote",
    "SeriesPartner",
]
