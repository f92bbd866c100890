"""When a stage is complete: a tree of all / any / at_least / percent / weight.

Leaves are participants by their name. The outcome is fixed as early as no answer
still to come could change it, and never earlier: for every part of the tree we
know which results are still possible.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from workflow.rules.states import ADVISORY, Abstentions, Answer, OnReturn, StageKind

# Words that stand for the participants a paper brings along.
FROM_THE_PAPER = {"parties": "party:", "guests": "guest:"}


class Outcome(StrEnum):
    OPEN = "open"
    REACHED = "reached"
    OUT_OF_REACH = "out_of_reach"
    RETURNED = "returned"


class Result(StrEnum):
    """What one part of the tree comes to. Neutral is out of the count."""

    YES = "yes"
    NO = "no"
    NEUTRAL = "neutral"


class BrokenRule(ValueError):
    """The tree says something that is not a completion rule; the text says what."""


@dataclass(frozen=True, slots=True)
class Leaf:
    participant: str


@dataclass(frozen=True, slots=True)
class Threshold:
    """Reached by a weight (`needed`) or by a share in percent of what counts (`share`)."""

    parts: tuple["Rule", ...]
    weights: tuple[int, ...]
    needed: int | None = None
    share: int | None = None


Rule = Leaf | Threshold
Possible = frozenset[Result]

VERDICTS: dict[Answer, Result] = {
    Answer.AGREED: Result.YES,
    Answer.AGREED_WITH_REMARKS: Result.YES,
    Answer.SILENT: Result.YES,
    Answer.OBJECTED: Result.NO,
    Answer.RETURNED: Result.NO,
    Answer.ABSTAINED: Result.NEUTRAL,
    Answer.NOT_RESPONSIBLE: Result.NEUTRAL,
}
# Where everybody abstained nobody has decided: the author hears of it and can ask others.
FINAL: dict[Result, Outcome] = {
    Result.YES: Outcome.REACHED,
    Result.NO: Outcome.OUT_OF_REACH,
    Result.NEUTRAL: Outcome.RETURNED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """A stage's rule for counting: the tree and what the stage says beside it."""

    rule: Rule
    participants: tuple[str, ...]
    kind: StageKind = StageKind.REVIEW
    veto: frozenset[str] = frozenset()
    abstentions: Abstentions = Abstentions.IGNORE
    on_return: OnReturn = OnReturn.AT_ONCE

    def outcome(self, answers: Mapping[str, Answer]) -> Outcome:
        """Return what is already certain, given the answers so far by participant."""
        sent_back = Answer.RETURNED in answers.values()
        # Who sends back must not cut short those who have not answered yet.
        waits_for_all = self.on_return is OnReturn.COLLECT
        if waits_for_all and any(name not in answers for name in self.participants):
            return Outcome.OPEN
        if sent_back:
            return Outcome.RETURNED
        results = {name: self._result(answer) for name, answer in answers.items()}
        if any(results.get(name) is Result.NO for name in self.veto):
            return Outcome.OUT_OF_REACH
        possible = possible_results(self.rule, results, self.abstentions)
        if len(possible) > 1 or any(name not in answers for name in self.veto):
            return Outcome.OUT_OF_REACH if possible == {Result.NO} else Outcome.OPEN
        return FINAL[next(iter(possible))]

    def _result(self, answer: Answer) -> Result:
        return Result.YES if self.kind in ADVISORY else VERDICTS[answer]


def possible_results(
    rule: Rule, results: Mapping[str, Result], abstentions: Abstentions
) -> Possible:
    """Return every result a part of the tree can still come to."""
    if isinstance(rule, Leaf):
        given = results.get(rule.participant)
        return frozenset(Result) if given is None else frozenset({given})
    parts = [possible_results(part, results, abstentions) for part in rule.parts]
    found = set()
    if abstentions is Abstentions.IGNORE and all(Result.NEUTRAL in part for part in parts):
        found.add(Result.NEUTRAL)
    if _is_reached(rule, [_best(part) for part in parts], abstentions):
        found.add(Result.YES)
    if any(_is_missed(rule, case, abstentions) for case in _worst_cases(parts)):
        found.add(Result.NO)
    return frozenset(found)


def read(tree: Any, participants: Sequence[str], weights: Mapping[str, int] | None = None) -> Rule:
    """Return the rule that `tree` (JSON values) states, or raise BrokenRule.

    The plain words "all" and "any" mean all or any of the stage's participants;
    "parties" and "guests" stand for those that the paper brings along, with
    their `weights` by participant.
    """
    weights = weights or {}
    if tree in ("all", "any"):
        tree = {tree: list(participants)}
    if isinstance(tree, str):
        if tree in FROM_THE_PAPER:
            return _read_node("all", tree, participants, weights)
        if tree not in participants:
            raise BrokenRule(tree)
        return Leaf(tree)
    if not isinstance(tree, dict) or len(tree) != 1:
        raise BrokenRule(str(tree))
    ((word, body),) = tree.items()
    return _read_node(word, body, participants, weights)


def leaves(rule: Rule) -> Iterator[str]:
    """Yield the participants a rule speaks of."""
    if isinstance(rule, Leaf):
        yield rule.participant
    else:
        for part in rule.parts:
            yield from leaves(part)


def _best(part: Possible) -> Result:
    return next(r for r in (Result.YES, Result.NEUTRAL, Result.NO) if r in part)


def _worst_cases(parts: Sequence[Possible]) -> Iterator[list[Result]]:
    """Yield the assignments that are furthest from being reached."""
    worst = [
        next(r for r in (Result.NO, Result.NEUTRAL, Result.YES) if r in part) for part in parts
    ]
    yield worst
    if set(worst) == {Result.NEUTRAL}:
        # All neutral is no "no": one single "yes" may be too little.
        for place, part in enumerate(parts):
            if Result.YES in part:
                yield [*worst[:place], Result.YES, *worst[place + 1 :]]


def _is_reached(rule: Threshold, case: Sequence[Result], abstentions: Abstentions) -> bool:
    weighed = list(zip(case, rule.weights, strict=True))
    yes = sum(weight for result, weight in weighed if result is Result.YES)
    if rule.needed is not None:
        return yes >= rule.needed
    counted = sum(
        weight
        for result, weight in weighed
        if abstentions is Abstentions.COUNT or result is not Result.NEUTRAL
    )
    return counted > 0 and yes * 100 >= (rule.share or 0) * counted


def _is_missed(rule: Threshold, case: Sequence[Result], abstentions: Abstentions) -> bool:
    if abstentions is Abstentions.IGNORE and set(case) == {Result.NEUTRAL}:
        return False
    return not _is_reached(rule, case, abstentions)


def _read_node(
    word: str, body: Any, participants: Sequence[str], weights: Mapping[str, int]
) -> Threshold:
    numbers = body if isinstance(body, dict) else {}
    if (word in ("all", "any")) == bool(numbers) or not set(numbers) <= {"n", "p", "of"}:
        raise BrokenRule(word)
    of = numbers.get("of") if numbers else body
    names = _from_the_paper(of, participants) if isinstance(of, str) else of
    if not isinstance(names, list) or not names:
        raise BrokenRule(word)
    parts = tuple(read(part, participants, weights) for part in names)
    ones = (1,) * len(parts)
    match word:
        case "all":
            return Threshold(parts, ones, share=100)
        case "any":
            return Threshold(parts, ones, needed=1)
        case "at_least":
            return Threshold(parts, ones, needed=_number(word, numbers, "n", len(parts)))
        case "percent":
            return Threshold(parts, ones, share=_number(word, numbers, "p", 100))
        case "weight":
            weighed = tuple(_weight(part, weights) for part in parts)
            if "p" in numbers:
                return Threshold(parts, weighed, share=_number(word, numbers, "p", 100))
            return Threshold(parts, weighed, needed=_number(word, numbers, "n", sum(weighed)))
        case _:
            raise BrokenRule(word)


def named(names: Sequence[str], participants: Sequence[str]) -> list[str]:
    """Return the names, with those that the paper brought in place of "parties" and "guests"."""
    found: list[str] = []
    for name in names:
        found += _from_the_paper(name, participants) if name in FROM_THE_PAPER else [name]
    return found


def _from_the_paper(word: str, participants: Sequence[str]) -> list[str]:
    beginning = FROM_THE_PAPER.get(word)
    return [name for name in participants if beginning and name.startswith(beginning)]


def _weight(part: Rule, weights: Mapping[str, int]) -> int:
    return weights.get(part.participant, 1) if isinstance(part, Leaf) else 1


def _number(word: str, numbers: Mapping[str, Any], name: str, most: int) -> int:
    number = numbers.get(name)
    if type(number) is not int or not 1 <= number <= most:
        raise BrokenRule(word)
    return number
