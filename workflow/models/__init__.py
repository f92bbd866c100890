"""What we remember of journeys: one file per noun."""

from workflow.models.decision import Decision
from workflow.models.deputyship import Deputyship
from workflow.models.guest import GuestLink
from workflow.models.journey import Journey, Participant, Stage
from workflow.models.letters import DigestLine, LetterWish
from workflow.models.returns import Return, ReturnPoint
from workflow.models.route import Route
from workflow.models.shell import JourneyLock, JourneyTask, JourneyTaskState
from workflow.models.timing import Appointment, FollowUp

__all__ = [
    "Appointment",
    "Decision",
    "Deputyship",
    "DigestLine",
    "FollowUp",
    "GuestLink",
    "Journey",
    "JourneyLock",
    "JourneyTask",
    "JourneyTaskState",
    "LetterWish",
    "Participant",
    "Return",
    "ReturnPoint",
    "Route",
    "Stage",
]
