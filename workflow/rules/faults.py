"""What is wrong with a route's definition: everything at once, each with its place."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from workflow.rules import completion, conditions
from workflow.rules.definition import AUTHOR, FROM_THE_PAPER, participant_name
from workflow.rules.shapes import (
    MOST_PARTICIPANTS,
    MOST_STAGES,
    SHORT_TEXT,
    SLUG,
    are_texts,
    is_deadline,
    is_escalation,
    is_number,
    is_participant,
    is_plain,
    is_text,
)
from workflow.rules.states import (
    NOT_FOR_CHOICE,
    Abstentions,
    Answer,
    Escalation,
    Exclusion,
    OnChange,
    OnReturn,
    StageKind,
    Votes,
)

ROUTE_WORDS = frozenset({"key", "title", "subject", "land", "stage"})
STAGE_WORDS = frozenset(
    {
        "key", "kind", "label", "participants", "completion", "exclude", "answers",
        "may_return_to", "on_return", "on_change", "votes", "abstentions", "veto", "when", "bulk",
        "deadline", "remind", "escalate", "head", "silence",
    }
)  # fmt: skip
AGREEING = frozenset({Answer.AGREED.value, Answer.AGREED_WITH_REMARKS.value})
# ISO 3166-2 codes of the sixteen Länder, without "DE-".
LAENDER = frozenset(
    {
        "BW", "BY", "BE", "BB", "HB", "HH", "HE", "MV",
        "NI", "NW", "RP", "SL", "SN", "ST", "SH", "TH",
    }
)  # fmt: skip

MOST_OF_A_PAPER = 400


class Flaw(StrEnum):
    WORD_MISSING = "word_missing"
    UNKNOWN_WORD = "unknown_word"
    NOT_A_VALUE = "not_a_value"
    NO_STAGES = "no_stages"
    STAGE_TWICE = "stage_twice"
    NO_PARTICIPANTS = "no_participants"
    PARTICIPANT_TWICE = "participant_twice"
    UNKNOWN_PARTICIPANT = "unknown_participant"
    BROKEN_COMPLETION = "broken_completion"
    BROKEN_CONDITION = "broken_condition"
    UNDECIDABLE = "undecidable"
    ALL_CONDITIONAL = "all_conditional"
    RETURN_LEADS_FORWARD = "return_leads_forward"
    NEEDS_DEADLINE = "needs_deadline"
    NEEDS_HEAD = "needs_head"
    NOT_A_KEY = "not_a_key"
    TOO_MUCH = "too_much"
    UNKNOWN_SUBJECT = "unknown_subject"
    UNKNOWN_HERE = "unknown_here"
    NOBODY_BEHIND = "nobody_behind"
    NOT_BROUGHT_ALONG = "not_brought_along"
    SILENCE_OVER_HOLIDAYS = "silence_over_holidays"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a definition: where, what, and the word it is about."""

    flaw: Flaw
    where: str
    word: str = ""


def faults_in(definition: Any) -> list[Fault]:
    """Return everything that is wrong, not only the first thing; of anything, not only of routes.

    Values that no route has (dates, fractions, texts without end) are named first:
    nothing else is looked at before they are gone.
    """
    if not isinstance(definition, dict):
        return [Fault(Flaw.NOT_A_VALUE, "route", type(definition).__name__)]
    if odd := [word for word, value in definition.items() if not is_plain(value)]:
        return [Fault(Flaw.NOT_A_VALUE, "route", word) for word in sorted(odd)]
    return list(_route_faults(definition))


def risks_in(definition: Mapping[str, Any]) -> list[Fault]:
    """Return what a definition without faults may do, and should be chosen with open eyes."""
    return [
        Fault(Flaw.SILENCE_OVER_HOLIDAYS, stage["key"], str(stage["deadline"]["calendar_days"]))
        for stage in definition["stage"]
        if stage.get("silence") and "calendar_days" in stage["deadline"]
    ]


def _route_faults(definition: Mapping[str, Any]) -> Iterator[Fault]:
    for word in sorted(ROUTE_WORDS - {"stage", "land"}):
        if not is_text(definition.get(word)):
            yield Fault(Flaw.WORD_MISSING, "route", word)
    yield from _key_faults(definition, ("key", "subject"), "route")
    for word in sorted(set(definition) - ROUTE_WORDS):
        yield Fault(Flaw.UNKNOWN_WORD, "route", word)
    if str(definition.get("land", "")) not in LAENDER | {""}:
        yield Fault(Flaw.NOT_A_VALUE, "route", "land")
    stages = definition.get("stage")
    if not isinstance(stages, list) or not stages:
        yield Fault(Flaw.NO_STAGES, "route")
        return
    if len(stages) > MOST_STAGES:
        yield Fault(Flaw.TOO_MUCH, "route", "stage")
        return
    seen: list[str] = []
    for number, stage in enumerate(stages, start=1):
        if not isinstance(stage, dict):
            yield Fault(Flaw.NOT_A_VALUE, str(number))
            continue
        where = str(stage.get("key") or number)
        if where in seen:
            yield Fault(Flaw.STAGE_TWICE, where)
        yield from _stage_faults(stage, where, seen)
        seen.append(where)
    if all(isinstance(stage, dict) and stage.get("when") is not None for stage in stages):
        # Were they all skipped, the paper would go public with nobody's approval.
        yield Fault(Flaw.ALL_CONDITIONAL, "route")


def _key_faults(words: Mapping[str, Any], keys: Iterable[str], where: str) -> Iterator[Fault]:
    """Keys name rows and stand in addresses; titles and labels have columns of a length."""
    for word in keys:
        if is_text(words.get(word)) and not SLUG.fullmatch(words[word]):
            yield Fault(Flaw.NOT_A_KEY, where, word)
    for word in ("title", "label"):
        if len(str(words.get(word, ""))) > SHORT_TEXT:
            yield Fault(Flaw.TOO_MUCH, where, word)
    if words.get("key") == AUTHOR:
        # It means the person to whom a text is sent back.
        yield Fault(Flaw.NOT_A_KEY, where, AUTHOR)


def _stage_faults(stage: Mapping[str, Any], where: str, before: list[str]) -> Iterator[Fault]:
    for word in ("key", "kind", "label"):
        if not is_text(stage.get(word)):
            yield Fault(Flaw.WORD_MISSING, where, word)
    yield from _key_faults(stage, ("key",), where)
    for word in sorted(set(stage) - STAGE_WORDS):
        yield Fault(Flaw.UNKNOWN_WORD, where, word)
    yield from _word_faults(stage, where)
    yield from _return_faults(stage, where, before)
    yield from _time_faults(stage, where)
    yield from _condition_faults(stage, where)
    if type(stage.get("bulk", False)) is not bool:
        yield Fault(Flaw.NOT_A_VALUE, where, "bulk")
    answers = stage.get("answers", [Answer.AGREED.value])
    if isinstance(answers, list) and AGREEING.isdisjoint(map(str, answers)):
        # A stage that nobody can agree to is a dead end.
        yield Fault(Flaw.UNDECIDABLE, where)
    yield from _participant_faults(stage, where)


def _word_faults(stage: Mapping[str, Any], where: str) -> Iterator[Fault]:
    lists = {
        "exclude": {word.value for word in Exclusion},
        "answers": {answer.value for answer in Answer if answer not in NOT_FOR_CHOICE},
    }
    for name, words in lists.items():
        value = stage.get(name, [])
        if not isinstance(value, list):
            yield Fault(Flaw.NOT_A_VALUE, where, name)
            continue
        for word in value:
            if str(word) not in words:
                yield Fault(Flaw.UNKNOWN_WORD, where, str(word))
    singles: dict[str, set[str]] = {
        "kind": {kind.value for kind in StageKind},
        "on_return": {word.value for word in OnReturn},
        "votes": {word.value for word in Votes},
        "abstentions": {word.value for word in Abstentions},
        "silence": {"consent"},
    }
    for name, words in singles.items():
        if name in stage and str(stage[name]) not in words:
            yield Fault(Flaw.UNKNOWN_WORD, where, str(stage[name]))
    yield from _change_faults(stage.get("on_change", OnChange.LAPSE_ALL.value), where)


def _change_faults(change: Any, where: str) -> Iterator[Fault]:
    if isinstance(change, dict):
        fields = change.get(OnChange.LAPSE_IF.value)
        if set(change) != {OnChange.LAPSE_IF.value} or not are_texts(fields):
            yield Fault(Flaw.NOT_A_VALUE, where, "on_change")
    elif str(change) not in {word.value for word in OnChange if word is not OnChange.LAPSE_IF}:
        yield Fault(Flaw.UNKNOWN_WORD, where, str(change))


def _return_faults(stage: Mapping[str, Any], where: str, before: list[str]) -> Iterator[Fault]:
    targets = stage.get("may_return_to", [])
    if not isinstance(targets, list):
        yield Fault(Flaw.NOT_A_VALUE, where, "may_return_to")
        return
    for target in targets:
        if target != AUTHOR and target not in before:
            yield Fault(Flaw.RETURN_LEADS_FORWARD, where, str(target))


def _time_faults(stage: Mapping[str, Any], where: str) -> Iterator[Fault]:
    deadline = stage.get("deadline")
    if deadline is not None and not is_deadline(deadline):
        yield Fault(Flaw.NOT_A_VALUE, where, "deadline")
    remind = stage.get("remind", [])
    if not isinstance(remind, list) or not all(map(is_number, remind)):
        yield Fault(Flaw.NOT_A_VALUE, where, "remind")
    steps = stage.get("escalate", [])
    if not isinstance(steps, list) or not all(map(is_escalation, steps)):
        yield Fault(Flaw.NOT_A_VALUE, where, "escalate")
        return
    head = stage.get("head")
    if head is not None and not is_participant(head):
        yield Fault(Flaw.UNKNOWN_PARTICIPANT, where, str(head))
    if any(step["to"] == Escalation.HEAD for step in steps) and head is None:
        yield Fault(Flaw.NEEDS_HEAD, where)
    if deadline is None and (remind or steps or stage.get("silence")):
        yield Fault(Flaw.NEEDS_DEADLINE, where)


def _condition_faults(stage: Mapping[str, Any], where: str) -> Iterator[Fault]:
    if stage.get("when") is None:
        return
    try:
        conditions.check(stage["when"])
    except conditions.BrokenCondition as error:
        yield Fault(Flaw.BROKEN_CONDITION, where, str(error))


def _participant_faults(stage: Mapping[str, Any], where: str) -> Iterator[Fault]:
    participants = stage.get("participants")
    if not isinstance(participants, list) or not participants:
        yield Fault(Flaw.NO_PARTICIPANTS, where)
        return
    if len(participants) > MOST_PARTICIPANTS:
        yield Fault(Flaw.TOO_MUCH, where, "participants")
        return
    names: list[str] = []
    for participant in participants:
        if not is_participant(participant):
            yield Fault(Flaw.UNKNOWN_PARTICIPANT, where, str(participant))
            return
        name = participant_name(participant)
        if name in names:
            yield Fault(Flaw.PARTICIPANT_TWICE, where, name)
        names.append(name)
    yield from _completion_faults(stage, where, names)


def _completion_faults(stage: Mapping[str, Any], where: str, names: list[str]) -> Iterator[Fault]:
    present = [one for name in names for one in _stand_ins(name)]
    tree = stage.get("completion", "all")
    try:
        rule = completion.read(tree, present)
    except completion.BrokenRule as error:
        yield Fault(Flaw.BROKEN_COMPLETION, where, str(error))
        return
    if left_out := sorted(set(present) - set(completion.leaves(rule))):
        # They would be asked, and no answer of theirs would count.
        yield Fault(Flaw.BROKEN_COMPLETION, where, left_out[0])
    veto = stage.get("veto", [])
    if not isinstance(veto, list) or not set(map(str, veto)) <= set(names):
        yield Fault(Flaw.NOT_A_VALUE, where, "veto")


def _stand_ins(name: str) -> list[str]:
    """Return names for the parties and guests that a paper may bring, as many as a rule may ask."""
    if name not in FROM_THE_PAPER:
        return [name]
    return [f"{FROM_THE_PAPER[name]}:{number}" for number in range(MOST_OF_A_PAPER)]
