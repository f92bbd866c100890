"""What we remember of journeys: one file per noun."""

from workflow.models.decision import Decision, Return
from workflow.models.journey import Journey, Participant, Stage
from workflow.models.route import Route
from workflow.models.shell import JourneyLock, JourneyTask, JourneyTaskState

__all__ = [
    "Decision",
    "Journey",
    "JourneyLock",
    "JourneyTask",
    "JourneyTaskState",
    "Participant",
    "Return",
    "Route",
    "Stage",
]
