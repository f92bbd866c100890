"""Why something is not possible now. Each rule answers with a Refusal or None.

A `Situation` is everything the rules may look at, gathered by the actions while
they hold the locks. One function serves the guard, the greyed-out button and
its explanation.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from workflow.rules.states import (
    LOCKING,
    NOT_FOR_CHOICE,
    SIGNED,
    UNDER_WAY,
    WITH_REASON,
    Answer,
    Exclusion,
    JourneyStatus,
    PointState,
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
    AUDIENCE_WAS_DECIDED = "workflow.audience_was_decided"
    HAS_HISTORY = "workflow.has_history"
    NO_ALIAS = "workflow.no_alias"
    SOURCE_MISSING = "workflow.source_missing"
    IS_SUBMITTER = "workflow.is_submitter"
    DECIDED_EARLIER = "workflow.decided_earlier"
    SAME_ORGANISATION = "workflow.same_organisation"
    PRINCIPAL_EXCLUDED = "workflow.principal_excluded"
    MAY_NOT_SIGN = "workflow.may_not_sign"
    POINTS_OPEN = "workflow.points_open"
    REASON_MISSING = "workflow.reason_missing"
    NOT_IN_BULK = "workflow.not_in_bulk"
    NOTHING_TO_CONFIRM = "workflow.nothing_to_confirm"
    ONLY_ADMINISTRATORS = "workflow.only_administrators"
    NOT_PUBLIC = "workflow.not_public"
    NO_SUCH_MAPPING = "workflow.no_such_mapping"
    DEPUTY_OF_ONESELF = "workflow.deputy_of_oneself"
    DEPUTY_IN_A_CIRCLE = "workflow.deputy_in_a_circle"
    DEPUTY_ENDS_BEFORE = "workflow.deputy_ends_before"
    DEPUTY_NOT_YOURS = "workflow.deputy_not_yours"
    LINK_INVALID = "workflow.link_invalid"
    LINK_EXPIRED = "workflow.link_expired"
    CODE_WRONG = "workflow.code_wrong"
    CODE_TOO_OFTEN = "workflow.code_too_often"
    CODE_EXPIRED = "workflow.code_expired"
    TOO_MANY_TRIES = "workflow.too_many_tries"
    SILENCE_COUNTED = "workflow.silence_counted"
    GUESTS_NOT_ASKED = "workflow.guests_not_asked"
    GUEST_NOT_YOURS_TO_INVITE = "workflow.guest_not_yours_to_invite"
    GUEST_ADDRESS_MISSING = "workflow.guest_address_missing"
    GUEST_ASKED_ALREADY = "workflow.guest_asked_already"
    GUEST_HAS_A_SEAT = "workflow.guest_has_a_seat"
    GUEST_NOT_YOURS = "workflow.guest_not_yours"
    GUEST_NOT_WAITED_FOR = "workflow.guest_not_waited_for"
    GUEST_TEXT_CHANGED = "workflow.guest_text_changed"
    SHELL_IS_FIXED = "workflow.shell_is_fixed"
    NO_WORKING_DAY = "workflow.no_working_day"
    FOLLOW_UP_IN_THE_PAST = "workflow.follow_up_in_the_past"
    FOLLOW_UP_DAY_MISSING = "workflow.follow_up_day_missing"
    FOLLOW_UP_NO_DEADLINE = "workflow.follow_up_no_deadline"
    FOLLOW_UP_TWICE = "workflow.follow_up_twice"
    FOLLOW_UP_NOT_YOURS = "workflow.follow_up_not_yours"


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """A stage as one person finds it, for one seat (their own or a principal's)."""

    journey: JourneyStatus
    stage: StageStatus
    kind: StageKind
    person: int
    takes_part: bool
    # The person in whose place this one would answer, and whether they may sign there.
    principal: int | None = None
    may_sign: bool = True
    authors: frozenset[int] = frozenset()
    editors: frozenset[int] = frozenset()
    submitter: int | None = None
    decided_earlier: frozenset[int] = frozenset()
    colleagues_of_authors: frozenset[int] = frozenset()
    exclude: frozenset[Exclusion] = frozenset()
    answers: frozenset[str] = frozenset()
    return_targets: frozenset[str] = frozenset()
    has_decided: bool = False
    current_digest: str = ""
    seen_digest: str = ""


def refusal_of_person(situation: Situation, person: int) -> Refusal | None:
    """Return which exclusion of the stage meets a person, if any."""
    submitter = frozenset() if situation.submitter is None else frozenset({situation.submitter})
    barred: dict[Exclusion, tuple[frozenset[int], Refusal]] = {
        Exclusion.AUTHOR: (situation.authors, Refusal.IS_AUTHOR),
        Exclusion.EDITORS: (situation.editors, Refusal.HAS_EDITED),
        Exclusion.SUBMITTER: (submitter, Refusal.IS_SUBMITTER),
        Exclusion.EARLIER: (situation.decided_earlier, Refusal.DECIDED_EARLIER),
        Exclusion.SAME_ORGANISATION: (
            situation.colleagues_of_authors,
            Refusal.SAME_ORGANISATION,
        ),
    }
    for exclusion, (people, refusal) in barred.items():
        if exclusion in situation.exclude and person in people:
            return refusal
    return None


def refusal_to_take_part(situation: Situation) -> Refusal | None:
    """Return why this person has no say in the stage, whatever they would answer."""
    if situation.journey is not JourneyStatus.RUNNING:
        return Refusal.NOT_RUNNING
    if situation.stage is not StageStatus.OPEN:
        return Refusal.NOT_OPEN
    if not situation.takes_part:
        return Refusal.NOT_PARTICIPANT
    if refusal := refusal_of_person(situation, situation.person):
        return refusal
    if situation.principal is not None:
        # Who may not answer cannot have it done by a deputy either.
        if refusal_of_person(situation, situation.principal):
            return Refusal.PRINCIPAL_EXCLUDED
        if situation.kind in SIGNED and not situation.may_sign:
            return Refusal.MAY_NOT_SIGN
    if situation.has_decided:
        return Refusal.ALREADY_DECIDED
    return None


def refusal_to_decide(situation: Situation, *, answer: str, comment: str) -> Refusal | None:
    """Return why this person cannot give this answer on the text they saw."""
    if refusal := refusal_to_take_part(situation):
        return refusal
    if answer not in situation.answers or answer in NOT_FOR_CHOICE:
        return Refusal.NO_SUCH_ANSWER
    if situation.seen_digest != situation.current_digest:
        return Refusal.TEXT_HAS_CHANGED
    if Answer(answer) in WITH_REASON and not comment.strip():
        return Refusal.COMMENT_MISSING
    return None


def refusal_to_return(
    situation: Situation, *, to: str, comment: str, points: Sequence[str] = ()
) -> Refusal | None:
    """Return why this person cannot send the paper back to its author or to a stage."""
    if refusal := refusal_to_take_part(situation):
        return refusal
    if to not in situation.return_targets:
        return Refusal.NO_RETURN_FROM_HERE
    if situation.seen_digest != situation.current_digest:
        return Refusal.TEXT_HAS_CHANGED
    if not comment.strip() and not any(point.strip() for point in points):
        return Refusal.COMMENT_MISSING
    return None


def refusal_to_override(*, is_administrator: bool, reason: str) -> Refusal | None:
    """Return why nobody's place can be taken: an override is an administrator's, with a reason."""
    if not is_administrator:
        return Refusal.ONLY_ADMINISTRATORS
    return None if reason.strip() else Refusal.REASON_MISSING


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
    *, status: JourneyStatus, may_edit: bool, is_scheduled: bool, points_open: int = 0
) -> Refusal | None:
    if status is not JourneyStatus.RETURNED:
        return Refusal.NOT_RETURNED
    if not may_edit:
        return Refusal.MAY_NOT_SUBMIT
    # Whoever sent it back hears about each point what became of it.
    if points_open:
        return Refusal.POINTS_OPEN
    if is_scheduled:
        return Refusal.IS_SCHEDULED
    return None


def refusal_to_settle(
    *, status: JourneyStatus, to_author: bool, may_edit: bool, state: PointState, note: str
) -> Refusal | None:
    """Return why a point of a return cannot be ticked off like this."""
    if status is not (JourneyStatus.RETURNED if to_author else JourneyStatus.RUNNING):
        return Refusal.NOT_RETURNED if to_author else Refusal.NOT_RUNNING
    if not may_edit:
        return Refusal.MAY_NOT_SUBMIT
    if state is PointState.NOT_FOLLOWED and not note.strip():
        return Refusal.COMMENT_MISSING
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
