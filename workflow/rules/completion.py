"""When a stage is complete: a tree of all / any / at_least / percent.

Leaves are participants by their key. The outcome is fixed as early as no answer
still to come could change it.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from workflow.rules.states import Answer


class Outcome(StrEnum):
    OPEN = "open"
    REACHED = "reached"
    OUT_OF_REACH = "out_of_reach"


class BrokenRule(ValueError):
    """The tree says something that is not a completion rule; the text says what."""


@dataclass(frozen=True, slots=True)
class Leaf:
    participant: str


@dataclass(frozen=True, slots=True)
class AtLeast:
    """All, any and percent are this with another number."""

    needed: int
    of: tuple["Rule", ...]


Rule = Leaf | AtLeast


def outcome(rule: Rule, answers: Mapping[str, Answer]) -> Outcome:
    """Return what is already certain, given the answers so far by participant."""
    if isinstance(rule, Leaf):
        match answers.get(rule.participant):
            case Answer.AGREED:
                return Outcome.REACHED
            case Answer.OBJECTED:
                return Outcome.OUT_OF_REACH
            case _:
                return Outcome.OPEN
    results = [outcome(part, answers) for part in rule.of]
    reached = results.count(Outcome.REACHED)
    if reached >= rule.needed:
        return Outcome.REACHED
    if reached + results.count(Outcome.OPEN) < rule.needed:
        return Outcome.OUT_OF_REACH
    return Outcome.OPEN


def read(tree: Any, participants: Sequence[str]) -> Rule:
    """Return the rule that `tree` (JSON values) states, or raise BrokenRule.

    The plain words "all" and "any" mean all or any of the stage's participants.
    """
    if tree in ("all", "any"):
        tree = {tree: list(participants)}
    if isinstance(tree, str):
        if tree not in participants:
            raise BrokenRule(tree)
        return Leaf(tree)
    if not isinstance(tree, dict) or len(tree) != 1:
        raise BrokenRule(str(tree))
    ((word, body),) = tree.items()
    parts = _parts(word, body, participants)
    return AtLeast(_needed(word, body, len(parts)), parts)


def expand(tree: Any, parties: Sequence[str]) -> Any:
    """Return the tree with the word "parties" replaced by the paper's own, all of them."""
    if tree == "parties":
        return {"all": list(parties)}
    if isinstance(tree, dict):
        return {word: expand(body, parties) for word, body in tree.items()}
    if isinstance(tree, list):
        return [expand(part, parties) for part in tree]
    return tree


def leaves(rule: Rule) -> Iterator[str]:
    """Yield the participants a rule speaks of."""
    if isinstance(rule, Leaf):
        yield rule.participant
    else:
        for part in rule.of:
            yield from leaves(part)


def _parts(word: str, body: Any, participants: Sequence[str]) -> tuple[Rule, ...]:
    if word in ("at_least", "percent"):
        body = body.get("of") if isinstance(body, dict) else None
    if not isinstance(body, list) or not body:
        raise BrokenRule(word)
    return tuple(read(part, participants) for part in body)


def _needed(word: str, body: Any, size: int) -> int:
    needed: Any
    match word:
        case "all":
            needed = size
        case "any":
            needed = 1
        case "at_least":
            needed = body.get("n")
        case "percent":
            share = body.get("p")
            needed = math.ceil(share * size / 100) if isinstance(share, int) else None
        case _:
            raise BrokenRule(word)
    if not isinstance(needed, int) or not 1 <= needed <= size:
        raise BrokenRule(word)
    return needed
