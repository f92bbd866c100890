from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.core import kernel
from cms.documents.reading import attachments_of, links_of
from cms.events import announcements, panels, wording
from cms.events.blocks import QuestionStream
from cms.events.models.announced import Announced, Partner
from cms.events.models.event import EventPage
from cms.events.rules import ProgrammeState, RegistrationState, Situation
from cms.networks.papers import NetworkPaper
from workflow.governed import GovernedPage


class EventSeriesTopic(TaggedItemBase):
    content_object = ParentalKey(
        "events.EventSeriesPage", on_delete=models.CASCADE, related_name="tagged_topics"
    )


class EventSeriesPage(GovernedPage, NetworkPaper, Announced, Page):
    """Several events under one heading; the event pages are its children.

    Context: `events` (visible EventPage by date, each knowing its series),
    `partners` (SeriesPartner with names), `announcement` (sentence),
    `programme_sentence`, `registration_sentence`, `attachments`, `links`.
    """

    format = models.CharField(
        _("format"), max_length=80, blank=True, help_text=_("For example: series of seminars.")
    )
    leading_questions = StreamField(
        QuestionStream(), verbose_name=_("leading questions"), blank=True
    )
    programme_state = models.CharField(
        _("programme"), max_length=12, choices=wording.choices(wording.PROGRAMME_STATES),
        default=ProgrammeState.PENDING.value,
    )  # fmt: skip
    registration_state = models.CharField(
        _("registration"), max_length=16, choices=wording.choices(wording.REGISTRATION_STATES),
        default=RegistrationState.NOT_OPEN.value,
    )  # fmt: skip
    topics = ClusterTaggableManager(through=EventSeriesTopic, verbose_name=_("topics"), blank=True)

    edit_handler = panels.SERIES
    parent_page_types = ["events.EventIndexPage"]
    subpage_types = ["events.EventPage", "events.DocumentationPage"]

    class Meta:
        verbose_name = _("series of events")
        verbose_name_plural = _("series of events")

    def situation(self, events: list[EventPage]) -> Situation:
        """Return what holds for the series: something is ahead while one event is."""
        today = timezone.localdate()
        found = {event.situation(today=today) for event in events}
        for one in (Situation.AHEAD, Situation.POSTPONED, Situation.OVER, Situation.CANCELLED):
            if one in found:
                return one
        return Situation.AHEAD

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        pages = EventPage.objects.child_of(self).live().order_by("takes_place_on", "number")
        events = list(kernel.visible(request.user, pages))
        for event in events:
            event.series = self
        situation = self.situation(events)
        programme = ProgrammeState(self.programme_state)
        registration = RegistrationState(self.registration_state)
        partners = self.partners.select_related("organisation")
        context.update(
            events=events,
            partners=list(partners.prefetch_related("organisation__names")),
            programme_sentence=announcements.programme_sentence(situation, programme),
            registration_sentence=announcements.registration_sentence(situation, registration),
            announcement=announcements.announcement(
                situation, programme, registration,
                announced_elsewhere=bool(self.announce_at or self.announce_at_url),
            ),
            attachments=attachments_of(self),
            links=links_of(request.user, self) if self.pk else [],
        )  # fmt: skip
        return context


class SeriesPartner(Partner):
    page = ParentalKey(EventSeriesPage, on_delete=models.CASCADE, related_name="partners")

    panels = panels.PARTNER

    class Meta(Partner.Meta):
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
