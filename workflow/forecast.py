"""The end of a journey, foretold from the deadlines of its stages."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from workflow.actions import planning
from workflow.actions.standing import Standing
from workflow.calendars import workdays_of
from workflow.models import Journey, Stage
from workflow.rules.forecasting import Ahead, last_days
from workflow.rules.states import PASSED, JourneyStatus, StageStatus


@dataclass(frozen=True, slots=True)
class Forecast:
    """The last day of each stage still ahead, by the stage's id, and of the whole journey.

    None where it cannot be known. Empty for a journey that does not run.
    """

    days: dict[int, date | None] = field(default_factory=dict)
    ends_on: date | None = None


def forecast_of(
    journey: Journey, standing: Standing | None = None, now: datetime | None = None
) -> Forecast:
    """Say when a running journey ends if everybody uses their whole time.

    With `standing` a stage whose condition does not hold for the present text is
    left out; without, it counts as if it took place. Asks for the stages and the
    route only, prefetched ones included.
    """
    if journey.status != JourneyStatus.RUNNING:
        return Forecast()
    facts = planning.facts_about(standing) if standing is not None else None
    stages = [
        stage
        for stage in sorted(journey.stages.all(), key=lambda one: one.order)
        if stage.status not in PASSED
        and (facts is None or planning.takes_place(stage.definition, facts))
    ]
    today = timezone.localdate(now, timezone.get_default_timezone())
    days = last_days(map(_ahead, stages), today=today, workdays=workdays_of(journey))
    by_stage = {stage.pk: day for stage, day in zip(stages, days, strict=True)}
    return Forecast(by_stage, days[-1] if days else None)


def _ahead(stage: Stage) -> Ahead:
    zone = timezone.get_default_timezone()
    due_on = timezone.localdate(stage.due_at, zone) if stage.due_at else None
    return Ahead(stage.definition.deadline, stage.status == StageStatus.OPEN, due_on)
