"""The stages of a journey, with those who take part and what they answered."""

from dataclasses import dataclass
from typing import Any

from workflow.models import Decision, Participant, Stage
from workflow.reading.blind import Screen
from workflow.rules.states import StageKind, StageStatus
from workflow.wording import STAGE_KIND, STAGE_STATUS


@dataclass(frozen=True, slots=True, kw_only=True)
class StageRow:
    """One stage as this person may see it; `missing` is empty while it is blind."""

    stage: Stage
    kind: str
    status: str
    is_blind: bool
    participants: list[Participant]
    decisions: list[Decision]
    missing: list[Participant]

    @property
    def state(self) -> str:
        """How the time line draws it."""
        if self.stage.status in (StageStatus.DONE, StageStatus.OVERRIDDEN):
            return "done"
        if self.stage.status == StageStatus.SKIPPED:
            return "gap"
        return "todo" if self.stage.status == StageStatus.WAITING else "current"


def stages_of(journey: Any, screen: Screen) -> list[StageRow]:
    stages = journey.stages.exclude(status=StageStatus.DROPPED.value)
    return [_row(one, screen) for one in stages.prefetch_related("participants", "decisions")]


def _row(stage: Stage, screen: Screen) -> StageRow:
    is_blind = screen.is_blind(stage.pk)
    decisions = [
        one
        for one in stage.decisions.all()
        if not screen.hides(stage.pk, one.decided_at, one.decided_by_id, one.acting_for_id)
    ]
    seats = [one for one in stage.participants.all() if one.gone_at is None]
    answered = {one.participant_id for one in decisions if one.lapsed_at is None}
    waits = stage.status == StageStatus.OPEN and not is_blind
    return StageRow(
        stage=stage,
        kind=str(STAGE_KIND[StageKind(stage.kind)]),
        status=str(STAGE_STATUS[StageStatus(stage.status)]),
        is_blind=is_blind,
        participants=seats,
        decisions=decisions,
        missing=[one for one in seats if one.pk not in answered and not one.is_head]
        if waits
        else [],
    )
