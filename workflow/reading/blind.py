"""What nobody sees before a stage is complete that asks for blind votes.

One sees what one answered oneself, or what a deputy answered in one's place.
Everything else of such a stage stays out of the page, counts included. What was
said before the stage was closed once already is known and stays readable.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workflow.models import Stage
from workflow.rules.states import JourneyStatus, Override, StageStatus, Votes

# With these a stage is over, and with it the secret.
CLOSING = frozenset({"workflow.stage_done", "workflow.returned", "workflow.returned_to_stage"})
UNDER_WAY = frozenset({JourneyStatus.RUNNING.value, JourneyStatus.RETURNED.value})
NOT_CLOSED = frozenset({StageStatus.OPEN.value, StageStatus.WAITING.value})


@dataclass(frozen=True, slots=True)
class Screen:
    """What one person may not see: blind stages not complete, with when they last were."""

    person: int
    stages: dict[int, datetime | None]

    def is_blind(self, stage: int) -> bool:
        return stage in self.stages

    def hides(self, stage: int, at: datetime, *people: int | None) -> bool:
        """Say whether an act of these people in a stage has to stay out of sight."""
        if stage not in self.stages or self.person in people:
            return False
        closed = self.stages[stage]
        return closed is None or at > closed


def screen_of(user: Any, stages: Iterable[Stage], entries: Iterable[Any]) -> Screen:
    """Return the screen for one person: `stages` with their journeys, `entries` of the trail."""
    closed: dict[tuple[Any, Any], datetime] = {}
    for entry in entries:
        passed = entry.payload.get("act") == Override.PASS_STAGE
        if entry.action in CLOSING or passed:
            closed[entry.payload.get("journey"), entry.payload.get("stage")] = entry.at
    found = {
        stage.pk: closed.get((stage.journey_id, stage.key))
        for stage in stages
        if stage.status in NOT_CLOSED
        and stage.journey.status in UNDER_WAY
        and stage.definition.votes is Votes.BLIND
    }
    return Screen(user.pk, found)
