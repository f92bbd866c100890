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
    SKIPPED = "skipped"  # its condition did not hold
    OVERRIDDEN = "overridden"  # an administrator let the journey pass, with a reason
    BROKEN_OFF = "broken_off"  # the journey ended while it was open
    DROPPED = "dropped"  # the journey was moved to a route without it


# A journey goes on behind these.
PASSED = frozenset(
    {StageStatus.DONE, StageStatus.SKIPPED, StageStatus.OVERRIDDEN, StageStatus.DROPPED}
)


class StageKind(StrEnum):
    REVIEW = "review"
    APPROVAL = "approval"
    OPINION = "opinion"
    CO_SIGNATURE = "co_signature"
    FINAL_SIGN_OFF = "final_sign_off"
    ACKNOWLEDGEMENT = "acknowledgement"
    CHECK = "check"
    SIGNING = "signing"


# While one of these is open, nobody edits the text.
LOCKING = frozenset(
    {StageKind.APPROVAL, StageKind.CO_SIGNATURE, StageKind.FINAL_SIGN_OFF, StageKind.SIGNING}
)
# What is said here is heard and kept, and stops nothing.
ADVISORY = frozenset({StageKind.OPINION, StageKind.ACKNOWLEDGEMENT})
# A deputy answers here only with the word that they may sign.
SIGNED = frozenset({StageKind.FINAL_SIGN_OFF, StageKind.SIGNING})


class Answer(StrEnum):
    AGREED = "agreed"
    AGREED_WITH_REMARKS = "agreed_with_remarks"
    OBJECTED = "objected"
    ABSTAINED = "abstained"
    NOT_RESPONSIBLE = "not_responsible"
    RETURNED = "returned"  # written by sending back, never chosen in the form
    SILENT = "silent"  # written when the time has run out, never by a person


# Nobody chooses these; the engine writes them with the act they belong to.
NOT_FOR_CHOICE = frozenset({Answer.RETURNED, Answer.SILENT})
# Who says one of these owes the author a reason.
WITH_REASON = frozenset({Answer.AGREED_WITH_REMARKS, Answer.OBJECTED, Answer.NOT_RESPONSIBLE})


class Channel(StrEnum):
    """How an answer came in."""

    DESK = "desk"
    BULK = "bulk"
    GUEST_LINK = "guest_link"
    SILENCE = "silence"


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
    SUBMITTER = "submitter"
    EARLIER = "earlier"
    SAME_ORGANISATION = "same_organisation"


class OnChange(StrEnum):
    """What becomes of a stage's decisions when the text changes."""

    LAPSE_ALL = "lapse_all"
    LAPSE_IF = "lapse_if"  # only when one of the named fields changed
    ASK_CONFIRM = "ask_confirm"  # they lapse, and their authors may confirm them in one step
    KEEP = "keep"


class OnReturn(StrEnum):
    """When a "send back" ends the stage."""

    AT_ONCE = "at_once"
    COLLECT = "collect"  # when all have answered


class Votes(StrEnum):
    """Whether participants see each other's answers before the stage is complete."""

    OPEN = "open"
    BLIND = "blind"


class Abstentions(StrEnum):
    """Whether who abstains still counts in "all" and "percent"."""

    IGNORE = "ignore"
    COUNT = "count"


class Escalation(StrEnum):
    """What happens some working days after a stage fell due."""

    DEPUTIES = "deputies"
    HEAD = "head"


class PointState(StrEnum):
    """What became of a point of a return."""

    OPEN = "open"
    DONE = "done"
    NOT_FOLLOWED = "not_followed"


class Override(StrEnum):
    """What an administrator can do in place of the participants, with a reason."""

    PASS_STAGE = "pass_stage"  # noqa: S105
    END_JOURNEY = "end_journey"
    TAKE_OFFLINE = "take_offline"
