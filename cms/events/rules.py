"""What an event and its documentation may state. No framework in here."""

from datetime import date, datetime
from enum import StrEnum
from functools import cache
from zoneinfo import available_timezones

from cms.core.values import FuzzyDate, Precision


class EventKind(StrEnum):
    SEMINAR = "seminar"
    CONFERENCE = "conference"
    NETWORK_MEETING = "network_meeting"
    WORKSHOP = "workshop"
    SUMMIT = "summit"
    SHORT_FORMAT = "short_format"
    OTHER = "other"


@cache
def time_zones() -> frozenset[str]:
    """Return the names of all time zones; asked once, because asking reads a whole folder."""
    return frozenset(available_timezones())


# Kinds that a network holds for its members.
OF_A_NETWORK = frozenset({EventKind.NETWORK_MEETING, EventKind.SUMMIT})


class EventState(StrEnum):
    PLANNED = "planned"
    ANNOUNCED = "announced"
    CONFIRMED = "confirmed"
    HELD = "held"
    DOCUMENTED = "documented"
    ARCHIVED = "archived"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


_CALLED_OFF = {EventState.POSTPONED, EventState.CANCELLED}

WAYS: dict[EventState, frozenset[EventState]] = {
    EventState.PLANNED: frozenset({EventState.ANNOUNCED, EventState.CONFIRMED} | _CALLED_OFF),
    EventState.ANNOUNCED: frozenset({EventState.CONFIRMED, EventState.HELD} | _CALLED_OFF),
    EventState.CONFIRMED: frozenset({EventState.HELD} | _CALLED_OFF),
    EventState.HELD: frozenset({EventState.DOCUMENTED, EventState.ARCHIVED}),
    EventState.DOCUMENTED: frozenset({EventState.ARCHIVED}),
    EventState.ARCHIVED: frozenset(),
    EventState.POSTPONED: frozenset(
        {EventState.ANNOUNCED, EventState.CONFIRMED, EventState.CANCELLED}
    ),
    EventState.CANCELLED: frozenset({EventState.ARCHIVED}),
}
AFTERWARDS = frozenset({EventState.HELD, EventState.DOCUMENTED, EventState.ARCHIVED})


class ProgrammeState(StrEnum):
    NONE = "none"
    PENDING = "pending"
    DRAFT = "draft"
    APPROVED = "approved"
    PUBLISHED = "published"


class RegistrationState(StrEnum):
    NOT_PLANNED = "not_planned"
    NOT_OPEN = "not_open"
    OPEN = "open"
    WAITING_LIST = "waiting_list"
    CLOSED = "closed"


class Situation(StrEnum):
    """What a reader's day makes of an event; decides which sentence is true."""

    AHEAD = "ahead"
    OVER = "over"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


class PartnerRole(StrEnum):
    HOST = "host"
    COOPERATION = "cooperation"
    SCIENTIFIC_SUPPORT = "scientific_support"
    FUNDER = "funder"
    CONTRIBUTOR = "contributor"


class FindingKind(StrEnum):
    OBSERVATION = "observation"
    SUCCESS_FACTOR = "success_factor"
    OBSTACLE = "obstacle"
    DEMAND = "demand"


class AppliesTo(StrEnum):
    ALL = "all"
    BIG_CITY = "big_city"
    SMALL_TOWN = "small_town"
    COUNTY = "county"


class ConcernKind(StrEnum):
    CONTINUATION = "continuation"
    FORMAT = "format"
    QUALIFICATION = "qualification"
    FUNDING = "funding"
    OTHER = "other"


class ConcernStatus(StrEnum):
    WISHED = "wished"
    WILLINGNESS_DECLARED = "willingness_declared"
    PLANNED = "planned"
    DONE = "done"
    DROPPED = "dropped"


OPEN_CONCERNS = frozenset(
    {ConcernStatus.WISHED, ConcernStatus.WILLINGNESS_DECLARED, ConcernStatus.PLANNED}
)


class Refusal(StrEnum):
    WEEKDAY_DISAGREES = "events.weekday_disagrees"
    ENDS_BEFORE_START = "events.ends_before_start"
    ENDS_WITHOUT_START = "events.ends_without_start"
    DAY_DISAGREES = "events.day_disagrees"
    NO_SUCH_TIME_ZONE = "events.no_such_time_zone"
    CANCELLED_WITHOUT_REASON = "events.cancelled_without_reason"
    POSTPONED_WITHOUT_OLD_DATE = "events.postponed_without_old_date"
    HELD_IN_FUTURE = "events.held_in_future"
    NO_WAY_BACK = "events.no_way_back"
    NEEDS_NETWORK = "events.needs_network"
    SUMMIT_IS_INTERNAL = "events.summit_is_internal"
    NUMBER_TAKEN = "events.number_taken"
    MORE_REPRESENTATIVES_THAN_PARTICIPANTS = "events.more_representatives_than_participants"
    MORE_MUNICIPALITIES_THAN_REPRESENTATIVES = "events.more_municipalities_than_representatives"
    MORE_MUNICIPALITIES_THAN_PARTICIPANTS = "events.more_municipalities_than_participants"
    DONE_WITHOUT_RESULT = "events.done_without_result"
    QUOTE_WITHOUT_SPEAKER = "events.quote_without_speaker"


def refusal_of_weekday(stated: int | None, on: FuzzyDate) -> Refusal | None:
    """Return why a date cannot be on the stated weekday (Monday is 0).

    Only a date known to the day has a weekday.
    """
    if stated is None or on.value is None or on.precision is not Precision.DAY:
        return None
    return None if on.value.weekday() == stated else Refusal.WEEKDAY_DISAGREES


def refusal_of_end(starts: datetime | None, ends: datetime | None) -> Refusal | None:
    if ends is None:
        return None
    if starts is None:
        return Refusal.ENDS_WITHOUT_START
    return Refusal.ENDS_BEFORE_START if ends <= starts else None


def refusal_of_day(on: FuzzyDate, starts_on: date | None) -> Refusal | None:
    """Return why the date and the beginning cannot both be right."""
    if starts_on is None or on.earliest is None or on.latest is None:
        return None
    return None if on.earliest <= starts_on <= on.latest else Refusal.DAY_DISAGREES


def refusal_of_state(state: str, *, reason: str, postponed_from: FuzzyDate) -> Refusal | None:
    """Return what a cancelled or postponed event still has to say."""
    if state == EventState.CANCELLED and not reason.strip():
        return Refusal.CANCELLED_WITHOUT_REASON
    if state == EventState.POSTPONED and not postponed_from.is_known:
        return Refusal.POSTPONED_WITHOUT_OLD_DATE
    return None


def refusal_to_have_been_held(state: str, on: FuzzyDate, *, today: date) -> Refusal | None:
    if state in AFTERWARDS and on.earliest is not None and on.earliest > today:
        return Refusal.HELD_IN_FUTURE
    return None


def refusal_to_move(before: str, after: str) -> Refusal | None:
    """Return why an event cannot have come from one state to the other.

    Steps may be left out: between two publications an event goes on living.
    """
    reached, ahead = {EventState(before)}, {EventState(before)}
    while ahead:
        ahead = set().union(*(WAYS[state] for state in ahead)) - reached
        reached |= ahead
    return None if EventState(after) in reached else Refusal.NO_WAY_BACK


def refusal_of_network(kind: str, *, has_network: bool) -> Refusal | None:
    return Refusal.NEEDS_NETWORK if kind in OF_A_NETWORK and not has_network else None


def refusal_of_audience(kind: str, *, public: bool) -> Refusal | None:
    """Return why the municipal summit cannot be public: the network keeps it to itself."""
    return Refusal.SUMMIT_IS_INTERNAL if kind == EventKind.SUMMIT and public else None


def refusals_of_attendance(
    *, participants: int | None, representatives: int | None, municipalities: int | None
) -> dict[str, Refusal]:
    """Return what cannot be true of the numbers, by field. What is unknown contradicts nothing.

    A municipality is there through a person, so there are never more
    municipalities than representatives, nor more of these than participants.
    """
    found: dict[str, Refusal] = {}
    if _more(representatives, participants):
        found["municipal_representatives"] = Refusal.MORE_REPRESENTATIVES_THAN_PARTICIPANTS
    if _more(municipalities, representatives):
        found["municipalities"] = Refusal.MORE_MUNICIPALITIES_THAN_REPRESENTATIVES
    elif representatives is None and _more(municipalities, participants):
        found["municipalities"] = Refusal.MORE_MUNICIPALITIES_THAN_PARTICIPANTS
    return found


def _more(part: int | None, whole: int | None) -> bool:
    return part is not None and whole is not None and part > whole


def refusal_of_quote(speaker: str, *, has_organisation: bool) -> Refusal | None:
    if not speaker.strip() and not has_organisation:
        return Refusal.QUOTE_WITHOUT_SPEAKER
    return None


def refusal_of_concern(status: str, *, has_result: bool, note: str) -> Refusal | None:
    """Return why a concern cannot count as done: somebody has to be able to see by what."""
    if status == ConcernStatus.DONE and not has_result and not note.strip():
        return Refusal.DONE_WITHOUT_RESULT
    return None


def situation_of(state: str, *, ends_on: date | None, today: date) -> Situation:
    """Return what holds today. A date that has passed is over, whether recorded as held or not."""
    if state == EventState.CANCELLED:
        return Situation.CANCELLED
    if state == EventState.POSTPONED:
        return Situation.POSTPONED
    if state in AFTERWARDS or (ends_on is not None and ends_on < today):
        return Situation.OVER
    return Situation.AHEAD
