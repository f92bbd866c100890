"""One person's desk as a page: piles with their headings, each cut into pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow.desk import PER_PAGE, Pile, Sheet, StandIn, Task, sheet_of, tasks_for

HEADINGS: dict[Pile, Promise] = {
    Pile.OVERDUE: _("Overdue"),
    Pile.RETURNED: _("Back with you"),
    Pile.TODAY: _("Today"),
    Pile.THIS_WEEK: _("This week"),
    Pile.LATER: _("Later"),
    Pile.CLAIMED: _("Taken by others"),
    Pile.WAITING: _("Waiting for others"),
}


# Of each pile; the rest lies on the pile's own pages.
ON_THE_DESK = 20


@dataclass(frozen=True, slots=True)
class PileOnDesk:
    pile: Pile
    heading: Promise
    total: int
    tasks: Sequence[Task]
    pages: Page

    @property
    def is_cut(self) -> bool:
        return self.total > len(self.tasks)

    @property
    def in_bulk(self) -> bool:
        """Whether there is anything on this page that can be agreed on together."""
        return any(task.seen_digest for task in self.tasks)


@dataclass(frozen=True, slots=True)
class DeskView:
    to_do: int
    piles: Sequence[PileOnDesk]
    stands_in: Sequence[StandIn] = ()


def desk_for(user: Any, on: date) -> DeskView:
    """Return the piles that are not empty, the most pressing first."""
    desk = tasks_for(user, on, size=ON_THE_DESK)
    piles = [_pile(desk.sheets[pile]) for pile in HEADINGS if desk.sheets[pile].total]
    return DeskView(desk.total_to_do, piles, desk.stands_in)


def pile_for(user: Any, name: str, number: str, on: date) -> PileOnDesk | None:
    """Return one page of one pile; None for a name that is no pile's."""
    if name not in {pile.value for pile in Pile}:
        return None
    page = int(number) if number.isdecimal() and len(number) < 7 else 1
    return _pile(sheet_of(user, Pile(name), max(page, 1), on))


def _pile(sheet: Sheet) -> PileOnDesk:
    pages = Paginator(range(sheet.total), PER_PAGE)
    return PileOnDesk(
        sheet.pile, HEADINGS[sheet.pile], sheet.total, sheet.tasks, pages.get_page(sheet.number)
    )
