"""Why something is not possible now. Each rule answers with a Refusal or None.

A `Situation` is everything the rules may look at, gathered by the actions while
they hold the locks. One function serves the guard, the greyed-out button and
its explanation.
"""

from dataclasses import dataclass
from enum import StrEnum

from workflow.rules.states import (
    LOCKING,
    UNDER_WAY,
    Exclusion,
    JourneyStatus,
    StageKind,
    StageStatus,
)


class Refusal(StrEnum):
    NOT_RUNNING = "workflow.not_running"
    NOT_OPEN = "workflow.not_open"
    NOT_PARTICIPANT = "workflow.not_participant"
    IS_AUTHOR = "workflow.is_author"
    HAS_EDITED = "workflow.has_edited"
    ALREADY_DECIDED = "workflow.already_decided"
    TEXT_HAS_CHANGED = "workflow.text_has_changed"
    COMMENT_MISSING = "workflow.comment_missing"
    NO_SUCH_ANSWER = "workflow.no_such_answer"
    NO_RETURN_FROM_HERE = "workflow.no_return_from_here"
    NOT_RETURNED = "workflow.not_returned"
    MAY_NOT_SUBMIT = "workflow.may_not_submit"
    MAY_NOT_WITHDRAW = "workflow.may_not_withdraw"
    ALREADY_UNDER_WAY = "workflow.already_under_way"
    NO_ROUTE = "workflow.no_route"
    NOBODY_CAN_DECIDE = "workflow.nobody_can_decide"
    IS_SCHEDULED = "workflow.is_scheduled"
    IS_LOCKED = "workflow.is_locked"
    ONLY_BY_JOURNEY = "workflow.only_by_journey"
    NOT_WHAT_WAS_APPROVED = "workflow.not_what_was_approved"
    IS_LIVE = "workflow.is_live"
    HAS_HISTORY = "workflow.has_history"
    NO_ALIAS = "workflow.no_alias"
    SOURCE_MISSING = "workflow.source_missing"
    NO_OVERRIDE_YET = "workflow.no_override_yet"
    SHELL_IS_FIXED = "workflow.shell_is_fixed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """A stage as one person finds it."""

    journey: JourneyStatus
    stage: StageStatus
    kind: StageKind
    person: int
    takes_part: bool
    authors: frozenset[int] = frozenset()
    editors: frozenset[int] = frozenset()
    exclude: frozenset[Exclusion] = frozenset()
    answers: frozenset[str] = frozenset()
    may_return: bool = True
    has_decided: bool = False
    current_digest: str = ""
    seen_digest: str = ""


def refusal_to_take_part(situation: Situation) -> Refusal | None:
    """Return why this person has no say in the stage, whatever they would answer."""
    if situation.journey is not JourneyStatus.RUNNING:
        return Refusal.NOT_RUNNING
    if situation.stage is not StageStatus.OPEN:
        return Refusal.NOT_OPEN
    if not situation.takes_part:
        return Refusal.NOT_PARTICIPANT
    if Exclusion.AUTHOR in situation.exclude and situation.person in situation.authors:
        return Refusal.IS_AUTHOR
    if Exclusion.EDITORS in situation.exclude and situation.person in situation.editors:
        return Refusal.HAS_EDITED
    if situation.has_decided:
        return Refusal.ALREADY_DECIDED
    return None


def refusal_to_decide(situation: Situation, *, answer: str, comment: str) -> Refusal | None:
    """Return why this person cannot give this answer on the text they saw."""
    if refusal := refusal_to_take_part(situation):
        return refusal
    if answer not in situation.answers:
        return Refusal.NO_SUCH_ANSWER
    if situation.seen_digest != situation.current_digest:
        return Refusal.TEXT_HAS_CHANGED
    # Who says no owes the author a reason.
    if answer != "agreed" and not comment.strip():
        return Refusal.COMMENT_MISSING
    return None


def refusal_to_return(situation: Situation, *, comment: str) -> Refusal | None:
    """Return why this person cannot send the paper back to its author."""
    if refusal := refusal_to_take_part(situation):
        return refusal
    if not situation.may_return:
        return Refusal.NO_RETURN_FROM_HERE
    if situation.seen_digest != situation.current_digest:
        return Refusal.TEXT_HAS_CHANGED
    if not comment.strip():
        return Refusal.COMMENT_MISSING
    return None


def refusal_to_submit(
    *, status: JourneyStatus | None, may_edit: bool, is_scheduled: bool, has_route: bool
) -> Refusal | None:
    """Return why a paper cannot begin a journey; `status` is that of its latest one."""
    if status in UNDER_WAY:
        return Refusal.ALREADY_UNDER_WAY
    if not may_edit:
        return Refusal.MAY_NOT_SUBMIT
    if not has_route:
        return Refusal.NO_ROUTE
    # A date of publication would let another moment decide than the last approval.
    if is_scheduled:
        return Refusal.IS_SCHEDULED
    return None


def refusal_to_resubmit(
    *, status: JourneyStatus, may_edit: bool, is_scheduled: bool
) -> Refusal | None:
    if status is not JourneyStatus.RETURNED:
        return Refusal.NOT_RETURNED
    if not may_edit:
        return Refusal.MAY_NOT_SUBMIT
    if is_scheduled:
        return Refusal.IS_SCHEDULED
    return None


def refusal_to_withdraw(
    *, status: JourneyStatus, person: int, authors: frozenset[int], is_administrator: bool
) -> Refusal | None:
    """Return why this person cannot take the paper out of circulation."""
    if status not in UNDER_WAY:
        return Refusal.NOT_RUNNING
    if person not in authors and not is_administrator:
        return Refusal.MAY_NOT_WITHDRAW
    return None


def refusal_to_edit(*, status: JourneyStatus | None, open_kind: StageKind | None) -> Refusal | None:
    """Return why the text may not be changed now: an approval is given to a text at rest."""
    if status is JourneyStatus.RUNNING and open_kind in LOCKING:
        return Refusal.IS_LOCKED
    return None


def refusal_to_delete(
    *, is_live: bool, status: JourneyStatus | None, has_decisions: bool
) -> Refusal | None:
    """Return why a paper may not be deleted: what was decided on stays readable."""
    if is_live:
        return Refusal.IS_LIVE
    if status in UNDER_WAY:
        return Refusal.ALREADY_UNDER_WAY
    if has_decisions:
        return Refusal.HAS_HISTORY
    return None


def refusal_to_move(*, is_live: bool, status: JourneyStatus | None) -> Refusal | None:
    """Return why a paper may not change its place: its address was approved with it."""
    if is_live:
        return Refusal.IS_LIVE
    if status in UNDER_WAY:
        return Refusal.ALREADY_UNDER_WAY
    return None
