"""A route or a journey as a picture: its stages one below the other, with those who take part.

Only places and texts are worked out here. The template draws them as SVG and
says the same in words beside it.
"""

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext, ngettext, pgettext

from workflow.models import Decision, Journey, Participant, Route, Stage
from workflow.rules.definition import AUTHOR, StageDefinition, read
from workflow.rules.states import (
    PASSED,
    Answer,
    JourneyStatus,
    StageKind,
    StageStatus,
    Votes,
)
from workflow.wording import ANSWERED, JOURNEY_STATUS, STAGE_KIND, STAGE_STATUS

# Units of the picture; drawn one to one, it is readable on a screen 360 pixels wide.
WIDTH = 320
LEFT = 34
RIGHT = 304
LINE = 18
LANE = 7
LANES = 4
START = 18
PADDING = 10
GAP = 26
LETTERS, THIN_LETTERS = 30, 34
MOST_SHOWN = 8

# A state is never told by colour alone.
SYMBOLS: dict[StageStatus, str] = {
    StageStatus.WAITING: "○",
    StageStatus.OPEN: "▶",
    StageStatus.DONE: "✓",
    StageStatus.RETURNED: "↩",
    StageStatus.SKIPPED: "–",
    StageStatus.OVERRIDDEN: "!",
    StageStatus.DROPPED: "×",
    StageStatus.BROKEN_OFF: "×",
}
ANSWER_SYMBOLS: dict[Answer, str] = {
    Answer.AGREED: "✓",
    Answer.AGREED_WITH_REMARKS: "✓",
    Answer.SILENT: "✓",
    Answer.OBJECTED: "✗",
    Answer.RETURNED: "↩",
    Answer.ABSTAINED: "–",
    Answer.NOT_RESPONSIBLE: "–",
}
NOT_YET, HIDDEN = "○", "●"


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody who takes part, and what they have answered (in words; empty: nothing yet)."""

    label: str
    symbol: str = NOT_YET
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text in the picture, at its height."""

    y: int
    text: str
    is_label: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """A stage as it is drawn: a box with lines, from `top` on."""

    key: str
    label: str
    kind: str
    state: str
    symbol: str
    status: str
    is_conditional: bool
    is_parallel: bool
    seats: tuple[Seat, ...]
    returns_to: tuple[str, ...]
    ways_back: tuple[str, ...]
    top: int
    height: int
    lines: tuple[Line, ...]

    @property
    def gap_top(self) -> int:
        """Where the way from the stage before begins."""
        return self.top - GAP

    @property
    def bottom(self) -> int:
        return self.top + self.height


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    number: str
    title: str
    description: str
    beginning: str
    end: str
    stations: tuple[Station, ...]
    width: int = WIDTH
    left: int = LEFT
    right: int = RIGHT
    box: int = RIGHT - LEFT

    @property
    def end_top(self) -> int:
        return self.stations[-1].bottom + GAP if self.stations else 2 * LINE + GAP

    @property
    def height(self) -> int:
        return self.end_top + 2 * LINE


@dataclass(slots=True)
class _Sketch:
    """What is known of a stage before its place is."""

    key: str
    rule: StageDefinition
    status: StageStatus | None = None
    seats: list[Seat] = field(default_factory=list)


def picture_of_route(route: Route) -> Picture:
    definition = read(route.definition)
    sketches = [
        _Sketch(stage.key, stage, seats=[Seat(label_of(one)) for one in stage.participants])
        for stage in definition.stages
    ]
    title = gettext("Route “%(route)s”") % {"route": route}
    return _picture(f"route-{route.pk}", title, sketches, end=pgettext("journey", "Agreed"))


def picture_of_journey(journey: Journey) -> Picture:
    """Return the picture with what has happened so far.

    What somebody answered in a blind stage is told when the stage is complete.
    """
    stages = journey.stages.exclude(status=StageStatus.DROPPED.value).order_by("order")
    rows = list(stages.prefetch_related("participants"))
    holding = Decision.objects.filter(stage__journey=journey, lapsed_at=None)
    answers = {one.participant_id: Answer(one.answer) for one in holding}
    sketches = [_sketch(stage, answers) for stage in rows]
    title = gettext("Journey of “%(paper)s”") % {"paper": journey}
    status = JourneyStatus(journey.status)
    is_over = journey.closed_at is not None
    end = _capital(str(JOURNEY_STATUS[status])) if is_over else pgettext("journey", "Agreed")
    return _picture(f"journey-{journey.pk}", title, sketches, end=end)


def label_of(participant: Mapping[str, object]) -> str:
    """Return how a definition's participant is called."""
    match participant["kind"]:
        case "parties":
            return gettext("all parties of the paper")
        case "guests":
            return gettext("the guests whom the paper names")
        case _:
            return str(participant["label"])


def is_blind(stage: Stage) -> bool:
    """Return whether answers in this stage are still for nobody's eyes."""
    is_complete = StageStatus(stage.status) in PASSED | {StageStatus.RETURNED}
    return stage.definition.votes is Votes.BLIND and not is_complete


def _sketch(stage: Stage, answers: Mapping[int, Answer]) -> _Sketch:
    blind = is_blind(stage)
    present = [one for one in stage.participants.all() if one.gone_at is None and not one.is_head]
    seats = [_seat(one, answers.get(one.pk), blind=blind) for one in present]
    return _Sketch(stage.key, stage.definition, StageStatus(stage.status), seats)


def _seat(participant: Participant, answer: Answer | None, *, blind: bool) -> Seat:
    if answer is None:
        return Seat(participant.label)
    if blind:
        return Seat(participant.label, HIDDEN, pgettext("journey", "has answered"))
    return Seat(participant.label, ANSWER_SYMBOLS[answer], str(ANSWERED[answer]))


def _picture(number: str, title: str, sketches: Iterable[_Sketch], *, end: str) -> Picture:
    sketches = list(sketches)
    stations: list[Station] = []
    top = 2 * LINE + GAP
    for sketch in sketches:
        stations.append(_station(sketch, stations, top))
        top = stations[-1].bottom + GAP
    description = ngettext(
        "%(count)s stage, from the submission to the end.",
        "%(count)s stages one below the other, from the submission to the end.",
        len(stations),
    ) % {"count": len(stations)}
    return Picture(
        number=number,
        title=title,
        description=description,
        beginning=pgettext("journey", "Submitted"),
        end=end,
        stations=tuple(stations),
    )


def _station(sketch: _Sketch, before: Sequence[Station], top: int) -> Station:
    rule, status = sketch.rule, sketch.status
    kind = str(STAGE_KIND[StageKind(rule.kind)])
    state = str(STAGE_STATUS[status]) if status else ""
    more = max(len(sketch.seats) - MOST_SHOWN, 0)
    texts = [(line, True) for line in _wrapped(rule.label)]
    texts.append((_cut(" · ".join(part for part in (kind, state) if part)), False))
    for seat in sketch.seats[:MOST_SHOWN]:
        words = f"{seat.label}: {seat.answer}" if seat.answer else seat.label
        texts.append((_cut(f"{seat.symbol} {words}"), False))
    if more:
        words = ngettext("and %(count)s more", "and %(count)s more", more)
        texts.append((words % {"count": more}, False))
    lines = [
        Line(top + PADDING + LINE * number - 5, text, is_label)
        for number, (text, is_label) in enumerate(texts, start=1)
    ]
    targets = _targets(rule, before)
    height = 2 * PADDING + LINE * len(texts)
    # Whatever leads to the same place runs along one line; the author's is the outermost.
    tops = [START, *(one.top + LINE for one in before)]
    lanes = {y: min(number, LANES - 1) for number, y in enumerate(tops)}
    return Station(
        key=sketch.key,
        label=rule.label,
        kind=kind,
        state=state,
        symbol=SYMBOLS[status] if status else "",
        status=status.value if status else "",
        is_conditional=rule.when is not None,
        is_parallel=len(sketch.seats) > 1,
        seats=tuple(sketch.seats),
        returns_to=tuple(label for label, _ in targets),
        ways_back=tuple(_way_back(top + height // 2, y, lanes[y]) for _, y in targets),
        top=top,
        height=height,
        lines=tuple(lines),
    )


def _targets(rule: StageDefinition, before: Sequence[Station]) -> list[tuple[str, int]]:
    """Return where a stage may send the text back to: in words, and at which height."""
    heights = {one.key: (one.label, one.top + LINE) for one in before}
    heights[AUTHOR] = (pgettext("return", "the author"), START)
    return [heights[target] for target in rule.may_return_to if target in heights]


def _way_back(start: int, end: int, lane: int) -> str:
    """Return the path of an arrow on the left, from one height up to another."""
    x = 3 + LANE * lane
    tip = LEFT - 7 if end == START else LEFT
    return f"M{LEFT} {start}H{x}V{end}H{tip}m-5 -3l5 3l-5 3"


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, LETTERS, max_lines=3, placeholder=" …") or [""]


def _cut(text: str) -> str:
    return text if len(text) <= THIN_LETTERS else f"{text[: THIN_LETTERS - 1].rstrip()}…"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
