"""From a route's definition to the stages of one journey."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.utils import timezone

from workflow import people, subjects
from workflow.actions.seating import lay_seats, named_in
from workflow.actions.standing import Standing
from workflow.calendars import workdays_of
from workflow.digests import files_of, values_of
from workflow.errors import JourneyRefused
from workflow.models import Journey, Route, Stage
from workflow.rules import completion, conditions, definition, timing
from workflow.rules.conditions import Facts
from workflow.rules.refusals import Refusal
from workflow.rules.states import Answer, Exclusion, ParticipantKind
from workflow.rules.workdays import NoWorkingDay


def deadline(stage: Stage, opened_at: datetime) -> datetime | None:
    """Return the end of the day on which a stage that opens now falls due.

    Days are those of the office, whatever time zone somebody's admin shows.
    """
    rule = stage.definition.deadline
    if rule is None:
        return None
    zone = timezone.get_default_timezone()
    try:
        day = timing.due_day(rule, opened_at.astimezone(zone).date(), workdays_of(stage.journey))
    except NoWorkingDay as error:
        raise JourneyRefused(Refusal.NO_WORKING_DAY) from error
    return timing.end_of(day, zone)


def lay_out_stages(journey: Journey, text: Any) -> None:
    """Write the stages with their rules and participants, as they stand on this day."""
    for order, planned in enumerate(journey.route.definition["stage"], start=1):
        stage = Stage.objects.create(
            journey=journey,
            order=order,
            key=planned["key"],
            kind=planned["kind"],
            label=planned["label"],
            rule=planned,
        )
        lay_seats(stage, text)


def takes_place(stage: definition.StageDefinition, facts: Facts) -> bool:
    return stage.when is None or conditions.holds(stage.when, facts)


def facts_of(subject: Any, text: Any, revision: Any = None) -> Facts:
    """Return what conditions may ask about a text."""
    parties = subjects.parties_in(text)
    return Facts(
        values=values_of(subject, revision, text=text),
        parties=len(parties),
        party_kinds=frozenset(party.kind for party in parties),
        guests=len(subjects.guests_in(text)),
        files=len(files_of(text)),
    )


def stage_without_deciders(
    route: Route, subject: Any, *, text: Any, revision: Any, by: Any, journey: Journey | None
) -> str | None:
    """Return the label of a stage that could never be agreed on, if there is one.

    Stages whose condition does not hold for the present text are left out.
    """
    authors = people.authors_of(subject, journey) | {by.pk}
    editors = people.editors_of(subject, journey)
    facts = facts_of(subject, text, revision)
    for planned in definition.read(route.definition).stages:
        if not takes_place(planned, facts):
            continue
        barred: set[int] = set()
        barred |= authors if Exclusion.AUTHOR in planned.exclude else set()
        barred |= editors if Exclusion.EDITORS in planned.exclude else set()
        barred |= {by.pk} if Exclusion.SUBMITTER in planned.exclude else set()
        if not _can_be_agreed_on(planned, text, barred):
            return planned.label
    return None


def _can_be_agreed_on(
    planned: definition.StageDefinition, text: Any, barred: Collection[int]
) -> bool:
    weights: dict[str, int] = {}
    keys: dict[ParticipantKind, list[str]] = {}
    for kind, key, _, weight in named_in(planned, text):
        weights[f"{kind}:{key}"] = weight
        keys.setdefault(ParticipantKind(kind), []).append(key)
    answers = {}
    for kind, names in keys.items():
        behind = people.people_by_key(kind, names)
        for key in names:
            # A guest can always be reached.
            somebody = kind is ParticipantKind.GUEST or behind.get(key, set()) - set(barred)
            answers[f"{kind}:{key}"] = Answer.AGREED if somebody else Answer.OBJECTED
    try:
        ballot = planned.ballot(tuple(weights), weights)
    except completion.BrokenRule:
        # A stage of the parties, and the paper has none.
        return False
    return ballot.outcome(answers) is completion.Outcome.REACHED


def facts_about(standing: Standing) -> Facts:
    return facts_of(standing.subject, standing.text, standing.revision)
