"""Moving a running journey to another version of its route: explicit, mapped, on record."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from cms.core import trail
from workflow.actions import override
from workflow.actions import standing as standings
from workflow.actions.progress import go_on
from workflow.actions.seating import lay_seats
from workflow.actions.stages import close, lapse_by_other_rules
from workflow.errors import JourneyRefused
from workflow.models import Decision, Journey, Route, Stage
from workflow.rules.refusals import Refusal
from workflow.rules.states import UNDER_WAY, JourneyStatus, StageStatus

# Out of the way of the new numbers while stages change places.
ASIDE = 1000


def move_journey(
    *, journey: Journey, route: Route, mapping: Mapping[str, str], by: Any, reason: str
) -> None:
    """Let a journey go on by another version of its route.

    `mapping` names for stages of the old version (by key) the stage of the new
    one in whose place they count; equal keys are mapped without being named. A
    stage in which somebody decided has to be mapped. Administrators only.
    """
    override.check(by, reason)
    with transaction.atomic():
        standing = standings.stand(journey)
        if standing.journey.status not in UNDER_WAY:
            raise JourneyRefused(Refusal.NOT_RUNNING)
        planned = {stage["key"]: stage for stage in route.definition["stage"]}
        stages = list(
            Stage.objects.filter(journey=journey).exclude(status=StageStatus.DROPPED.value)
        )
        places = _places(stages, planned, mapping)
        if route.key != standing.journey.route.key or places is None:
            raise JourneyRefused(Refusal.NO_SUCH_MAPPING)
        former = standing.journey.route
        _drop(stages, places)
        _place(standing, stages, places, planned)
        standing.journey.route = route
        standing.journey.save(update_fields=["route"])
        trail.record(
            action="workflow.moved_to_version",
            subject=standing.subject,
            by=by,
            payload={
                **standings.reference_to_text(standing),
                "from": former.version,
                "to": route.version,
                "mapping": {stage.key: places.get(stage.pk, "") for stage in stages},
                "reason": reason.strip(),
            },
        )
        lapse_by_other_rules(standing, by=by)
        if standing.journey.status == JourneyStatus.RUNNING:
            go_on(standing, by=by)


def _places(
    stages: list[Stage], planned: Mapping[str, Any], mapping: Mapping[str, str]
) -> dict[int, str] | None:
    """Return which stage takes which place; None when the mapping cannot be followed."""
    places: dict[int, str] = {}
    for stage in stages:
        key = mapping.get(stage.key, stage.key)
        if key in planned:
            places[stage.pk] = key
        elif stage.key in mapping or _was_decided_in(stage):
            return None
    if len(set(places.values())) != len(places) or set(mapping) - {one.key for one in stages}:
        return None
    return places


def _was_decided_in(stage: Stage) -> bool:
    return Decision.objects.filter(stage=stage, lapsed_at=None).exists()


def _drop(stages: list[Stage], places: Mapping[int, str]) -> None:
    for stage in stages:
        if stage.pk not in places:
            close(stage, StageStatus.DROPPED)


def _place(
    standing: standings.Standing,
    stages: list[Stage],
    places: Mapping[int, str],
    planned: Mapping[str, Any],
) -> None:
    """Give every stage of the new version its row: one that was mapped, or a new one."""
    kept = {places[stage.pk]: stage for stage in stages if stage.pk in places}
    for number, stage in enumerate(kept.values()):
        # Two rows must never share a number or a key, not even for a moment.
        Stage.objects.filter(pk=stage.pk).update(order=ASIDE + number, key=f"{ASIDE + number}")
    for order, (key, rule) in enumerate(planned.items(), start=1):
        stage = kept.get(key) or Stage(journey=standing.journey)
        stage.order, stage.key, stage.kind = order, key, rule["kind"]
        stage.label, stage.rule = rule["label"], rule
        if stage.status == StageStatus.OPEN:
            # It opens again by its new rule, with its deadline and its letters.
            stage.status = StageStatus.WAITING.value
        stage.save()
        lay_seats(stage, standing.text)


def versions_to_move_to(journey: Journey) -> list[Route]:
    """Return the other versions of a journey's route, the newest first."""
    others = Route.objects.filter(key=journey.route.key).exclude(pk=journey.route_id)
    return list(others.order_by("-version"))
