"""Words of time: what is due in a stage, and how a person wants to be reminded."""

from enum import StrEnum


class AppointmentKind(StrEnum):
    """What happens in an open stage at a given moment."""

    REMINDER = "reminder"
    DEPUTIES = "deputies"
    HEAD = "head"
    SILENCE = "silence"


class FollowUpKind(StrEnum):
    """When a person is reminded of a paper: four ways before its deadline, or a day of choice."""

    SAME_DAY = "same_day"
    DAY_BEFORE = "day_before"
    WEEK_BEFORE = "week_before"
    BEGINNING_OF_WEEK = "beginning_of_week"
    ON_DATE = "on_date"
