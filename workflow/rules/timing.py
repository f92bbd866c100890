"""When a stage falls due, what happens around that day, and when a person is reminded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from workflow.rules.definition import Deadline, StageDefinition
from workflow.rules.refusals import Refusal
from workflow.rules.states import Escalation
from workflow.rules.workdays import Workdays

LAST_SECOND = time(23, 59, 59)
# Reminders are there when people come to work; a letter at midnight lies below others.
MORNING = time(6)


class AppointmentKind(StrEnum):
    """What happens in an open stage at a given moment."""

    REMINDER = "reminder"
    DEPUTIES = "deputies"
    HEAD = "head"
    SILENCE = "silence"


ESCALATIONS = {
    AppointmentKind.DEPUTIES: Escalation.DEPUTIES,
    AppointmentKind.HEAD: Escalation.HEAD,
}


class FollowUpKind(StrEnum):
    """When a person is reminded of a paper: four ways before its deadline, or a day of choice."""

    SAME_DAY = "same_day"
    DAY_BEFORE = "day_before"
    WEEK_BEFORE = "week_before"
    BEGINNING_OF_WEEK = "beginning_of_week"
    ON_DATE = "on_date"


@dataclass(frozen=True, slots=True)
class Planned:
    """Something that is to happen at a moment."""

    kind: AppointmentKind
    at: datetime


def due_day(deadline: Deadline, opened_on: date, workdays: Workdays) -> date:
    """Return the last day of a stage; the day on which it was opened does not count."""
    if deadline.working_days:
        return workdays.after(opened_on, deadline.days)
    return opened_on + timedelta(days=deadline.days)


def end_of(day: date, zone: tzinfo) -> datetime:
    """Return the moment until which a day's deadline can be kept, by the clock on the wall."""
    return datetime.combine(day, LAST_SECOND, tzinfo=zone)


def appointments(
    rule: StageDefinition, *, opened_at: datetime, due_on: date, workdays: Workdays, zone: tzinfo
) -> list[Planned]:
    """Return what is to happen in a stage that was opened and falls due at the end of a day.

    What would have to happen before the stage was opened is left out: whoever is
    asked has just been written to.
    """
    found = set()
    if rule.silence_is_consent:
        found.add(Planned(AppointmentKind.SILENCE, _after_the_end_of(due_on, zone)))
    for step in rule.escalate:
        day = workdays.after(due_on, step.after) if step.after else due_on
        kind = next(kind for kind, to in ESCALATIONS.items() if to is step.to)
        found.add(Planned(kind, _after_the_end_of(day, zone)))
    for days in rule.remind:
        at = datetime.combine(workdays.before(due_on, days), MORNING, tzinfo=zone)
        found.add(Planned(AppointmentKind.REMINDER, at))
    return sorted(
        (one for one in found if one.at > opened_at),
        key=lambda one: (one.at, one.kind != "silence"),
    )


def follow_up_day(kind: FollowUpKind, due_on: date | None, workdays: Workdays) -> date | None:
    """Return when a person is reminded of a paper whose stage falls due on a day.

    None for a day of choice, and where no deadline is known. Before a deadline
    it is always a working day, so that something can still be done.
    """
    if due_on is None:
        return None
    match kind:
        case FollowUpKind.SAME_DAY:
            return due_on
        case FollowUpKind.DAY_BEFORE:
            return workdays.before(due_on, 1)
        case FollowUpKind.WEEK_BEFORE:
            return workdays.before(due_on - timedelta(days=7), 0)
        case FollowUpKind.BEGINNING_OF_WEEK:
            monday = due_on - timedelta(days=due_on.weekday())
            return min(workdays.after(monday, 0), due_on)
        case FollowUpKind.ON_DATE:
            return None


def refusal_to_follow_up(
    kind: FollowUpKind,
    day: date | None,
    *,
    today: date,
    may_see: bool,
    is_under_way: bool,
    others: Iterable[tuple[str, date | None]],
) -> Refusal | None:
    """Return why a person cannot be reminded like this; `others` are their follow-ups so far."""
    if not may_see:
        return Refusal.FOLLOW_UP_NOT_YOURS
    if kind is FollowUpKind.ON_DATE:
        if day is None:
            return Refusal.FOLLOW_UP_DAY_MISSING
        twice = (kind.value, day) in others
    else:
        if not is_under_way:
            return Refusal.FOLLOW_UP_NO_DEADLINE
        twice = kind.value in {other for other, _ in others}
    if day is not None and day < today:
        return Refusal.FOLLOW_UP_IN_THE_PAST
    return Refusal.FOLLOW_UP_TWICE if twice else None


def _after_the_end_of(day: date, zone: tzinfo) -> datetime:
    return end_of(day, zone) + timedelta(seconds=1)
