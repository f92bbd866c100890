"""A route played with chosen votes: what each stage comes to, and the end. Nothing is written.

The persons are left out: every participant is somebody who may answer, and the
text does not change. What follows from an answer is what the actions do.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from workflow.rules import conditions
from workflow.rules.completion import BrokenRule, Outcome
from workflow.rules.conditions import Facts
from workflow.rules.definition import (
    AUTHOR,
    FROM_THE_PAPER,
    RouteDefinition,
    StageDefinition,
    participant_name,
)
from workflow.rules.states import (
    NOT_FOR_CHOICE,
    PASSED,
    Answer,
    JourneyStatus,
    OnReturn,
    StageStatus,
)

# In place of a participant: the deadline passes, and who has not answered is silent.
EVERYBODY_ELSE = "silence"


class Unplayed(StrEnum):
    """Why a vote had no effect."""

    NOT_NEEDED = "not_needed"
    NOT_RUNNING = "not_running"
    NOT_OPEN = "not_open"
    NOT_PARTICIPANT = "not_participant"
    ALREADY_DECIDED = "already_decided"
    NO_SUCH_ANSWER = "no_such_answer"
    NO_RETURN_FROM_HERE = "no_return_from_here"
    NO_SILENCE = "no_silence"


@dataclass(frozen=True, slots=True)
class Vote:
    """One answer: in which stage, of whom (`group:reviewers`), where to if it sends back."""

    stage: str
    participant: str
    answer: Answer
    to: str = AUTHOR


@dataclass(slots=True)
class PlayedStage:
    definition: StageDefinition
    participants: tuple[str, ...]
    weights: Mapping[str, int]
    status: StageStatus = StageStatus.WAITING
    answers: dict[str, Answer] = field(default_factory=dict)
    returns: list[str] = field(default_factory=list)

    @property
    def open_participants(self) -> list[str]:
        return [name for name in self.participants if name not in self.answers]

    def outcome(self) -> Outcome:
        try:
            return self.definition.ballot(self.participants, self.weights).outcome(self.answers)
        except BrokenRule:
            # A stage of the parties, and the paper has none.
            return Outcome.OPEN


@dataclass(slots=True)
class Play:
    """How far it came, with every vote that had no effect and why."""

    status: JourneyStatus
    stages: list[PlayedStage]
    unplayed: list[tuple[Vote, Unplayed]] = field(default_factory=list)

    @property
    def open_stage(self) -> PlayedStage | None:
        return next((one for one in self.stages if one.status is StageStatus.OPEN), None)


def play(route: RouteDefinition, facts: Facts, votes: Iterable[Vote]) -> Play:
    """Return what the votes, given in this order, come to for a paper of which `facts` hold."""
    played = Play(JourneyStatus.RUNNING, [_laid_out(stage, facts) for stage in route.stages])
    _go_on(played, facts)
    for vote in votes:
        if reason := _obstacle(played, vote):
            played.unplayed.append((vote, reason))
        else:
            _act(played, facts, vote)
    return played


def participants_of(stage: StageDefinition, facts: Facts) -> dict[str, int]:
    """Return who is asked, with their weights; parties and guests are numbered."""
    found: dict[str, int] = {}
    numbers = {"parties": facts.parties, "guests": facts.guests}
    for one in stage.participants:
        kind = one["kind"]
        weight: int = one.get("weight", 1)
        if kind in FROM_THE_PAPER:
            names = [f"{FROM_THE_PAPER[kind]}:{n}" for n in range(1, numbers[kind] + 1)]
            found |= dict.fromkeys(names, weight)
        else:
            found[participant_name(one)] = weight
    return found


def everybody_agrees(route: RouteDefinition, facts: Facts) -> list[Vote]:
    """Return one vote for each participant of each stage, in order: all agree."""
    return [
        Vote(stage.key, name, agreeing(stage))
        for stage in route.stages
        for name in participants_of(stage, facts)
    ]


def agreeing(stage: StageDefinition) -> Answer:
    """Return the first of a stage's answers that agrees."""
    words = (Answer.AGREED, Answer.AGREED_WITH_REMARKS)
    return next(word for word in words if word.value in stage.answers)


def _laid_out(stage: StageDefinition, facts: Facts) -> PlayedStage:
    weights = participants_of(stage, facts)
    return PlayedStage(stage, tuple(weights), weights)


def _obstacle(played: Play, vote: Vote) -> Unplayed | None:
    stage = played.open_stage
    if any(one.definition.key == vote.stage and one.status in PASSED for one in played.stages):
        return Unplayed.NOT_NEEDED
    if played.status is not JourneyStatus.RUNNING or stage is None:
        return Unplayed.NOT_RUNNING
    if stage.definition.key != vote.stage:
        return Unplayed.NOT_OPEN
    if vote.participant == EVERYBODY_ELSE:
        return None if stage.definition.silence_is_consent else Unplayed.NO_SILENCE
    if vote.participant not in stage.participants:
        return Unplayed.NOT_PARTICIPANT
    if vote.participant in stage.answers:
        return Unplayed.ALREADY_DECIDED
    if vote.answer is Answer.RETURNED:
        may = stage.definition.may_return_to
        return None if vote.to in may else Unplayed.NO_RETURN_FROM_HERE
    if vote.answer in NOT_FOR_CHOICE or vote.answer.value not in stage.definition.answers:
        return Unplayed.NO_SUCH_ANSWER
    return None


def _act(played: Play, facts: Facts, vote: Vote) -> None:
    stage = played.open_stage
    if stage is None:
        return
    if vote.participant == EVERYBODY_ELSE:
        stage.answers.update(dict.fromkeys(stage.open_participants, Answer.SILENT))
    else:
        stage.answers[vote.participant] = vote.answer
    if vote.answer is Answer.RETURNED:
        stage.returns.append(vote.to)
        if stage.definition.on_return is OnReturn.AT_ONCE:
            _send_back(played, facts, stage)
            return
    _move_on(played, facts, stage)


def _move_on(played: Play, facts: Facts, stage: PlayedStage) -> None:
    match stage.outcome():
        case Outcome.REACHED:
            stage.status = StageStatus.DONE
            _go_on(played, facts)
        case Outcome.OUT_OF_REACH:
            stage.status = StageStatus.DONE
            played.status = JourneyStatus.REFUSED
        case Outcome.RETURNED:
            _send_back(played, facts, stage)


def _go_on(played: Play, facts: Facts) -> None:
    """Open the next stage whose condition holds; behind the last one all is agreed."""
    for stage in played.stages:
        if stage.status in PASSED:
            continue
        when = stage.definition.when
        if when is not None and not conditions.holds(when, facts):
            stage.status = StageStatus.SKIPPED
            continue
        stage.status = StageStatus.OPEN
        return
    played.status = JourneyStatus.AGREED


def _send_back(played: Play, facts: Facts, stage: PlayedStage) -> None:
    """Go back to the earliest place that somebody named; to the author where nobody did."""
    keys = [one.definition.key for one in played.stages]
    if AUTHOR in stage.returns or not stage.returns:
        stage.status = StageStatus.RETURNED
        played.status = JourneyStatus.RETURNED
        return
    first = min(keys.index(key) for key in stage.returns)
    _begin_again(played.stages[first:])
    _go_on(played, facts)


def _begin_again(stages: Sequence[PlayedStage]) -> None:
    for stage in stages:
        stage.status = StageStatus.WAITING
        stage.answers.clear()
        stage.returns.clear()
