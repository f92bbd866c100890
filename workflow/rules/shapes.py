"""What a value of a route's definition has to look like before anybody reads it."""

import re
from typing import Any

from workflow.rules.definition import FROM_THE_PAPER
from workflow.rules.states import Escalation, ParticipantKind

# What the tables hold, and what a person can still read.
SHORT_TEXT, LONGEST_TEXT = 200, 1000
DEEPEST, MOST_STAGES, MOST_PARTICIPANTS, LARGEST = 12, 50, 200, 1000
SLUG = re.compile(r"[A-Za-z0-9_-]{1,60}")
# Guests come from the paper or are invited; a route names no single person's address.
ASKABLE = frozenset(
    {ParticipantKind.GROUP.value, ParticipantKind.PERSON.value, ParticipantKind.ROLE.value}
)


def is_participant(value: Any) -> bool:
    """Return whether this names somebody whom a stage can ask."""
    if not isinstance(value, dict):
        return False
    words = {name: part for name, part in value.items() if name != "weight"}
    weight = value.get("weight", 1)
    if not is_number(weight) or weight < 1:
        return False
    kind = str(words.get("kind"))
    if kind in FROM_THE_PAPER:
        return set(words) == {"kind"}
    return (
        kind in ASKABLE
        and set(words) == {"kind", "key", "label"}
        and all(is_text(part) and len(part) <= SHORT_TEXT for part in words.values())
    )


def is_deadline(value: Any) -> bool:
    """Return whether this is `{ working_days = 10 }` or the like."""
    if not isinstance(value, dict) or len(value) != 1:
        return False
    ((word, days),) = value.items()
    return word in ("working_days", "calendar_days") and is_number(days) and days > 0


def is_escalation(value: Any) -> bool:
    """Return whether this is `{ after = 3, to = 'head' }` or the like."""
    return (
        isinstance(value, dict)
        and set(value) == {"after", "to"}
        and is_number(value["after"])
        and str(value["to"]) in {word.value for word in Escalation}
    )


def is_number(value: Any) -> bool:
    """Return whether this is a whole number as a route has it: of days, or a weight."""
    return type(value) is int and 0 <= value <= LARGEST


def is_plain(value: Any, depth: int = 0) -> bool:
    """Return whether this can stand in a route at all: texts, whole numbers, lists, tables."""
    if depth > DEEPEST:
        return False
    if isinstance(value, dict):
        return all(is_plain(name) and is_plain(part, depth + 1) for name, part in value.items())
    if isinstance(value, list):
        return all(is_plain(part, depth + 1) for part in value)
    if isinstance(value, str):
        return len(value) <= LONGEST_TEXT and value.isprintable()
    return isinstance(value, bool) or (type(value) is int and abs(value) < 2**31)


def are_texts(value: Any) -> bool:
    """Return whether this is a list of texts with something in it."""
    return isinstance(value, list) and bool(value) and all(map(is_text, value))


def is_text(value: Any) -> bool:
    """Return whether this is a text with something in it."""
    return isinstance(value, str) and bool(value.strip())
