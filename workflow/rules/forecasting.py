"""When a journey would end if everybody used their whole time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from workflow.rules.definition import Deadline
from workflow.rules.timing import due_day
from workflow.rules.workdays import Workdays


@dataclass(frozen=True, slots=True)
class Ahead:
    """A stage that is still to be gone through; an open one knows when it is due."""

    deadline: Deadline | None
    is_open: bool = False
    due_on: date | None = None


def last_days(ahead: Iterable[Ahead], *, today: date, workdays: Workdays) -> list[date | None]:
    """Return the last day of each stage, in their order.

    None where it is not known: a stage without a deadline may take any time, and
    so do all behind it. What is overdue is done today at the earliest.
    """
    found: list[date | None] = []
    opens_on: date | None = today
    for stage in ahead:
        if stage.is_open:
            ends_on = None if stage.due_on is None else max(stage.due_on, today)
        elif opens_on is None or stage.deadline is None:
            ends_on = None
        else:
            ends_on = due_day(stage.deadline, opens_on, workdays)
        found.append(ends_on)
        opens_on = ends_on
    return found
