"""Sending back with points, and ticking them off."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from cms.core import trail
from workflow import people
from workflow.actions import standing as standings
from workflow.actions.deciding import text_moved_on, write
from workflow.actions.progress import follow_return, move_on
from workflow.errors import JourneyRefused
from workflow.models import Return, ReturnPoint, Stage
from workflow.models.journey import snapshot
from workflow.rules.definition import AUTHOR
from workflow.rules.refusals import Refusal, refusal_to_return, refusal_to_settle
from workflow.rules.states import Answer, JourneyStatus, OnReturn, PointState


@dataclass(frozen=True, slots=True)
class Point:
    """What has to be done, and where: a field's name, with a block's id behind a colon."""

    text: str
    place: str = ""
    place_label: str = ""


def send_back(
    *,
    stage: Stage,
    by: Any,
    seen_digest: str,
    comment: str = "",
    to: str = AUTHOR,
    points: Sequence[Point] = (),
    participant: int | None = None,
) -> Return:
    """Send the paper back to its author, or to the earlier stage with the key `to`.

    Where a stage collects, the others still answer and the paper goes back when
    all have. Raises JourneyRefused; then nothing has been written.
    """
    with transaction.atomic():
        standing = standings.stand(stage.journey)
        if not text_moved_on(standing):
            return _send_back(standing, stage, by, seen_digest, comment, to, points, participant)
    raise JourneyRefused(Refusal.TEXT_HAS_CHANGED)


def _send_back(
    standing: standings.Standing,
    stage: Stage,
    by: Any,
    seen_digest: str,
    comment: str,
    to: str,
    points: Sequence[Point],
    participant: int | None,
) -> Return:
    stage = standing.stages[stage.pk]
    texts = [point.text for point in points]
    seat = standings.seat_to_act(
        standing,
        stage,
        partial(refusal_to_return, to=to, comment=comment, points=texts),
        by=by,
        participant=participant,
        seen_digest=seen_digest,
    )
    returned = note_return(standing, stage, by=by, comment=comment, to=_target(standing, to))
    ReturnPoint.objects.bulk_create(
        ReturnPoint(
            return_of=returned,
            order=number,
            place=point.place,
            place_label=snapshot(point.place_label),
            text=point.text.strip(),
        )
        for number, point in enumerate((one for one in points if one.text.strip()), start=1)
    )
    write(standing, stage, seat, by=by, answer=Answer.RETURNED, comment=comment)
    go_back(standing, returned, by=by)
    return returned


def note_return(
    standing: standings.Standing,
    stage: Stage,
    *,
    by: Any,
    comment: str,
    to: Stage | None = None,
    guest: str = "",
) -> Return:
    """Write down who sends which text back; a guest is named by `guest`."""
    return Return.objects.create(
        journey=standing.journey,
        from_stage=stage,
        to_stage=to,
        by=by,
        by_label=snapshot(people.name_of(by) or guest),
        revision=standing.revision,
        content_digest=standing.digest,
        comment=comment.strip(),
    )


def go_back(standing: standings.Standing, returned: Return, *, by: Any) -> None:
    """Follow a return at once, or when all have answered, as its stage says."""
    stage = returned.from_stage
    if stage.definition.on_return is OnReturn.COLLECT:
        move_on(standing, stage, by=by)
    else:
        follow_return(standing, returned, by=by)


@transaction.atomic
def settle_point(*, point: ReturnPoint, by: Any, state: PointState, note: str = "") -> ReturnPoint:
    """Say what was done about a point of a return; why not, when it was not followed."""
    standing = standings.stand(point.return_of.journey)
    refusal = refusal_to_settle(
        status=JourneyStatus(standing.journey.status),
        to_author=point.return_of.to_stage_id is None,
        may_edit=standings.may_submit(standing.subject, by),
        state=state,
        note=note,
    )
    if refusal:
        raise JourneyRefused(refusal)
    point.state, point.note = state.value, note.strip()
    point.settled_by, point.settled_at = by, timezone.now()
    point.settled_by_label = snapshot(people.name_of(by))
    point.save(update_fields=["state", "note", "settled_by", "settled_by_label", "settled_at"])
    trail.record(
        action="workflow.point_settled",
        subject=standing.subject,
        by=by,
        payload={
            **standings.reference_to_text(standing),
            "point": point.pk,
            "state": state.value,
        },
    )
    return point


def _target(standing: standings.Standing, to: str) -> Stage | None:
    if to == AUTHOR:
        return None
    return Stage.objects.filter(journey=standing.journey, key=to).latest("pk")
