"""When a stage takes place: predicates from a closed list, joined by all / any / not.

A condition is data (`{ field = "audience", equals = "public" }`), never an
expression. The facts it asks for are gathered by the actions.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

JOINTS = frozenset({"all", "any", "not"})
PREDICATES = frozenset(
    {"has_field", "field", "parties_at_least", "has_guests", "has_files", "party_kind"}
)


class BrokenCondition(ValueError):
    """The text says which word cannot be used."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a condition may ask about a paper.

    `values` holds the paper's fields as plain values; empty ones are left out.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    parties: int = 0
    party_kinds: frozenset[str] = frozenset()
    guests: int = 0
    files: int = 0


def check(condition: Any) -> None:
    """Raise BrokenCondition unless this is a condition from the closed list."""
    word, body = _word_of(condition)
    match word:
        case "all" | "any":
            if not isinstance(body, list) or not body:
                raise BrokenCondition(word)
            for part in body:
                check(part)
        case "not":
            check(body)
        case "has_guests" | "has_files":
            if body is not True:
                raise BrokenCondition(word)
        case "parties_at_least":
            if type(body) is not int or body < 1:
                raise BrokenCondition(word)
        case _:
            if not isinstance(body, str) or not body:
                raise BrokenCondition(word)


def holds(condition: Any, facts: Facts) -> bool:
    """Return whether the condition is met. Call it only on one that `check` let pass."""
    word, body = _word_of(condition)
    match word:
        case "all":
            return all(holds(part, facts) for part in body)
        case "any":
            return any(holds(part, facts) for part in body)
        case "not":
            return not holds(body, facts)
        case "has_field":
            return bool(facts.values.get(body))
        case "parties_at_least":
            return facts.parties >= int(body)
        case "party_kind":
            return body in facts.party_kinds
        case "has_guests":
            return facts.guests > 0
        case "has_files":
            return facts.files > 0
        case _:
            return bool(facts.values.get(body) == condition["equals"])


def fields_in(condition: Any) -> frozenset[str]:
    """Return the names of the paper's fields that a condition asks about."""
    word, body = _word_of(condition)
    if word in ("all", "any"):
        return frozenset(name for part in body for name in fields_in(part))
    if word == "not":
        return fields_in(body)
    return frozenset({body}) if word in ("field", "has_field") else frozenset()


def _word_of(condition: Any) -> tuple[str, Any]:
    if not isinstance(condition, dict):
        raise BrokenCondition(str(condition))
    if set(condition) == {"field", "equals"}:
        return "field", condition["field"]
    if len(condition) != 1:
        raise BrokenCondition(", ".join(map(str, condition)))
    ((word, body),) = condition.items()
    if word not in JOINTS | PREDICATES or word == "field":
        raise BrokenCondition(str(word))
    return word, body
