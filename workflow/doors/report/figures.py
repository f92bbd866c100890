"""The report on journeys: what is on its way, how long stages take, where it waits, what is stuck.

It counts stages, parties and offices, never persons: nobody's name or number is in
it. Who takes part by name or as a guest appears as "named persons" and "guests"
only. Whoever reads it sees of papers what the kernel lets them see.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.core import kernel
from workflow import subjects
from workflow.calling import called_to
from workflow.models import Decision, Journey, Participant, Stage
from workflow.rules.states import JourneyStatus, ParticipantKind, StageStatus

# Stages closed longer ago tell little about how long one takes today.
LOOKING_BACK = timedelta(days=365)
LONG_OVERDUE = timedelta(days=14)
MOST_STUCK = 200


@dataclass(frozen=True, slots=True)
class Running:
    kind_label: str
    running: int
    returned: int


@dataclass(frozen=True, slots=True)
class Duration:
    """How long a stage took in the last year, in days."""

    kind_label: str
    stage: str
    times: int
    median: float
    nine_in_ten: float


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many open stages wait for a party or an office, and since when the oldest."""

    whom: str
    stage: str
    times: int
    overdue: int
    oldest: datetime


@dataclass(frozen=True, slots=True)
class Stuck:
    title: str
    url: str
    stage: str
    since: datetime
    due_at: datetime | None
    nobody_can_decide: bool


@dataclass(frozen=True, slots=True)
class Report:
    running: Sequence[Running]
    durations: Sequence[Duration]
    waiting: Sequence[Waiting]
    stuck: Sequence[Stuck]
    # How many there are, when not all are listed.
    stuck_in_all: int


def report_for(user: Any, now: datetime | None = None) -> Report:
    """Return the report as this person may read it; a constant number of queries."""
    moment = now or timezone.now()
    journeys = readable_journeys(user)
    open_stages = list(
        Stage.objects.filter(
            status=StageStatus.OPEN.value,
            journey__status=JourneyStatus.RUNNING.value,
            journey__in=journeys,
        )
        .select_related("journey")
        .order_by("opened_at", "pk")
    )
    stuck = _stuck(open_stages, moment)
    return Report(
        running=_running(journeys),
        durations=_durations(journeys, moment),
        waiting=_waiting(open_stages, moment),
        stuck=stuck[:MOST_STUCK],
        stuck_in_all=len(stuck),
    )


def readable_journeys(user: Any) -> QuerySet[Journey]:
    """Return the journeys of papers that the kernel shows to this person."""
    readable = Q(pk__in=())
    for model in subjects.models():
        papers = kernel.visible(user, model._default_manager.all())
        content_type = ContentType.objects.get_for_model(model)
        keys = papers.order_by().values(key=Cast("pk", TextField()))
        readable |= Q(content_type=content_type, subject_id__in=keys)
    return Journey.objects.filter(readable)


def rows_for_export(report: Report) -> list[list[str]]:
    """Return every part of the report as rows of one table, with the part in front."""
    rows = [
        [
            gettext("Part"), gettext("What"), gettext("Stage"), gettext("How many"),
            gettext("Overdue or returned"), gettext("Median in days"),
            gettext("Nine in ten, in days"), gettext("Since"),
        ]
    ]  # fmt: skip
    for kind in report.running:
        figures = [str(kind.running), str(kind.returned), "", "", ""]
        rows.append([gettext("On their way"), kind.kind_label, "", *figures])
    for took in report.durations:
        figures = [str(took.times), "", f"{took.median:.1f}", f"{took.nine_in_ten:.1f}", ""]
        rows.append([gettext("How long stages take"), took.kind_label, took.stage, *figures])
    for waits in report.waiting:
        figures = [str(waits.times), str(waits.overdue), "", "", _day(waits.oldest)]
        rows.append([gettext("Where they wait"), waits.whom, waits.stage, *figures])
    for one in report.stuck:
        figures = ["", "", "", "", _day(one.since)]
        rows.append([gettext("What is stuck"), one.title, one.stage, *figures])
    return rows


def _running(journeys: QuerySet[Journey]) -> list[Running]:
    counted = (
        journeys.under_way()  # type: ignore[attr-defined]
        .values("kind")
        .order_by("kind")
        .annotate(
            running=Count("pk", filter=Q(status=JourneyStatus.RUNNING.value)),
            returned=Count("pk", filter=Q(status=JourneyStatus.RETURNED.value)),
        )
    )
    return [
        Running(subjects.label_of(row["kind"]), row["running"], row["returned"]) for row in counted
    ]


def _durations(journeys: QuerySet[Journey], now: datetime) -> list[Duration]:
    closed = Stage.objects.filter(journey__in=journeys, closed_at__gte=now - LOOKING_BACK).exclude(
        status__in=[StageStatus.SKIPPED.value, StageStatus.DROPPED.value]
    )
    took: dict[tuple[str, str], list[float]] = defaultdict(list)
    rows = closed.order_by().values_list("journey__kind", "label", "opened_at", "closed_at")
    for kind, stage, opened, shut in rows:
        if opened is not None and shut is not None:
            took[kind, stage].append((shut - opened).total_seconds() / 86_400)
    return [
        Duration(subjects.label_of(kind), stage, len(days), median(days), percentile(days, 0.9))
        for (kind, stage), days in sorted(took.items())
    ]


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that this share of all values does not exceed."""
    return sorted(values)[max(math.ceil(share * len(values)) - 1, 0)]


def _waiting(stages: Sequence[Stage], now: datetime) -> list[Waiting]:
    by_pk = {stage.pk: stage for stage in stages}
    found: dict[tuple[str, str], list[Stage]] = defaultdict(list)
    for stage, kind, label in _asked(by_pk):
        whom = _WITHOUT_NAMES.get(ParticipantKind(kind), label)
        found[str(whom), by_pk[stage].label].append(by_pk[stage])
    return [
        Waiting(
            whom,
            stage,
            len(rows),
            sum(1 for one in rows if one.due_at is not None and one.due_at < now),
            min(one.opened_at for one in rows if one.opened_at is not None),
        )
        for (whom, stage), rows in sorted(found.items())
    ]


def _stuck(stages: Sequence[Stage], now: datetime) -> list[Stuck]:
    can_answer = {stage for stage, calls in called_to(stages).items() if calls}
    # A guest has no account and can always be reached.
    by_guests = {
        stage
        for stage, kind, _label in _asked({stage.pk: stage for stage in stages})
        if kind == ParticipantKind.GUEST
    }
    found = []
    for stage in stages:
        nobody = stage.pk not in can_answer and stage.pk not in by_guests
        long_overdue = stage.due_at is not None and stage.due_at < now - LONG_OVERDUE
        if nobody or long_overdue:
            journey = stage.journey
            found.append(
                Stuck(
                    journey.subject_label,
                    journey.get_absolute_url(),
                    stage.label,
                    stage.opened_at or journey.started_at,
                    stage.due_at,
                    nobody,
                )
            )
    return found


def _asked(stages: Iterable[int]) -> list[tuple[int, str, str]]:
    """Return (stage, kind, label) of those whose answer is still missing."""
    answered = Decision.objects.filter(participant=OuterRef("pk"), lapsed_at=None)
    asked = Participant.objects.filter(
        ~Exists(answered), stage__in=list(stages), gone_at=None, is_head=False
    )
    return list(asked.order_by().values_list("stage", "kind", "label"))


def _day(moment: datetime) -> str:
    return timezone.localtime(moment).date().isoformat()


# Their labels are people's names.
_WITHOUT_NAMES = {
    ParticipantKind.PERSON: _("named persons"),
    ParticipantKind.GUEST: _("guests"),
}
