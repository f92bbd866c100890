from datetime import date
from typing import TYPE_CHECKING, Any, cast
from zoneinfo import ZoneInfo

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.core import kernel
from cms.core.fields import FuzzyDateField
from cms.core.papers import Audience, Origin
from cms.core.values import FuzzyDate
from cms.documents.reading import attachments_of, links_of
from cms.events import announcements, panels, rules, wording
from cms.events.blocks import QuestionStream
from cms.events.errors import reject
from cms.events.forms import ChildForm
from cms.events.models.announced import Announced, Partner
from cms.events.rules import (
    EventKind,
    EventState,
    ProgrammeState,
    Refusal,
    RegistrationState,
    Situation,
)
from cms.networks.models import Organisation
from cms.networks.papers import NetworkPaper
from workflow.governed import GovernedPage

if TYPE_CHECKING:
    from cms.events.models.series import EventSeriesPage


class EventTopic(TaggedItemBase):
    content_object = ParentalKey(
        "events.EventPage", on_delete=models.CASCADE, related_name="tagged_topics"
    )


class EventPage(GovernedPage, NetworkPaper, Announced, Page):
    """One event, alone or as part of a series.

    `takes_place_on` is the date that lists are sorted by: typed where only a
    year or month is known, else taken from `starts_at`. What is left empty
    (host, programme, both states) comes from the series.

    Context: `series` (EventSeriesPage if visible, or None), `siblings` (visible events of
    the series), `partners` (the event's own, else the series'), `situation`,
    `announcement`, `programme_sentence`, `registration_sentence`,
    `documentations` (visible DocumentationPage), `attachments`, `links`.
    """

    kind = models.CharField(
        _("kind"), max_length=20, choices=wording.choices(wording.EVENT_KINDS),
        default=EventKind.OTHER.value,
        help_text=_("Network meetings and summits belong to a network, see “Filing”."),
    )  # fmt: skip
    number = models.PositiveSmallIntegerField(_("number in the series"), null=True, blank=True)
    questions = StreamField(QuestionStream(), verbose_name=_("questions"), blank=True)
    takes_place_on = FuzzyDateField(
        _("date"), help_text=_("Day, month or year, as far as known. Empty: see the beginning.")
    )
    stated_weekday = models.PositiveSmallIntegerField(
        _("weekday as stated"), null=True, blank=True, choices=wording.WEEKDAY_CHOICES,
        help_text=_("If the source names one: a date on another weekday is refused."),
    )  # fmt: skip
    starts_at = models.DateTimeField(_("begins"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=40, default="Europe/Berlin")
    duration = models.CharField(
        _("duration"), max_length=80, blank=True,
        help_text=_("If no times are known, for example: one day."),
    )  # fmt: skip
    place = models.CharField(_("place"), max_length=200, blank=True)
    online = models.BooleanField(_("online"), default=False)
    registration_url = models.URLField(
        _("registration at"), blank=True, help_text=_("Shown while registration is open.")
    )
    programme_state = models.CharField(
        _("programme"), max_length=12, choices=wording.choices(wording.PROGRAMME_STATES),
        blank=True, help_text=_("Empty: as in the series."),
    )  # fmt: skip
    registration_state = models.CharField(
        _("registration"), max_length=16, choices=wording.choices(wording.REGISTRATION_STATES),
        blank=True, help_text=_("Empty: as in the series."),
    )  # fmt: skip
    state = models.CharField(
        _("state"), max_length=12, choices=wording.choices(wording.EVENT_STATES),
        default=EventState.PLANNED.value,
    )  # fmt: skip
    state_reason = models.CharField(
        _("reason"), max_length=300, blank=True,
        help_text=_("Why it is cancelled or postponed. Public."),
    )  # fmt: skip
    postponed_from = FuzzyDateField(_("old date"))
    topics = ClusterTaggableManager(through=EventTopic, verbose_name=_("topics"), blank=True)

    base_form_class = ChildForm
    edit_handler = panels.EVENT
    parent_page_types = ["events.EventSeriesPage", "events.EventIndexPage"]
    subpage_types = ["events.DocumentationPage"]

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    # --- derived ------------------------------------------------------------
    @cached_property
    def series(self) -> "EventSeriesPage | None":
        """The series this event is part of. Lists that know it set it."""
        parent = self.parent_page()
        if parent is None or parent.specific_class._meta.model_name != "eventseriespage":
            return None
        return cast("EventSeriesPage", parent.specific)

    def parent_page(self) -> Page | None:
        """Return the page above; for a page in the making the form has said which."""
        if self.path:
            return self.get_parent()
        return getattr(self, "_future_parent", None)

    @property
    def present_host(self) -> Organisation | None:
        return self.host or (self.series.host if self.series else None)

    @property
    def present_programme_state(self) -> ProgrammeState:
        """How far the programme is: the event's own word, else the series'."""
        inherited = self.series.programme_state if self.series else ProgrammeState.NONE
        return ProgrammeState(self.programme_state or inherited)

    @property
    def present_registration_state(self) -> RegistrationState:
        inherited = self.series.registration_state if self.series else RegistrationState.NOT_PLANNED
        return RegistrationState(self.registration_state or inherited)

    @property
    def starts_on(self) -> date | None:
        """The day of the beginning, in the event's own time zone."""
        if self.starts_at is None or self.time_zone not in rules.time_zones():
            return None
        return self.starts_at.astimezone(ZoneInfo(self.time_zone)).date()

    @property
    def local_times(self) -> tuple[Any, Any]:
        """Beginning and end as clocks on the spot show them."""
        zone = ZoneInfo(self.time_zone)
        both = (self.starts_at, self.ends_at)
        begins, ends = (moment.astimezone(zone) if moment else None for moment in both)
        return begins, ends

    @property
    def last_day(self) -> date | None:
        return self.local_times[1].date() if self.ends_at else self.takes_place_on.latest

    @property
    def present_state(self) -> EventState:
        """The state with what follows from others: documented once a documentation is public.

        One that is for fewer readers than the event tells the others nothing.
        """
        readers = kernel.tokens_of(self)
        documented = self.state == EventState.HELD and any(
            documentation.live and readers <= kernel.tokens_of(documentation)
            for documentation in self.documentations.all()
        )
        return EventState.DOCUMENTED if documented else EventState(self.state)

    def situation(self, *, today: date | None = None) -> Situation:
        return rules.situation_of(
            self.state, ends_on=self.last_day, today=today or timezone.localdate()
        )

    @property
    def programme_sentence(self) -> str:
        return announcements.programme_sentence(self.situation(), self.present_programme_state)

    @property
    def registration_sentence(self) -> str:
        return announcements.registration_sentence(
            self.situation(), self.present_registration_state
        )

    @property
    def announcement(self) -> str:
        """All that a reader is told about programme and registration."""
        sources: list[Any] = [self, self.series] if self.series else [self]
        return announcements.announcement(
            self.situation(),
            self.present_programme_state,
            self.present_registration_state,
            announced_elsewhere=any(one.announce_at or one.announce_at_url for one in sources),
        )

    # --- rules --------------------------------------------------------------
    def clean(self) -> None:
        super().clean()
        if self.time_zone not in rules.time_zones():
            reject({"time_zone": Refusal.NO_SUCH_TIME_ZONE})
        reject({"takes_place_on": rules.refusal_of_day(self.takes_place_on, self.starts_on)})
        self._take_date_from_beginning()
        public = self.audience == Audience.PUBLIC
        wants_reason = rules.refusal_of_state(
            self.state, reason=self.state_reason, postponed_from=self.postponed_from
        )
        old_date_missing = wants_reason is Refusal.POSTPONED_WITHOUT_OLD_DATE
        reject(
            {
                "stated_weekday": rules.refusal_of_weekday(
                    self.stated_weekday, self.takes_place_on
                ),
                "ends_at": rules.refusal_of_end(self.starts_at, self.ends_at),
                "postponed_from" if old_date_missing else "state_reason": wants_reason,
                "state": self._refusal_of_state(),
                "network": rules.refusal_of_network(
                    self.kind, has_network=self.network_id is not None
                ),
                "audience": rules.refusal_of_audience(self.kind, public=public),
                "number": Refusal.NUMBER_TAKEN if self._number_is_taken() else None,
            }
        )

    def _refusal_of_state(self) -> Refusal | None:
        today = timezone.localdate()
        held = rules.refusal_to_have_been_held(self.state, self.takes_place_on, today=today)
        if held or self.origin != Origin.MADE_HERE:
            return held
        rows = EventPage.objects.filter(pk=self.pk, live=True)
        before = rows.values_list("state", flat=True).first()
        return rules.refusal_to_move(before, self.state) if before else None

    def _take_date_from_beginning(self) -> None:
        if self.starts_on is not None:
            self.takes_place_on = FuzzyDate.day(self.starts_on)

    def _number_is_taken(self) -> bool:
        if self.number is None or self.series is None:
            return False
        others = EventPage.objects.child_of(self.series).filter(number=self.number)
        return bool(others.exclude(pk=self.pk).exists())

    # --- page ---------------------------------------------------------------
    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        visible = kernel.visible(request.user, self.documentations.filter(live=True))
        context.update(
            series=self._visible_series(request.user),
            siblings=self._siblings(request.user),
            partners=self._partners(),
            situation=self.situation(),
            announcement=self.announcement,
            programme_sentence=self.programme_sentence,
            registration_sentence=self.registration_sentence,
            documentations=list(visible),
            attachments=attachments_of(self),
            links=links_of(request.user, self) if self.pk else [],
        )
        return context

    def _visible_series(self, user: Any) -> "EventSeriesPage | None":
        """The series, named only to those who may see it; its states hold for everybody."""
        series = self.series
        seen = series is not None and kernel.check(user, kernel.Verb.VIEW, series)
        return series if seen else None

    def _partners(self) -> list[Any]:
        """Return the event's own partners, else those of the series."""
        for page in (self, self.series):
            if page is not None:
                found = page.partners.select_related("organisation")
                if partners := list(found.prefetch_related("organisation__names")):
                    return partners
        return []

    def _siblings(self, user: Any) -> list["EventPage"]:
        if self.series is None:
            return []
        pages = EventPage.objects.child_of(self.series).live().order_by("takes_place_on", "number")
        siblings = list(kernel.visible(user, pages))
        for event in siblings:
            event.series = self.series
        return siblings


class EventPartner(Partner):
    page = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="partners")

    panels = panels.PARTNER

    class Meta(Partner.Meta):
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
