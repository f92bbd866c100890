"""What waits for one person, and what they wait for: piles by due date, cut into pages.

Counting and cutting happen in the database: a desk with ten thousand tasks costs
as many queries as one with three.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from workflow import people, subjects
from workflow.eligibility import AS_HEAD, OWN, Rights, free_seats, rights_of
from workflow.models import Journey, Participant, Stage
from workflow.rules.states import JourneyStatus, ParticipantKind, StageStatus

PER_PAGE = 50


class Pile(StrEnum):
    """Where a task lies: by its due date, or by who is at it."""

    OVERDUE = "overdue"
    RETURNED = "returned"
    TODAY = "today"
    THIS_WEEK = "this_week"
    LATER = "later"
    CLAIMED = "claimed"  # somebody else of the pool has taken it
    WAITING = "waiting"


BY_DAY = (Pile.OVERDUE, Pile.TODAY, Pile.THIS_WEEK, Pile.LATER)
OWN_PAPERS = (Pile.RETURNED, Pile.WAITING)
TO_DO = (Pile.OVERDUE, Pile.RETURNED, Pile.TODAY, Pile.THIS_WEEK, Pile.LATER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing to do, or (in the pile `waiting`) to wait for others to do."""

    journey: int
    title: str
    url: str
    kind: str
    kind_label: str
    stage_label: str
    due_at: datetime | None
    from_whom: str
    status: str
    pile: Pile
    stage: int | None = None
    # The person in whose place this one would answer; empty where it is their own task.
    in_place_of: str = ""
    as_head: bool = False
    # The pool it can be taken from; empty where only one person is asked.
    pool: str = ""
    claimed_by: str = ""
    is_mine: bool = False
    # The text as it is now, where several papers can be agreed on at once.
    seen_digest: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a pile, and how much lies on the whole pile."""

    pile: Pile
    total: int = 0
    number: int = 1
    tasks: tuple[Task, ...] = ()


@dataclass(frozen=True, slots=True)
class StandIn:
    """For whom somebody stands in, and until when."""

    principal: str
    ends: date


@dataclass(frozen=True, slots=True)
class Desk:
    sheets: Mapping[Pile, Sheet]
    stands_in: tuple[StandIn, ...] = ()

    def __getattr__(self, name: str) -> tuple[Task, ...]:
        """Return the tasks on the first page of a pile: `desk.overdue`, `desk.waiting` …"""
        try:
            return self.sheets[Pile(name)].tasks
        except ValueError:
            raise AttributeError(name) from None

    @property
    def to_do(self) -> tuple[Task, ...]:
        """Return what this person can do now, the most pressing first."""
        return tuple(task for pile in TO_DO for task in self.sheets[pile].tasks)

    @property
    def total_to_do(self) -> int:
        return sum(self.sheets[pile].total for pile in TO_DO)


class Reading:
    """One look at a desk: the person's rights are gathered once, for all piles."""

    def __init__(self, user: Any, on: date | None) -> None:
        self.user = user
        self.days = _days(on or timezone.localdate())

    @cached_property
    def rights(self) -> Rights | None:
        return rights_of(self.user) if getattr(self.user, "is_active", False) else None

    @cached_property
    def seats(self) -> QuerySet[Participant]:
        return free_seats(self.user, self.rights)

    def stages(self, pile: Pile) -> QuerySet[Stage]:
        """Return the stages on one of the piles of what this person can answer."""
        if pile is Pile.CLAIMED:
            claimed = self.seats.filter(claimed_by__isnull=False).exclude(claimed_by=self.user)
            others = claimed.exclude(stage__in=self._mine).values("stage")
            return Stage.objects.filter(pk__in=others)
        return Stage.objects.filter(self.days[pile], pk__in=self._mine)

    def journeys(self, pile: Pile) -> QuerySet[Journey]:
        """Return this person's own papers: sent back to them, or with others."""
        own = Journey.objects.filter(started_by=self.user)
        if pile is Pile.RETURNED:
            return own.filter(status=JourneyStatus.RETURNED.value)
        return own.filter(self._with_others)

    def totals(self) -> dict[Pile, int]:
        own = Journey.objects.filter(started_by=self.user).aggregate(
            returned=Count("pk", filter=Q(status=JourneyStatus.RETURNED.value)),
            waiting=Count("pk", filter=self._with_others),
        )
        found = {pile: own[pile.value] for pile in OWN_PAPERS}
        if self.rights is None:
            return found | dict.fromkeys((*BY_DAY, Pile.CLAIMED), 0)
        by_day = {pile.value: Count("pk", filter=self.days[pile]) for pile in BY_DAY}
        counted = Stage.objects.filter(pk__in=self._mine).aggregate(**by_day)
        found |= {pile: counted[pile.value] for pile in BY_DAY}
        found[Pile.CLAIMED] = self.stages(Pile.CLAIMED).count()
        return found

    def sheets(self, wanted: Mapping[Pile, Sheet], size: int) -> dict[Pile, Sheet]:
        """Fill pages whose totals are known; the seats of all of them are read at once."""
        own: dict[Pile, list[Journey]] = {}
        stages: dict[Pile, list[Stage]] = {}
        for pile, sheet in wanted.items():
            first = (sheet.number - 1) * size
            rows = slice(first, first + size)
            if sheet.total <= first:
                continue
            if pile in OWN_PAPERS:
                papers = self.journeys(pile).order_by("pk").prefetch_related(_STAGES)
                own[pile] = list(papers[rows])
            else:
                found = self.stages(pile).select_related("journey")
                by_day = found.order_by(F("due_at").asc(nulls_last=True), "journey_id")
                stages[pile] = list(by_day[rows])
        seats = self._seats_in(stage for found in stages.values() for stage in found)
        tasks = {pile: [_own_paper(one, pile) for one in found] for pile, found in own.items()}
        for pile, rows_of in stages.items():
            tasks[pile] = [self._task(one, seats[one.pk], pile) for one in rows_of]
        return {
            pile: replace(sheet, tasks=tuple(tasks.get(pile, ()))) for pile, sheet in wanted.items()
        }

    @property
    def _mine(self) -> Any:
        """The stages in which nobody else has claimed what this person could answer."""
        free = self.seats.filter(Q(claimed_by=None) | Q(claimed_by=self.user))
        return free.values("stage")

    @property
    def _with_others(self) -> Q:
        return Q(status=JourneyStatus.RUNNING.value) & ~Q(
            pk__in=self.seats.values("stage__journey")
        )

    def _seats_in(self, stages: Iterable[Stage]) -> dict[int, Any]:
        """Return for each stage the seat that would be taken: one's own before another's."""
        numbers = [stage.pk for stage in stages]
        if not numbers:
            return {}
        found: dict[int, Any] = {}
        for seat in self.seats.filter(stage__in=numbers).select_related("claimed_by"):
            known = found.get(seat.stage_id)
            if known is None or _order(seat) < _order(known):
                found[seat.stage_id] = seat
        return found

    def _task(self, stage: Stage, seat: Any, pile: Pile) -> Task:
        principal = self.rights.deputyships[seat.held].principal if seat.held >= 0 else None  # type: ignore[union-attr]
        # What somebody else is at is not decided in passing.
        in_bulk = stage.definition.bulk and pile is not Pile.CLAIMED
        return Task(
            **_of_journey(stage.journey, stage, pile),
            stage=stage.pk,
            in_place_of=people.name_of(principal),
            as_head=seat.held == AS_HEAD,
            pool=seat.label if seat.kind != ParticipantKind.PERSON else "",
            claimed_by=people.name_of(seat.claimed_by),
            is_mine=seat.claimed_by_id == self.user.pk,
            seen_digest=stage.journey.content_digest if in_bulk else "",
        )


def tasks_for(user: Any, on: date | None = None, *, size: int = PER_PAGE) -> Desk:
    """Return the first page of every pile, with how much lies on it."""
    reading = Reading(user, on)
    totals = reading.totals()
    held = reading.rights.deputyships if reading.rights else ()
    return Desk(
        reading.sheets({pile: Sheet(pile, totals[pile]) for pile in Pile}, size),
        tuple(StandIn(people.name_of(one.principal), one.ends) for one in held),
    )


def sheet_of(user: Any, pile: Pile, number: int = 1, on: date | None = None) -> Sheet:
    """Return one page of one pile."""
    reading = Reading(user, on)
    rows = reading.journeys(pile) if pile in OWN_PAPERS else reading.stages(pile)
    wanted = {pile: Sheet(pile, rows.count(), number)}
    return reading.sheets(wanted, PER_PAGE)[pile]


_STAGES = Prefetch("stages", Stage.objects.order_by("order"))


def _order(seat: Any) -> tuple[bool, bool, int]:
    """Own seats before borrowed ones, and what nobody has claimed before what somebody has."""
    return (seat.held != OWN, seat.held == AS_HEAD, seat.pk)


def _own_paper(journey: Journey, pile: Pile) -> Task:
    status = StageStatus.RETURNED if pile is Pile.RETURNED else StageStatus.OPEN
    stage = next((one for one in journey.stages.all() if one.status == status), None)
    return Task(**_of_journey(journey, stage, pile))


def _of_journey(journey: Journey, stage: Stage | None, pile: Pile) -> dict[str, Any]:
    return {
        "journey": journey.pk,
        "title": journey.subject_label,
        "url": reverse("workflow:review", args=[journey.pk]),
        "kind": journey.kind,
        "kind_label": subjects.label_of(journey.kind),
        "stage_label": stage.label if stage else "",
        "due_at": stage.due_at if stage else None,
        "from_whom": journey.started_by_label,
        "status": journey.status,
        "pile": pile,
    }


def _days(today: date) -> dict[Pile, Q]:
    """Return for each pile by day the condition on a stage's due date."""
    # The week ends on Sunday; on Sunday it is the coming one.
    end_of_week = today + timedelta(days=(6 - today.weekday()) or 7)
    start, tomorrow, later = (
        timezone.make_aware(datetime.combine(day, time()))
        for day in (today, today + timedelta(days=1), end_of_week + timedelta(days=1))
    )
    return {
        Pile.OVERDUE: Q(due_at__lt=start),
        Pile.TODAY: Q(due_at__gte=start, due_at__lt=tomorrow),
        Pile.THIS_WEEK: Q(due_at__gte=tomorrow, due_at__lt=later),
        Pile.LATER: Q(due_at__gte=later) | Q(due_at=None),
    }
