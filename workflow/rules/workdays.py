"""Counting in working days: Monday to Friday, public holidays left out.

Which days are holidays is told from outside, so that the rule needs no calendar.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

FRIDAY = 4
# No calendar has this many days off in a row. One that has is broken, and counting
# on would never come to an end.
MOST_DAYS_OFF = 60


class NoWorkingDay(ValueError):
    """A calendar leaves no working day for longer than any real one does."""


@dataclass(frozen=True, slots=True)
class Workdays:
    """The working days of one place; `is_holiday` knows its public holidays."""

    is_holiday: Callable[[date], bool]

    def counts(self, day: date) -> bool:
        return day.weekday() <= FRIDAY and not self.is_holiday(day)

    def after(self, day: date, number: int) -> date:
        """Return the working day that is `number` of them after `day`, which never counts itself.

        0 is `day` itself, or the next working day when it is none.
        """
        return self._counted(day, number, step=1)

    def before(self, day: date, number: int) -> date:
        """Return the working day that is `number` of them before `day`; 0 as in `after`."""
        return self._counted(day, number, step=-1)

    def _counted(self, day: date, number: int, *, step: int) -> date:
        if number == 0:
            return self._nearest(day, step)
        for _ in range(number):
            day = self._nearest(day + timedelta(days=step), step)
        return day

    def _nearest(self, day: date, step: int) -> date:
        for offset in range(MOST_DAYS_OFF + 1):
            found = day + timedelta(days=step * offset)
            if self.counts(found):
                return found
        raise NoWorkingDay(day.isoformat())
