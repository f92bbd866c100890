from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField
from wagtail.models import Page

from cms.core import kernel
from cms.events import panels, wording
from cms.events.models.event import EventPage
from cms.events.models.series import EventSeriesPage
from cms.events.rules import AFTERWARDS, EventState, Situation

PER_PAGE = 20


class EventIndexPage(Page):
    """All events below this page, also those of series.

    Context: `upcoming` (list by date; postponed ones without a new date too),
    `past` (page of a Paginator, `?seite=2`, the youngest first), `series`
    (visible EventSeriesPage), `kinds` ((value, label) for a filter), `kind`
    (the chosen one or "", `?art=workshop`). Every event knows its `series`.
    """

    intro = RichTextField(_("introduction"), blank=True)

    content_panels = [*Page.content_panels, panels.INTRO]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["events.EventSeriesPage", "events.EventPage"]

    class Meta:
        verbose_name = _("overview of events")
        verbose_name_plural = _("overviews of events")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        pages = EventSeriesPage.objects.child_of(self).live().order_by("title")
        series = list(kernel.visible(request.user, pages))
        kind = request.GET.get("art", "")
        below = EventPage.objects.descendant_of(self).live().defer_streamfields()
        events = kernel.visible(request.user, below)
        if kind in dict(wording.choices(wording.EVENT_KINDS)):
            events = events.filter(kind=kind)
        ahead, past = self._split(events)
        listed = Paginator(past, PER_PAGE).get_page(request.GET.get("seite"))
        self._tell_series([*ahead, *listed.object_list], series)
        context.update(
            upcoming=ahead,
            past=listed,
            series=series,
            kinds=wording.choices(wording.EVENT_KINDS),
            kind=kind,
        )
        return context

    def _split(self, events: Any) -> tuple[list[EventPage], Any]:
        """Return what is ahead as a list and the rest as a query, the youngest first.

        A date is kept as the part of it that is known, so "2026" and "2026-05"
        sort before a day in May; what may still be ahead is looked at one by one.
        """
        today = timezone.localdate()
        maybe = (
            events.exclude(state__in=[state.value for state in AFTERWARDS])
            .exclude(state=EventState.CANCELLED.value)
            .filter(takes_place_on__gte=str(today.year))
            .order_by("takes_place_on", "title")
        )
        open_ends = {Situation.AHEAD, Situation.POSTPONED}
        ahead = [event for event in maybe if event.situation(today=today) in open_ends]
        rest = events.exclude(pk__in=[event.pk for event in ahead])
        return ahead, rest.order_by("-takes_place_on", "title")

    def _tell_series(self, events: list[EventPage], series: list[EventSeriesPage]) -> None:
        by_path = {one.path: one for one in series}
        for event in events:
            event.series = by_path.get(event.path[: -Page.steplen])
