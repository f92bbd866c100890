"""What a route's definition may say, and what is wrong with one that says otherwise."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from workflow.rules import completion
from workflow.rules.states import Answer, Exclusion, ParticipantKind, StageKind

PARTIES = "parties"
AUTHOR = "author"
ROUTE_WORDS = frozenset({"key", "title", "subject", "stage"})
STAGE_WORDS = frozenset(
    {
        "key", "kind", "label", "participants", "completion", "exclude", "answers",
        "deadline_days", "may_return_to",
    }
)  # fmt: skip
# Guests and roles come with the steps that can ask them.
ASKABLE = frozenset({ParticipantKind.GROUP.value, ParticipantKind.PERSON.value, PARTIES})


class Flaw(StrEnum):
    WORD_MISSING = "word_missing"
    UNKNOWN_WORD = "unknown_word"
    NOT_A_VALUE = "not_a_value"
    NO_STAGES = "no_stages"
    STAGE_TWICE = "stage_twice"
    NO_PARTICIPANTS = "no_participants"
    UNKNOWN_PARTICIPANT = "unknown_participant"
    BROKEN_COMPLETION = "broken_completion"
    UNDECIDABLE = "undecidable"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a definition: where, what, and the word it is about."""

    flaw: Flaw
    where: str
    word: str = ""


@dataclass(frozen=True, slots=True)
class StageDefinition:
    key: str
    kind: StageKind
    label: str
    participants: tuple[Mapping[str, str], ...]
    completion: Any
    exclude: tuple[str, ...] = ()
    answers: tuple[str, ...] = (Answer.AGREED.value,)
    deadline_days: int | None = None
    may_return_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RouteDefinition:
    key: str
    title: str
    subject: str
    stages: tuple[StageDefinition, ...] = field(default=())


def faults_in(definition: Mapping[str, Any]) -> list[Fault]:
    """Return everything that is wrong, not only the first thing."""
    return list(_route_faults(definition))


def read(definition: Mapping[str, Any]) -> RouteDefinition:
    """Return the definition as a value. Call it only on one without faults."""
    stages = tuple(
        StageDefinition(
            key=stage["key"],
            kind=StageKind(stage["kind"]),
            label=stage["label"],
            participants=tuple(stage["participants"]),
            completion=stage.get("completion", "all"),
            exclude=tuple(stage.get("exclude", ())),
            answers=tuple(stage.get("answers", (Answer.AGREED.value,))),
            deadline_days=stage.get("deadline_days"),
            may_return_to=tuple(stage.get("may_return_to", ())),
        )
        for stage in definition["stage"]
    )
    return RouteDefinition(definition["key"], definition["title"], definition["subject"], stages)


def participant_name(participant: Mapping[str, str]) -> str:
    if participant["kind"] == PARTIES:
        return PARTIES
    return f"{participant['kind']}:{participant['key']}"


def _route_faults(definition: Mapping[str, Any]) -> Iterator[Fault]:
    for word in sorted(ROUTE_WORDS - {"stage"}):
        if not _is_text(definition.get(word)):
            yield Fault(Flaw.WORD_MISSING, "route", word)
    for word in sorted(set(definition) - ROUTE_WORDS):
        yield Fault(Flaw.UNKNOWN_WORD, "route", word)
    stages = definition.get("stage")
    if not isinstance(stages, list) or not stages:
        yield Fault(Flaw.NO_STAGES, "route")
        return
    seen: set[str] = set()
    for number, stage in enumerate(stages, start=1):
        if not isinstance(stage, dict):
            yield Fault(Flaw.NOT_A_VALUE, str(number))
            continue
        where = str(stage.get("key") or number)
        if where in seen:
            yield Fault(Flaw.STAGE_TWICE, where)
        seen.add(where)
        yield from _stage_faults(stage, where)


def _stage_faults(stage: Mapping[str, Any], where: str) -> Iterator[Fault]:
    for word in ("key", "kind", "label"):
        if not _is_text(stage.get(word)):
            yield Fault(Flaw.WORD_MISSING, where, word)
    for word in sorted(set(stage) - STAGE_WORDS):
        yield Fault(Flaw.UNKNOWN_WORD, where, word)
    yield from _word_faults(stage, where)
    days = stage.get("deadline_days")
    if days is not None and not (type(days) is int and days > 0):
        yield Fault(Flaw.NOT_A_VALUE, where, "deadline_days")
    answers = stage.get("answers", [Answer.AGREED.value])
    if isinstance(answers, list) and Answer.AGREED.value not in answers:
        # A stage that nobody can agree to is a dead end.
        yield Fault(Flaw.UNDECIDABLE, where)
    yield from _participant_faults(stage, where)


def _word_faults(stage: Mapping[str, Any], where: str) -> Iterator[Fault]:
    known: dict[str, set[str]] = {
        "kind": {kind.value for kind in StageKind},
        "exclude": {word.value for word in Exclusion},
        "answers": {answer.value for answer in Answer},
        "may_return_to": {AUTHOR},
    }
    for name, words in known.items():
        value = stage.get(name, [])
        given = [value] if isinstance(value, str) and name == "kind" else value
        if not isinstance(given, list):
            yield Fault(Flaw.NOT_A_VALUE, where, name)
            continue
        for word in given:
            if word not in words:
                yield Fault(Flaw.UNKNOWN_WORD, where, str(word))


def _participant_faults(stage: Mapping[str, Any], where: str) -> Iterator[Fault]:
    participants = stage.get("participants")
    if not isinstance(participants, list) or not participants:
        yield Fault(Flaw.NO_PARTICIPANTS, where)
        return
    names = []
    for participant in participants:
        if not _is_participant(participant):
            yield Fault(Flaw.UNKNOWN_PARTICIPANT, where, str(participant))
            return
        names.append(participant_name(participant))
    try:
        completion.read(stage.get("completion", "all"), names)
    except completion.BrokenRule as error:
        yield Fault(Flaw.BROKEN_COMPLETION, where, str(error))


def _is_participant(value: Any) -> bool:
    if not isinstance(value, dict) or value.get("kind") not in ASKABLE:
        return False
    if value["kind"] == PARTIES:
        return set(value) == {"kind"}
    return set(value) == {"kind", "key", "label"} and all(map(_is_text, value.values()))


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())
