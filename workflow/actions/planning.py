"""From a route's definition to the stages of one journey."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from workflow import people, subjects
from workflow.models import Journey, Participant, Route, Stage
from workflow.models.journey import snapshot
from workflow.rules import completion, definition
from workflow.rules.states import Answer, Exclusion, ParticipantKind


def deadline(stage: Stage, opened_at: datetime) -> datetime | None:
    """Return the end of the day on which a stage that opens now falls due."""
    days = stage.rule["deadline_days"]
    if days is None:
        return None
    day = timezone.localdate(opened_at) + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))


def lay_out_stages(journey: Journey, subject: Any) -> None:
    """Write the stages with their rules and participants, as they stand on this day."""
    parties = subjects.parties_in(subject)
    for order, planned in enumerate(definition.read(journey.route.definition).stages, start=1):
        stage = Stage.objects.create(
            journey=journey,
            order=order,
            key=planned.key,
            kind=planned.kind.value,
            label=planned.label,
            rule={
                "completion": _tree(planned, parties),
                "exclude": list(planned.exclude),
                "answers": list(planned.answers),
                "may_return_to": list(planned.may_return_to),
                "deadline_days": planned.deadline_days,
            },
        )
        for kind, key, label in _participants(planned, parties):
            Participant.objects.create(stage=stage, kind=kind, key=key, label=snapshot(label))


def stage_without_deciders(
    route: Route, subject: Any, *, by: Any, journey: Journey | None
) -> str | None:
    """Return the label of a stage that could never be agreed on, if there is one."""
    parties = subjects.parties_in(subject)
    authors = people.authors_of(subject, journey) | {by.pk}
    editors = people.editors_of(subject, journey)
    for planned in definition.read(route.definition).stages:
        barred: set[int] = set()
        barred |= authors if Exclusion.AUTHOR in planned.exclude else set()
        barred |= editors if Exclusion.EDITORS in planned.exclude else set()
        best = {
            f"{kind}:{key}": _best_answer(kind, key, barred)
            for kind, key, _ in _participants(planned, parties)
        }
        try:
            rule = completion.read(_tree(planned, parties), list(best))
        except completion.BrokenRule:
            # A stage of the parties, and the paper has none.
            return planned.label
        if completion.outcome(rule, best) is not completion.Outcome.REACHED:
            return planned.label
    return None


def _tree(planned: definition.StageDefinition, parties: list[subjects.Party]) -> Any:
    tree = planned.completion
    if tree in ("all", "any"):
        tree = {tree: [definition.participant_name(one) for one in planned.participants]}
    return completion.expand(tree, [f"party:{party.kind}:{party.key}" for party in parties])


def _participants(
    planned: definition.StageDefinition, parties: list[subjects.Party]
) -> Iterator[tuple[str, str, str]]:
    for participant in planned.participants:
        if participant["kind"] != definition.PARTIES:
            yield participant["kind"], participant["key"], participant["label"]
            continue
        for party in parties:
            yield ParticipantKind.PARTY.value, f"{party.kind}:{party.key}", party.label


def _best_answer(kind: str, key: str, barred: set[int]) -> Answer:
    somebody = people.who_may_answer(kind, key)
    if somebody is not None and not somebody.exclude(pk__in=barred).exists():
        return Answer.OBJECTED
    return Answer.AGREED
