"""What the front page lists for the person who asks, in a constant number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from cms.core import kernel
from cms.events.models import EventPage, EventSeriesPage
from cms.events.rules import AFTERWARDS, EventState, Situation
from cms.networks.models import NetworkPage
from cms.publications.models import PublicationPage

PUBLICATIONS = 5
EVENTS = 4


@dataclass(frozen=True, slots=True)
class Front:
    publications: Sequence[PublicationPage]
    events: Sequence[EventPage]
    networks: Sequence[NetworkPage]


def front_page_for(user: kernel.Somebody) -> Front:
    publications = PublicationPage.objects.live().defer_streamfields()
    newest = kernel.visible(user, publications).order_by("-published_on", "title")
    networks = kernel.visible(user, NetworkPage.objects.live())
    return Front(
        publications=list(newest[:PUBLICATIONS]),
        events=_next_events(user),
        networks=list(networks.order_by("title").select_related("organisation")),
    )


def _next_events(user: kernel.Somebody) -> list[EventPage]:
    """Return the events ahead of us; a few too many are read, vague dates sort first."""
    today = timezone.localdate()
    called_off = [*AFTERWARDS, EventState.CANCELLED]
    pages = (
        kernel.visible(user, EventPage.objects.live().defer_streamfields())
        .filter(takes_place_on__gte=str(today.year))
        .exclude(state__in=[state.value for state in called_off])
        .order_by("takes_place_on", "title")
    )
    ahead = [
        event for event in pages[: 10 * EVENTS] if event.situation(today=today) is Situation.AHEAD
    ][:EVENTS]
    _tell_series(ahead)
    return ahead


def _tell_series(events: list[EventPage]) -> None:
    """Let the events know their series: one query instead of two per event."""
    paths = {event.path[: -event.steplen] for event in events}
    series: dict[str, Any] = {
        one.path: one for one in EventSeriesPage.objects.filter(path__in=paths).live()
    }
    for event in events:
        event.series = series.get(event.path[: -event.steplen])
