"""The right sentence on programme and registration, for every combination.

Programme and registration have states of their own, independent of each other
and of the page. What a reader may be told also depends on the day: nobody can
register for what is over. Where both are still to come, one sentence says so.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.events.rules import ProgrammeState, RegistrationState, Situation

_NO_PROGRAMME = _("No programme is intended.")
_PUBLISHED = _("The programme is published.")
_NOT_ON_FILE = _("No programme is on file.")
_KEPT = _("The programme stays available.")
_TO_COME_AGAIN = _("The programme will be published with the new date.")
_TOO_LATE = _("The date has passed; it is no longer possible to register.")
_WITHOUT = _("No registration was needed.")
_CALLED_OFF = _("The event is cancelled; it is not possible to register.")
_WAIT = _("The event is postponed; registration opens once the new date is fixed.")

PROGRAMME: Mapping[tuple[Situation, ProgrammeState], str | Promise] = {
    (Situation.AHEAD, ProgrammeState.NONE): _NO_PROGRAMME,
    (Situation.AHEAD, ProgrammeState.PENDING): _("The programme is to follow."),
    (Situation.AHEAD, ProgrammeState.DRAFT): _("The programme is being prepared."),
    (Situation.AHEAD, ProgrammeState.APPROVED): _(
        "The programme is fixed and will be published shortly."
    ),
    (Situation.AHEAD, ProgrammeState.PUBLISHED): _PUBLISHED,
    (Situation.OVER, ProgrammeState.NONE): _NOT_ON_FILE,
    (Situation.OVER, ProgrammeState.PENDING): _NOT_ON_FILE,
    (Situation.OVER, ProgrammeState.DRAFT): _NOT_ON_FILE,
    (Situation.OVER, ProgrammeState.APPROVED): _NOT_ON_FILE,
    (Situation.OVER, ProgrammeState.PUBLISHED): _KEPT,
    (Situation.POSTPONED, ProgrammeState.NONE): _NO_PROGRAMME,
    (Situation.POSTPONED, ProgrammeState.PENDING): _TO_COME_AGAIN,
    (Situation.POSTPONED, ProgrammeState.DRAFT): _TO_COME_AGAIN,
    (Situation.POSTPONED, ProgrammeState.APPROVED): _TO_COME_AGAIN,
    (Situation.POSTPONED, ProgrammeState.PUBLISHED): _(
        "The published programme was made for the old date and may change."
    ),
    (Situation.CANCELLED, ProgrammeState.NONE): _NOT_ON_FILE,
    (Situation.CANCELLED, ProgrammeState.PENDING): _NOT_ON_FILE,
    (Situation.CANCELLED, ProgrammeState.DRAFT): _NOT_ON_FILE,
    (Situation.CANCELLED, ProgrammeState.APPROVED): _NOT_ON_FILE,
    (Situation.CANCELLED, ProgrammeState.PUBLISHED): _KEPT,
}

REGISTRATION: Mapping[tuple[Situation, RegistrationState], str | Promise] = {
    (Situation.AHEAD, RegistrationState.NOT_PLANNED): _("No registration is needed."),
    (Situation.AHEAD, RegistrationState.NOT_OPEN): _("Registration is not open yet."),
    (Situation.AHEAD, RegistrationState.OPEN): _("Registration is open."),
    (Situation.AHEAD, RegistrationState.WAITING_LIST): _(
        "All places are taken. If you register, you are put on the waiting list."
    ),
    (Situation.AHEAD, RegistrationState.CLOSED): _("Registration is closed."),
    (Situation.OVER, RegistrationState.NOT_PLANNED): _WITHOUT,
    (Situation.OVER, RegistrationState.NOT_OPEN): _TOO_LATE,
    (Situation.OVER, RegistrationState.OPEN): _TOO_LATE,
    (Situation.OVER, RegistrationState.WAITING_LIST): _TOO_LATE,
    (Situation.OVER, RegistrationState.CLOSED): _TOO_LATE,
    (Situation.POSTPONED, RegistrationState.NOT_PLANNED): _(
        "The event is postponed. No registration is needed."
    ),
    (Situation.POSTPONED, RegistrationState.NOT_OPEN): _WAIT,
    (Situation.POSTPONED, RegistrationState.OPEN): _(
        "The event is postponed. Registration stays open."
    ),
    (Situation.POSTPONED, RegistrationState.WAITING_LIST): _(
        "The event is postponed. All places are taken; the waiting list stays open."
    ),
    (Situation.POSTPONED, RegistrationState.CLOSED): _(
        "The event is postponed. Registration is closed."
    ),
    (Situation.CANCELLED, RegistrationState.NOT_PLANNED): _("The event is cancelled."),
    (Situation.CANCELLED, RegistrationState.NOT_OPEN): _CALLED_OFF,
    (Situation.CANCELLED, RegistrationState.OPEN): _CALLED_OFF,
    (Situation.CANCELLED, RegistrationState.WAITING_LIST): _CALLED_OFF,
    (Situation.CANCELLED, RegistrationState.CLOSED): _CALLED_OFF,
}

# Both are still to come: one sentence instead of two.
TOGETHER: Mapping[tuple[Situation, ProgrammeState, RegistrationState], str | Promise] = {
    (Situation.AHEAD, programme, RegistrationState.NOT_OPEN): _(
        "The programme is to follow; registration opens once it is available."
    )
    for programme in (ProgrammeState.PENDING, ProgrammeState.DRAFT)
}


def programme_sentence(situation: Situation, programme: ProgrammeState) -> str:
    return str(PROGRAMME[situation, programme])


def registration_sentence(situation: Situation, registration: RegistrationState) -> str:
    return str(REGISTRATION[situation, registration])


def announcement(
    situation: Situation,
    programme: ProgrammeState,
    registration: RegistrationState,
    *,
    announced_elsewhere: bool = False,
) -> str:
    """Return all that a reader is told about programme and registration.

    `announced_elsewhere` adds where the news will appear, while there is news to come.
    """
    together = TOGETHER.get((situation, programme, registration))
    if together is not None:
        said = [str(together)]
    else:
        said = [
            programme_sentence(situation, programme),
            registration_sentence(situation, registration),
        ]
    if announced_elsewhere and news_to_come(situation, programme, registration):
        said.append(gettext("The organisers will announce it on their website."))
    return " ".join(said)


def news_to_come(
    situation: Situation, programme: ProgrammeState, registration: RegistrationState
) -> bool:
    """Return whether a reader still waits for the programme or for the registration."""
    if situation not in {Situation.AHEAD, Situation.POSTPONED}:
        return False
    programme_waits = programme not in {ProgrammeState.NONE, ProgrammeState.PUBLISHED}
    return programme_waits or registration is RegistrationState.NOT_OPEN
