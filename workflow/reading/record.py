"""The Verlauf of a paper in words, as far as this person may see it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext, pgettext

from workflow.models import Decision, Return, ReturnPoint, Stage
from workflow.reading.blind import Screen
from workflow.rules.states import Answer, Channel, Override, PointState
from workflow.wording import ACTIONS, ANSWERED, CHANNEL, OVERRIDES, POINT_STATE

ANSWERING = frozenset({"workflow.decided", "workflow.consented_by_silence"})
RETURNING = frozenset({"workflow.returned", "workflow.returned_to_stage"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One act: `details` are sentences of their own below it."""

    at: datetime
    what: str
    stage: str
    who: str
    on_behalf_of: str
    source: str
    digest: str
    details: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """The rows that the entries of a trail name, read at once."""

    stages: Mapping[tuple[Any, Any], Stage]
    decisions: Mapping[int, Decision]
    returns: Mapping[int, Return]
    points: Mapping[int, ReturnPoint]


def record_of(entries: Iterable[Any], stages: Iterable[Stage], screen: Screen) -> list[Line]:
    """Return the paper's whole Verlauf, oldest first; answers in a blind stage are left out."""
    entries = list(entries)
    known = _read(entries, stages)
    return [_line(entry, known) for entry in entries if not _is_hidden(entry, known, screen)]


def _read(entries: list[Any], stages: Iterable[Stage]) -> _Known:
    numbers = {
        word: {entry.payload[word] for entry in entries if entry.payload.get(word)}
        for word in ("decision", "return", "point")
    }
    returns = Return.objects.filter(pk__in=numbers["return"]).prefetch_related("points")
    return _Known(
        stages={(stage.journey_id, stage.key): stage for stage in stages},
        decisions=Decision.objects.in_bulk(numbers["decision"]),
        returns={one.pk: one for one in returns},
        points=ReturnPoint.objects.in_bulk(numbers["point"]),
    )


def _is_hidden(entry: Any, known: _Known, screen: Screen) -> bool:
    if entry.action not in ANSWERING:
        return False
    stage = known.stages.get((entry.payload.get("journey"), entry.payload.get("stage")))
    if stage is None:
        return False
    decision = known.decisions.get(entry.payload.get("decision", 0))
    people = (decision.decided_by_id, decision.acting_for_id) if decision else ()
    return screen.hides(stage.pk, entry.at, *people)


def _line(entry: Any, known: _Known) -> Line:
    # An erased name says that it was erased.
    names = {name.role: str(name) for name in entry.names.all()}
    stage = known.stages.get((entry.payload.get("journey"), entry.payload.get("stage")))
    return Line(
        at=entry.at,
        what=str(ACTIONS.get(entry.action, entry.action)),
        stage=stage.label if stage else "",
        who=names.get("actor", ""),
        on_behalf_of=names.get("on_behalf_of", ""),
        source=entry.payload.get("source", ""),
        digest=entry.payload.get("digest", ""),
        details=[detail for detail in _details(entry, known) if detail],
    )


def _details(entry: Any, known: _Known) -> Iterator[str]:
    payload = entry.payload
    if entry.action in ANSWERING:
        yield from _answer(payload, known.decisions.get(payload.get("decision", 0)))
    elif entry.action in RETURNING:
        yield from _returned(known.returns.get(payload.get("return", 0)))
    elif entry.action == "workflow.point_settled":
        yield from _settled(payload, known.points.get(payload.get("point", 0)))
    elif entry.action == "workflow.overridden":
        yield str(OVERRIDES[Override(payload["act"])])
        yield gettext("Reason: %(reason)s") % {"reason": payload.get("reason", "")}


def _answer(payload: Mapping[str, Any], decision: Decision | None) -> Iterator[str]:
    if payload.get("answer") in set(Answer) - {Answer.SILENT}:
        yield str(ANSWERED[Answer(payload["answer"])])
    if payload.get("channel") in (Channel.BULK, Channel.GUEST_LINK):
        yield str(CHANNEL[Channel(payload["channel"])])
    if decision is None:
        return
    if decision.confirms_id is not None:
        yield pgettext("journey", "the earlier answer confirmed on the changed text")
    yield decision.comment


def _returned(returned: Return | None) -> Iterator[str]:
    if returned is None:
        return
    yield returned.comment
    for point in returned.points.all():
        yield f"{point.order}. {_point(point)}"


def _settled(payload: Mapping[str, Any], point: ReturnPoint | None) -> Iterator[str]:
    if point is None:
        return
    yield _point(point)
    state = str(POINT_STATE[PointState(payload["state"])])
    yield f"{state}: {point.note}" if point.note else state


def _point(point: ReturnPoint) -> str:
    return f"{point.place_label}: {point.text}" if point.place_label else point.text
