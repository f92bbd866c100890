"""The words of a journey and the ways between its states."""

from enum import StrEnum


class JourneyStatus(StrEnum):
    RUNNING = "running"
    RETURNED = "returned"
    AGREED = "agreed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


WAYS: dict[JourneyStatus, frozenset[JourneyStatus]] = {
    JourneyStatus.RUNNING: frozenset(
        {
            JourneyStatus.RETURNED,
            JourneyStatus.AGREED,
            JourneyStatus.REFUSED,
            JourneyStatus.WITHDRAWN,
        }
    ),
    JourneyStatus.RETURNED: frozenset({JourneyStatus.RUNNING, JourneyStatus.WITHDRAWN}),
    JourneyStatus.AGREED: frozenset(),
    JourneyStatus.REFUSED: frozenset(),
    JourneyStatus.WITHDRAWN: frozenset(),
}

# A paper with a journey in one of these cannot begin another.
UNDER_WAY = frozenset({JourneyStatus.RUNNING, JourneyStatus.RETURNED})


class StageStatus(StrEnum):
    WAITING = "waiting"
    OPEN = "open"
    DONE = "done"
    RETURNED = "returned"


class StageKind(StrEnum):
    REVIEW = "review"
    APPROVAL = "approval"


# While one of these is open, nobody edits the text.
LOCKING = frozenset({StageKind.APPROVAL})


class Answer(StrEnum):
    AGREED = "agreed"
    OBJECTED = "objected"


class ParticipantKind(StrEnum):
    PERSON = "person"
    GROUP = "group"
    ROLE = "role"
    PARTY = "party"
    GUEST = "guest"


class Exclusion(StrEnum):
    """Who may not decide in a stage although they take part in it."""

    AUTHOR = "author"
    EDITORS = "editors"
