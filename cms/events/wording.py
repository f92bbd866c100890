"""How events speak to people: labels of states and kinds, sentences of refusals.

The sentences on programme and registration are in announcements.py.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.core import refusals
from cms.events.rules import (
    AppliesTo,
    ConcernKind,
    ConcernStatus,
    EventKind,
    EventState,
    FindingKind,
    PartnerRole,
    ProgrammeState,
    Refusal,
    RegistrationState,
)

EVENT_KINDS = {
    EventKind.SEMINAR: _("seminar"),
    EventKind.CONFERENCE: _("conference"),
    EventKind.NETWORK_MEETING: _("network meeting"),
    EventKind.WORKSHOP: _("workshop"),
    EventKind.SUMMIT: _("municipal summit"),
    EventKind.SHORT_FORMAT: _("short digital format"),
    EventKind.OTHER: _("other event"),
}
EVENT_STATES = {
    EventState.PLANNED: pgettext_lazy("event", "planned"),
    EventState.ANNOUNCED: pgettext_lazy("event", "announced"),
    EventState.CONFIRMED: pgettext_lazy("event", "confirmed"),
    EventState.HELD: pgettext_lazy("event", "held"),
    EventState.DOCUMENTED: pgettext_lazy("event", "documented"),
    EventState.ARCHIVED: pgettext_lazy("event", "archived"),
    EventState.POSTPONED: pgettext_lazy("event", "postponed"),
    EventState.CANCELLED: pgettext_lazy("event", "cancelled"),
}
PROGRAMME_STATES = {
    ProgrammeState.NONE: pgettext_lazy("programme", "no programme intended"),
    ProgrammeState.PENDING: pgettext_lazy("programme", "to follow"),
    ProgrammeState.DRAFT: pgettext_lazy("programme", "draft"),
    ProgrammeState.APPROVED: pgettext_lazy("programme", "approved"),
    ProgrammeState.PUBLISHED: pgettext_lazy("programme", "published"),
}
REGISTRATION_STATES = {
    RegistrationState.NOT_PLANNED: pgettext_lazy("registration", "no registration intended"),
    RegistrationState.NOT_OPEN: pgettext_lazy("registration", "not open yet"),
    RegistrationState.OPEN: pgettext_lazy("registration", "open"),
    RegistrationState.WAITING_LIST: pgettext_lazy("registration", "waiting list"),
    RegistrationState.CLOSED: pgettext_lazy("registration", "closed"),
}
PARTNER_ROLES = {
    PartnerRole.HOST: _("host"),
    PartnerRole.COOPERATION: _("in cooperation with"),
    PartnerRole.SCIENTIFIC_SUPPORT: _("scientific support"),
    PartnerRole.FUNDER: _("funded by"),
    PartnerRole.CONTRIBUTOR: _("with contributions by"),
}
FINDING_KINDS = {
    FindingKind.OBSERVATION: _("observation"),
    FindingKind.SUCCESS_FACTOR: _("success factor"),
    FindingKind.OBSTACLE: _("obstacle"),
    FindingKind.DEMAND: _("demand"),
}
APPLIES_TO = {
    AppliesTo.ALL: _("all municipalities"),
    AppliesTo.BIG_CITY: _("big cities"),
    AppliesTo.SMALL_TOWN: _("small towns"),
    AppliesTo.COUNTY: _("counties"),
}
CONCERN_KINDS = {
    ConcernKind.CONTINUATION: _("continuation of the exchange"),
    ConcernKind.FORMAT: _("another format"),
    ConcernKind.QUALIFICATION: _("qualification"),
    ConcernKind.FUNDING: _("funding"),
    ConcernKind.OTHER: _("other concern"),
}
CONCERN_STATUSES = {
    ConcernStatus.WISHED: _("wished for"),
    ConcernStatus.WILLINGNESS_DECLARED: _("willingness declared"),
    ConcernStatus.PLANNED: pgettext_lazy("concern", "planned"),
    ConcernStatus.DONE: pgettext_lazy("concern", "done"),
    ConcernStatus.DROPPED: pgettext_lazy("concern", "dropped"),
}

REFUSALS = {
    Refusal.WEEKDAY_DISAGREES: _(
        "The date does not fall on the stated weekday. Please check which of the two is right."
    ),
    Refusal.ENDS_BEFORE_START: _("The event ends before it begins."),
    Refusal.ENDS_WITHOUT_START: _("Please say when the event begins, too."),
    Refusal.DAY_DISAGREES: _("The date and the beginning name different days."),
    Refusal.NO_SUCH_TIME_ZONE: _("This time zone does not exist. Write it like Europe/Berlin."),
    Refusal.CANCELLED_WITHOUT_REASON: _("Please say why the event is cancelled."),
    Refusal.POSTPONED_WITHOUT_OLD_DATE: _(
        "Please enter the old date: it stays visible beside the new one."
    ),
    Refusal.HELD_IN_FUTURE: _("An event in the future cannot have taken place yet."),
    Refusal.NO_WAY_BACK: _("The event cannot go back from its published state to this one."),
    Refusal.NEEDS_NETWORK: _("Please say which network holds this event."),
    Refusal.SUMMIT_IS_INTERNAL: _(
        "The municipal summit is internal to the network. Please choose another audience"
        " than “Public”."
    ),
    Refusal.NUMBER_TAKEN: _("This series already has an event with this number."),
    Refusal.MORE_REPRESENTATIVES_THAN_PARTICIPANTS: _(
        "There cannot be more representatives of municipalities than participants."
    ),
    Refusal.MORE_MUNICIPALITIES_THAN_REPRESENTATIVES: _(
        "There cannot be more municipalities than persons who represent them."
    ),
    Refusal.MORE_MUNICIPALITIES_THAN_PARTICIPANTS: _(
        "There cannot be more municipalities than participants."
    ),
    Refusal.DONE_WITHOUT_RESULT: _(
        "Please say what came of it: choose the page or describe the result."
    ),
    Refusal.QUOTE_WITHOUT_SPEAKER: _("Please say who is quoted: a person or an organisation."),
}

WEEKDAY_CHOICES = [(number, WEEKDAYS[number]) for number in range(7)]


def choices(labels: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    """Return the labels as Django wants choices, with plain values for the migrations."""
    return [(key.value, label) for key, label in labels.items()]


def register() -> None:
    refusals.register(REFUSALS)
