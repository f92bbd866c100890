"""Playing a stored route: votes and facts as somebody writes them, read and checked."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext

from workflow.errors import WorkflowError
from workflow.models import Route
from workflow.rules.conditions import Facts
from workflow.rules.definition import (
    AUTHOR,
    FROM_THE_PAPER,
    RouteDefinition,
    StageDefinition,
    participant_name,
    read,
)
from workflow.rules.simulation import (
    EVERYBODY_ELSE,
    Play,
    Vote,
    everybody_agrees,
    participants_of,
    play,
)
from workflow.rules.states import Answer

COUNTS = ("parties", "guests", "files")
MOST = 400


class WrongPlay(WorkflowError):
    """A vote or a fact that nobody can play; the text is a sentence that says which."""


def play_route(route: Route, votes: Iterable[str] | None, facts: Iterable[str]) -> Play:
    """Play written votes; where none are given, everybody agrees. Raises WrongPlay."""
    definition = read(route.definition)
    given = read_facts(facts)
    chosen = None if votes is None else [read_vote(vote, definition) for vote in votes]
    return play(
        definition, given, everybody_agrees(definition, given) if chosen is None else chosen
    )


def read_facts(written: Iterable[str]) -> Facts:
    """Return what "audience=public", "parties=3" and "party_kind=town" say of a paper."""
    values: dict[str, Any] = {}
    counts = dict.fromkeys(COUNTS, 0)
    kinds: set[str] = set()
    for text in written:
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise WrongPlay(gettext("“%(text)s” is no fact like “parties=3”.") % {"text": text})
        if name in COUNTS:
            counts[name] = _number(text, value)
        elif name == "party_kind":
            kinds.add(value)
        else:
            values[name] = value
    return Facts(
        values=values,
        parties=counts["parties"],
        party_kinds=frozenset(kinds),
        guests=counts["guests"],
        files=counts["files"],
    )


def read_vote(written: str, route: RouteDefinition) -> Vote:
    """Return what "review:group:reviewers=agreed" says, or "review=silence".

    Sending back is written with its place: "approval:group:ministry=returned>review".
    """
    who, equals, answer = written.partition("=")
    stage, _, participant = who.partition(":")
    answer, _, to = answer.partition(">")
    if not equals or route.stage(stage) is None:
        raise WrongPlay(_no_vote(written))
    if answer == EVERYBODY_ELSE and not participant:
        return Vote(stage, EVERYBODY_ELSE, Answer.SILENT)
    if answer not in set(Answer) or not participant:
        raise WrongPlay(_no_vote(written))
    return Vote(stage, participant, Answer(answer), to or AUTHOR)


def labels_in(stage: StageDefinition, facts: Facts) -> dict[str, str]:
    """Return what a stage's participants are called, parties and guests by their number."""
    own = {
        participant_name(one): str(one["label"])
        for one in stage.participants
        if one["kind"] not in FROM_THE_PAPER
    }
    words = {"party": gettext("Party %(number)s"), "guest": gettext("Guest %(number)s")}
    found = {}
    for name in participants_of(stage, facts):
        kind, _, number = name.partition(":")
        found[name] = own.get(name) or words[kind] % {"number": number}
    return found


def all_labels(route: RouteDefinition, facts: Facts) -> Mapping[str, str]:
    return {name: label for one in route.stages for name, label in labels_in(one, facts).items()}


def _number(text: str, value: str) -> int:
    if not (value.isascii() and value.isdigit() and int(value[:6]) <= MOST and len(value) < 6):
        raise WrongPlay(gettext("“%(text)s” is no fact like “parties=3”.") % {"text": text})
    return int(value)


def _no_vote(written: str) -> str:
    return gettext("“%(vote)s” is no vote like “review:group:reviewers=agreed”.") % {
        "vote": written
    }
