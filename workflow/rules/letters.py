"""Kinds of letters, and how soon a person wants them."""

from collections.abc import Iterable, Mapping
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

SOONEST_FIRST = (Pace.AT_ONCE, Pace.DAILY, Pace.NEVER)


def pace_for(kind: LetterKind, wish: Pace | None, by_role: Iterable[Pace | None]) -> Pace:
    """Return how soon a letter goes out: as the person wishes, else as their roles say.

    Of several roles the one that is told soonest counts; a role of which nothing
    is said, and nobody's role at all, is told at once.
    """
    if kind in ALWAYS_AT_ONCE:
        return Pace.AT_ONCE
    if wish is not None:
        return wish
    paces = {pace or Pace.AT_ONCE for pace in by_role} or {Pace.AT_ONCE}
    return next(pace for pace in SOONEST_FIRST if pace in paces)


def pace_of_role(paces: Mapping[str, Mapping[str, str]], role: str, kind: LetterKind) -> Pace:
    """Return what the installation says of one role and one kind of letter."""
    return Pace(paces.get(role, {}).get(kind.value, Pace.AT_ONCE.value))
