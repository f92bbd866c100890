"""A route's definition as a value. What is wrong with one is found in `rules.faults`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workflow.rules.completion import Ballot, named
from workflow.rules.completion import read as read_rule
from workflow.rules.states import (
    Abstentions,
    Answer,
    Escalation,
    OnChange,
    OnReturn,
    StageKind,
    Votes,
)

# Participants that the paper brings along; a definition names only the word.
FROM_THE_PAPER = {"parties": "party", "guests": "guest"}
AUTHOR = "author"

Participant = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Deadline:
    """Days from the opening of a stage to the end of the day it falls due."""

    days: int
    working_days: bool = True


@dataclass(frozen=True, slots=True)
class EscalationStep:
    """What happens so many working days after the stage fell due."""

    after: int
    to: Escalation


@dataclass(frozen=True, slots=True, kw_only=True)
class StageDefinition:
    key: str
    kind: StageKind
    label: str
    participants: tuple[Participant, ...]
    completion: Any = "all"
    exclude: tuple[str, ...] = ()
    answers: tuple[str, ...] = (Answer.AGREED.value,)
    may_return_to: tuple[str, ...] = ()
    on_return: OnReturn = OnReturn.AT_ONCE
    on_change: OnChange = OnChange.LAPSE_ALL
    lapse_fields: tuple[str, ...] = ()
    votes: Votes = Votes.OPEN
    abstentions: Abstentions = Abstentions.IGNORE
    veto: tuple[str, ...] = ()
    when: Any = None
    bulk: bool = False
    deadline: Deadline | None = None
    remind: tuple[int, ...] = ()
    escalate: tuple[EscalationStep, ...] = ()
    head: Participant | None = None
    silence_is_consent: bool = False

    def ballot(self, participants: tuple[str, ...], weights: Mapping[str, int]) -> Ballot:
        """Return how answers are counted among these participants; raises BrokenRule."""
        return Ballot(
            rule=read_rule(self.completion, participants, weights),
            participants=participants,
            kind=self.kind,
            veto=frozenset(named(self.veto, participants)),
            abstentions=self.abstentions,
            on_return=self.on_return,
        )


@dataclass(frozen=True, slots=True)
class RouteDefinition:
    key: str
    title: str
    subject: str
    stages: tuple[StageDefinition, ...] = field(default=())
    land: str = ""

    def stage(self, key: str) -> StageDefinition | None:
        return next((stage for stage in self.stages if stage.key == key), None)


def read(definition: Mapping[str, Any]) -> RouteDefinition:
    """Return the definition as a value. Call it only on one without faults."""
    stages = tuple(read_stage(stage) for stage in definition["stage"])
    return RouteDefinition(
        definition["key"],
        definition["title"],
        definition["subject"],
        stages,
        definition.get("land", ""),
    )


def read_stage(stage: Mapping[str, Any]) -> StageDefinition:
    """Return one stage as a value; a journey's stage keeps its own as JSON."""
    change = stage.get("on_change", OnChange.LAPSE_ALL.value)
    fields = tuple(change["lapse_if"]) if isinstance(change, dict) else ()
    return StageDefinition(
        key=stage["key"],
        kind=StageKind(stage["kind"]),
        label=stage["label"],
        participants=tuple(stage["participants"]),
        completion=stage.get("completion", "all"),
        exclude=tuple(stage.get("exclude", ())),
        answers=tuple(stage.get("answers", (Answer.AGREED.value,))),
        may_return_to=tuple(stage.get("may_return_to", ())),
        on_return=OnReturn(stage.get("on_return", OnReturn.AT_ONCE)),
        on_change=OnChange.LAPSE_IF if fields else OnChange(change),
        lapse_fields=fields,
        votes=Votes(stage.get("votes", Votes.OPEN)),
        abstentions=Abstentions(stage.get("abstentions", Abstentions.IGNORE)),
        veto=tuple(stage.get("veto", ())),
        when=stage.get("when"),
        bulk=stage.get("bulk", False),
        deadline=read_deadline(stage.get("deadline")),
        remind=tuple(stage.get("remind", ())),
        escalate=tuple(
            EscalationStep(step["after"], Escalation(step["to"]))
            for step in stage.get("escalate", ())
        ),
        head=stage.get("head"),
        silence_is_consent=stage.get("silence") == "consent",
    )


def read_deadline(value: Mapping[str, int] | None) -> Deadline | None:
    if value is None:
        return None
    ((word, days),) = value.items()
    return Deadline(days, working_days=word == "working_days")


def participant_name(participant: Participant) -> str:
    """Return how a completion rule calls a participant of a definition."""
    if participant["kind"] in FROM_THE_PAPER:
        return str(participant["kind"])
    return f"{participant['kind']}:{participant['key']}"
