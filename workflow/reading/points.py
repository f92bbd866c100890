"""What returns asked for, and what was done about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workflow import differences
from workflow.actions import standing as standings
from workflow.models import Journey, Return, ReturnPoint
from workflow.reading.blind import Screen
from workflow.rules.refusals import refusal_to_settle
from workflow.rules.states import JourneyStatus, PointState


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """One return with its points; `may_settle` says that this person can tick them off."""

    returned: Return
    points: Sequence[ReturnPoint]
    may_settle: bool

    @property
    def open_points(self) -> int:
        return sum(point.state == PointState.OPEN for point in self.points)


def returns_of(
    user: Any, journey: Journey, standing: standings.Standing | None, screen: Screen
) -> list[ReturnRow]:
    """Return what a journey was sent back for, newest first."""
    rows = journey.returns.select_related("from_stage", "to_stage").prefetch_related("points")
    may_edit = standing is not None and standings.may_submit(standing.subject, user)
    return [
        ReturnRow(one, list(one.points.all()), _may_settle(one, journey, may_edit))
        for one in rows.order_by("-pk")
        if not screen.hides(one.from_stage_id, one.returned_at, one.by_id)
    ]


def points_by_place(returns: Sequence[ReturnRow]) -> Mapping[str, Sequence[ReturnPoint]]:
    """Return the points by the place of the text that they are about."""
    found: dict[str, list[ReturnPoint]] = {}
    for row in returns:
        for point in row.points:
            if point.place:
                found.setdefault(point.place, []).append(point)
    return found


def place_choices(standing: standings.Standing) -> list[tuple[str, str]]:
    """Return the places of the present text, each with what it is called."""
    parts = [part for part in differences.parts_of(standing.text) if part.text or part.block]
    return list({part.place: part.place_label for part in parts}.items())


def _may_settle(returned: Return, journey: Journey, may_edit: bool) -> bool:
    refusal = refusal_to_settle(
        status=JourneyStatus(journey.status),
        to_author=returned.to_stage_id is None,
        may_edit=may_edit,
        state=PointState.DONE,
        note="",
    )
    return refusal is None
