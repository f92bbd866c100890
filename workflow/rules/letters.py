"""Kinds of letters, and how soon a person wants them."""

from enum import StrEnum


class LetterKind(StrEnum):
    TASK = "task"  # something waits for you
    REMINDER = "reminder"
    OUTCOME = "outcome"  # what became of your text
    CHANGE = "change"  # the text you decided on was changed
    NOTICE = "notice"  # an administrator took your place
    FOLLOW_UP = "follow_up"


class Pace(StrEnum):
    AT_ONCE = "at_once"
    DAILY = "daily"
    NEVER = "never"


# What nobody can switch off: it concerns an act done in one's own place.
ALWAYS_AT_ONCE = frozenset({LetterKind.NOTICE})
