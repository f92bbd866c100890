"""One person's desk: what waits for them, by due date, and what they wait for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow.desk import Desk, Pile, Task, tasks_for

HEADINGS: dict[Pile, Promise] = {
    Pile.OVERDUE: _("Overdue"),
    Pile.TODAY: _("Today"),
    Pile.THIS_WEEK: _("This week"),
    Pile.LATER: _("Later"),
    Pile.WAITING: _("Waiting for others"),
}


@dataclass(frozen=True, slots=True)
class PileOnDesk:
    pile: Pile
    heading: Promise
    tasks: Sequence[Task]


@dataclass(frozen=True, slots=True)
class DeskView:
    to_do: int
    piles: Sequence[PileOnDesk]


def desk_for(user: Any, on: date) -> DeskView:
    """Return the piles that are not empty, the most pressing first."""
    desk: Desk = tasks_for(user, on)
    piles = [
        PileOnDesk(pile, heading, getattr(desk, pile.value)) for pile, heading in HEADINGS.items()
    ]
    return DeskView(len(desk.to_do), [one for one in piles if one.tasks])
