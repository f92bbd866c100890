"""Who is meant by what happened, and how soon each wants to hear of it.

A call is taken up in one transaction: letters that go at once become rows of
the outbox, the others lines of a digest. A worker killed in between leaves
neither or both.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext, override

from cms.core import outbox
from workflow import people
from workflow.calling import Call, called_to
from workflow.letters import writing
from workflow.letters.paces import paces_for
from workflow.letters.writing import Letter
from workflow.mail import CALL
from workflow.models import Decision, DigestLine, FollowUp, Journey, Participant, Return, Stage
from workflow.rules.letters import Pace
from workflow.rules.states import JourneyStatus, Override, StageStatus

LETTER = "workflow.mail"
ON_STAGES = ("opened", "reminder", "deputies", "head")


@outbox.handler(CALL)
def take_up(rows: Sequence[Any]) -> None:
    for row in rows:
        persons = whom(row.payload)
        if not persons:
            continue
        with override(settings.LANGUAGE_CODE):
            letter = letter_to(row.payload, persons[0])
        if letter is not None:
            _hand_out(row, letter, persons)


def whom(payload: dict[str, Any]) -> list[int]:
    """Return the persons who are told."""
    match payload["event"]:
        case event if event in ON_STAGES:
            return [call.person for call in calls_in(payload)]
        case "outcome":
            return _ids(Journey.objects.filter(pk=payload["journey"]).values_list("started_by"))
        case "changed":
            decisions = Decision.objects.filter(stage__journey=payload["journey"], lapsed_at=None)
            return _ids(decisions.values_list("decided_by"))
        case "follow_up":
            noted = FollowUp.objects.filter(pk=payload["follow_up"], done_at=None)
            return _ids(noted.values_list("person"))
        case _:
            return _everybody_in(payload["journey"])


def calls_in(payload: dict[str, Any]) -> list[Call]:
    """Return who can answer in the stage now: the event says whom of them it concerns."""
    stage = _stage(payload)
    if stage is None:
        return []
    calls = called_to([stage])[stage.pk]
    match payload["event"]:
        case "deputies":
            return [call for call in calls if call.principal is not None]
        case "head":
            return [call for call in calls if call.as_head]
    return calls


def letter_to(payload: dict[str, Any], person: int) -> Letter | None:
    """Return what this person is written; None when it has become noise, or is not theirs."""
    match payload["event"]:
        case event if event in ON_STAGES:
            call = next((one for one in calls_in(payload) if one.person == person), None)
            stage = _stage(payload)
            if call is None or stage is None:
                return None
            return writing.on_open_stage(stage, event, _reason(call))
        case "outcome":
            journey = Journey.objects.get(pk=payload["journey"])
            returned = Return.objects.filter(journey=journey, to_stage=None).last()
            return writing.on_outcome(journey, JourneyStatus(payload["status"]), returned)
        case "changed":
            return writing.on_change(Journey.objects.get(pk=payload["journey"]))
        case "follow_up":
            noted = FollowUp.objects.filter(pk=payload["follow_up"], done_at=None)
            found = noted.select_related("journey").first()
            return writing.on_follow_up(found) if found else None
    journey = Journey.objects.get(pk=payload["journey"])
    return writing.on_override(journey, Override(payload["act"]), payload["reason"])


def _hand_out(row: Any, letter: Letter, persons: Sequence[int]) -> None:
    paces = paces_for(persons, letter.kind)
    for person in persons:
        if paces[person] is Pace.AT_ONCE:
            key = f"{row.pk}:{person}"
            outbox.put(LETTER, key, {**row.payload, "user": person})
    DigestLine.objects.bulk_create(
        DigestLine(
            person_id=person,
            journey=letter.journey,
            kind=letter.kind.value,
            subject=letter.subject[:400],
        )
        for person in persons
        if paces[person] is Pace.DAILY
    )


def _stage(payload: dict[str, Any]) -> Stage | None:
    """Return the stage while it is still in the opening that the call was about."""
    stages = Stage.objects.select_related("journey__started_by").filter(
        pk=payload["stage"],
        openings=payload["opening"],
        status=StageStatus.OPEN.value,
        journey__status=JourneyStatus.RUNNING.value,
    )
    return stages.first()


def _everybody_in(journey: int) -> list[int]:
    """Return who takes part, has answered or submitted: an override is told to all of them."""
    seats = Participant.objects.filter(stage__journey=journey).exclude(
        stage__status=StageStatus.DROPPED.value
    )
    found = {pk for behind in people.people_behind(seats).values() for pk in behind}
    found |= set(_ids(Journey.objects.filter(pk=journey).values_list("started_by")))
    decisions = Decision.objects.filter(stage__journey=journey)
    found |= set(_ids(decisions.values_list("decided_by")))
    return sorted(found)


def _reason(call: Call) -> str:
    if call.principal is not None:
        return gettext("You get this letter because you stand in for %(name)s.") % {
            "name": call.principal_name
        }
    if call.as_head:
        return gettext("You get this letter because overdue stages are passed on to you.")
    return gettext("You get this letter because you take part in this stage (%(label)s).") % {
        "label": call.label
    }


def _ids(rows: Iterable[tuple[int | None]]) -> list[int]:
    return sorted({pk for (pk,) in rows if pk is not None})
