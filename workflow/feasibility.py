"""Whether a route can be gone through in this house: do its participants exist, with people?"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib.auth.models import Group

from workflow import people, subjects
from workflow.rules.definition import FROM_THE_PAPER, Participant, RouteDefinition, read
from workflow.rules.faults import Fault, Flaw
from workflow.rules.states import ParticipantKind


def faults_of_this_house(definition: Mapping[str, Any]) -> list[Fault]:
    """Return what keeps a definition (itself without faults) from being gone through here."""
    return list(_faults(read(definition)))


def _faults(route: RouteDefinition) -> Iterator[Fault]:
    if route.subject not in subjects.kinds():
        yield Fault(Flaw.UNKNOWN_SUBJECT, "route", route.subject)
    for stage in route.stages:
        asked = [*stage.participants, *([stage.head] if stage.head else [])]
        for participant in asked:
            if flaw := _flaw_of(participant, route.subject):
                word = str(participant.get("key", participant["kind"]))
                yield Fault(flaw, stage.key, word)


def _flaw_of(participant: Participant, subject: str) -> Flaw | None:
    kind = participant["kind"]
    if kind in FROM_THE_PAPER:
        return None if subjects.brings_along(subject, kind) else Flaw.NOT_BROUGHT_ALONG
    key = participant["key"]
    if kind == ParticipantKind.GROUP and not Group.objects.filter(name=key).exists():
        return Flaw.UNKNOWN_HERE
    behind = people.people_by_key(ParticipantKind(kind), [key])
    if behind.get(key):
        return None
    return Flaw.UNKNOWN_HERE if kind == ParticipantKind.PERSON else Flaw.NOBODY_BEHIND
