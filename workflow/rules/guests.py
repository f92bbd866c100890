"""Links and codes of guests: when they hold, and who deals them out."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from workflow.rules.refusals import Refusal
from workflow.rules.states import PASSED, UNDER_WAY, Answer, JourneyStatus, StageStatus

CODE_DIGITS = 6
CODE_HOLDS = timedelta(minutes=10)
TRIES_PER_CODE = 5
CODES_PER_LINK = 5
# How long a guest who has given the code is known without doing anything, and at most.
IDLE = timedelta(minutes=30)
LONGEST_VISIT = timedelta(hours=12)
# After its deadline a stage still waits for answers.
GRACE = timedelta(days=14)
WITHOUT_DEADLINE = timedelta(days=30)


class GuestState(StrEnum):
    """How far it has come with a guest, for those who asked."""

    TO_BE_ASKED = "to_be_asked"
    LINK_SENT = "link_sent"
    REVOKED = "revoked"
    EXPIRED = "expired"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkFacts:
    """A guest's link as it stands now; `answer` is the one that holds at the guest's place."""

    journey: JourneyStatus
    stage: StageStatus
    is_revoked: bool
    has_expired: bool
    is_of_this_opening: bool
    takes_part: bool
    is_of_this_text: bool
    answer: Answer | None = None


def expiry(*, now: datetime, due_at: datetime | None, silence_is_consent: bool) -> datetime:
    """Return until when a link written now holds.

    Where silence counts as consent it speaks at the deadline, and no link after it.
    """
    if due_at is None:
        return now + WITHOUT_DEADLINE
    return due_at if silence_is_consent else max(now, due_at) + GRACE


def refusal_of_link(link: LinkFacts) -> Refusal | None:
    """Return why a link does not lead to an answer now."""
    if link.is_revoked or not link.takes_part:
        return Refusal.LINK_INVALID
    if link.answer is Answer.SILENT:
        return Refusal.SILENCE_COUNTED
    if link.answer is not None:
        return Refusal.ALREADY_DECIDED
    is_waiting = link.journey is JourneyStatus.RUNNING and link.stage is StageStatus.OPEN
    if not is_waiting or not link.is_of_this_opening:
        return Refusal.GUEST_NOT_WAITED_FOR
    if link.has_expired:
        return Refusal.LINK_EXPIRED
    if not link.is_of_this_text:
        return Refusal.GUEST_TEXT_CHANGED
    return None


def refusal_to_send_code(*, codes_sent: int) -> Refusal | None:
    return Refusal.CODE_TOO_OFTEN if codes_sent >= CODES_PER_LINK else None


def refusal_of_code(*, is_out: bool, has_expired: bool, tries: int, fits: bool) -> Refusal | None:
    """Return why a code does not open the link; `is_out` says that one was sent and not used."""
    if not is_out or has_expired or tries >= TRIES_PER_CODE:
        return Refusal.CODE_EXPIRED
    return None if fits else Refusal.CODE_WRONG


def refusal_to_invite(
    *,
    journey: JourneyStatus,
    stage: StageStatus,
    asks_guests: bool,
    may_invite: bool,
    is_complete: bool,
    is_asked: bool,
    has_a_seat: bool,
) -> Refusal | None:
    """Return why somebody without an account cannot be asked in a stage by hand."""
    if journey not in UNDER_WAY:
        return Refusal.NOT_RUNNING
    if stage in PASSED:
        return Refusal.NOT_OPEN
    if not asks_guests:
        return Refusal.GUESTS_NOT_ASKED
    if not may_invite:
        return Refusal.GUEST_NOT_YOURS_TO_INVITE
    if not is_complete:
        return Refusal.GUEST_ADDRESS_MISSING
    if is_asked:
        return Refusal.GUEST_ASKED_ALREADY
    return Refusal.GUEST_HAS_A_SEAT if has_a_seat else None


def refusal_to_manage(*, may_manage: bool, takes_part: bool, has_answered: bool) -> Refusal | None:
    """Return why a guest's link can be neither revoked nor sent again."""
    if not may_manage:
        return Refusal.GUEST_NOT_YOURS
    if not takes_part:
        return Refusal.LINK_INVALID
    return Refusal.ALREADY_DECIDED if has_answered else None
