"""What waits for whom: the tasks on one person's desk, and the people behind a stage."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone

from workflow import people, subjects
from workflow.models import Decision, Journey, Participant, Stage
from workflow.rules.states import Exclusion, JourneyStatus, StageStatus


class Pile(StrEnum):
    """Where a task lies, by its due date."""

    OVERDUE = "overdue"
    TODAY = "today"
    THIS_WEEK = "this_week"
    LATER = "later"
    WAITING = "waiting"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    overdue: tuple[Task, ...] = ()
    today: tuple[Task, ...] = ()
    this_week: tuple[Task, ...] = ()
    later: tuple[Task, ...] = ()
    waiting: tuple[Task, ...] = ()

    @property
    def to_do(self) -> tuple[Task, ...]:
        """Return everything this person can do now, by due date."""
        return self.overdue + self.today + self.this_week + self.later


def tasks_for(user: Any, on: date | None = None) -> Desk:
    """Return what waits for this person and what they wait for, each by due date.

    Costs a constant number of queries, however many papers are on their way.
    """
    today = on or timezone.localdate()
    mine = {stage.journey_id: stage for stage in stages_waiting_for(user)}
    tasks = [_task(stage.journey, stage, _pile(stage, today)) for stage in mine.values()]
    for journey in _own_journeys(user):
        if journey.status == JourneyStatus.RETURNED:
            # Sent back: it is the author who is waited for.
            tasks.append(_task(journey, _returned_stage(journey), Pile.TODAY))
        elif journey.pk not in mine:
            tasks.append(_task(journey, journey.open_stage, Pile.WAITING))
    tasks.sort(key=_by_due_date)
    return Desk(**{pile.value: tuple(t for t in tasks if t.pile is pile) for pile in Pile})


def stages_waiting_for(user: Any) -> list[Stage]:
    """Return the open stages in which this person can decide now.

    Who wrote a text is left out here as the rules leave them out.
    """
    if not getattr(user, "is_active", False):
        return []
    taken = Decision.objects.filter(lapsed_at=None)
    seats = Participant.objects.filter(people.seats_condition(user)).exclude(
        pk__in=taken.values("participant")
    )
    stages = (
        Stage.objects.filter(
            status=StageStatus.OPEN.value,
            journey__status=JourneyStatus.RUNNING.value,
            pk__in=seats.values("stage"),
        )
        .exclude(pk__in=taken.filter(decided_by=user).values("stage"))
        .select_related("journey")
    )
    found = list(stages)
    owned = _owned_by(user, found)
    return [stage for stage in found if not _is_barred(stage, user, owned)]


def who_is_waited_for(stage: Stage) -> list[Any]:
    """Return the persons who can decide in a stage, as far as groups and posts tell."""
    subject = stage.journey.subject
    authors = people.authors_of(subject, stage.journey)
    editors = people.editors_of(subject, stage.journey)
    barred: set[int] = set()
    exclude = stage.definition.exclude
    barred |= authors if Exclusion.AUTHOR in exclude else set()
    barred |= editors if Exclusion.EDITORS in exclude else set()
    present = stage.participants.filter(gone_at=None)
    everybody = {pk for behind in people.people_behind(present).values() for pk in behind}
    return list(get_user_model()._default_manager.filter(pk__in=everybody - barred).order_by("pk"))


def _own_journeys(user: Any) -> QuerySet[Journey]:
    stages = Prefetch("stages", Stage.objects.order_by("order"))
    return Journey.objects.under_way().filter(started_by=user).prefetch_related(stages)


def _returned_stage(journey: Journey) -> Stage | None:
    stages = journey.stages.all()
    return next((stage for stage in stages if stage.status == StageStatus.RETURNED), None)


def _owned_by(user: Any, stages: Iterable[Stage]) -> set[tuple[int, str]]:
    """Return (content type, id) of the pages among the stages that this person owns."""
    from wagtail.models import Page

    ids = [stage.journey.subject_id for stage in stages if stage.journey.subject_id.isdigit()]
    pages = Page.objects.filter(pk__in=ids, owner=user).values_list("content_type", "pk")
    return {(content_type, str(pk)) for content_type, pk in pages}


def _is_barred(stage: Stage, user: Any, owned: set[tuple[int, str]]) -> bool:
    journey = stage.journey
    is_author = (
        journey.started_by_id == user.pk or (journey.content_type_id, journey.subject_id) in owned
    )
    exclude = stage.definition.exclude
    if Exclusion.AUTHOR in exclude and is_author:
        return True
    return Exclusion.EDITORS in exclude and user.pk in journey.editor_ids


def _task(journey: Journey, stage: Stage | None, pile: Pile) -> Task:
    return Task(
        journey=journey.pk,
        title=journey.subject_label,
        url=reverse("workflow:review", args=[journey.pk]),
        kind=journey.kind,
        kind_label=subjects.label_of(journey.kind),
        stage_label=stage.label if stage else "",
        due_at=stage.due_at if stage else None,
        from_whom=journey.started_by_label,
        status=journey.status,
        pile=pile,
    )


def _pile(stage: Stage, today: date) -> Pile:
    if stage.due_at is None:
        return Pile.LATER
    day = timezone.localdate(stage.due_at)
    if day < today:
        return Pile.OVERDUE
    if day == today:
        return Pile.TODAY
    # The week ends on Sunday; on Sunday it is the coming one.
    end_of_week = today + timedelta(days=(6 - today.weekday()) or 7)
    return Pile.THIS_WEEK if day <= end_of_week else Pile.LATER


def _by_due_date(task: Task) -> tuple[bool, float, int]:
    return (task.due_at is None, task.due_at.timestamp() if task.due_at else 0.0, task.journey)
