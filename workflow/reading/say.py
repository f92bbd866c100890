"""What this person can do in the open stage, and if nothing, why not."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext, pgettext

from cms.core import refusals
from workflow import people
from workflow.actions import standing as standings
from workflow.models import Decision, Stage
from workflow.people import Seat
from workflow.rules.definition import AUTHOR
from workflow.rules.refusals import Refusal, refusal_to_take_part
from workflow.rules.states import (
    WITH_REASON,
    Answer,
    JourneyStatus,
    OnChange,
    StageKind,
    StageStatus,
)
from workflow.wording import AGREEING, ANSWERS

# Here one step says the earlier answer again; elsewhere it has to be given anew.
CONFIRMED = frozenset({OnChange.ASK_CONFIRM, OnChange.LAPSE_IF})


@dataclass(frozen=True, slots=True)
class SeatChoice:
    participant: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """`targets` says where this person can send the text back to: key and label."""

    stage: Stage | None = None
    answers: list[tuple[str, str]] = field(default_factory=list)
    reasoned: list[str] = field(default_factory=list)
    seats: list[SeatChoice] = field(default_factory=list)
    targets: list[tuple[str, str]] = field(default_factory=list)
    earlier: list[Decision] = field(default_factory=list)
    reason: str = ""

    @property
    def is_open(self) -> bool:
        return bool(self.answers or self.targets)


def say_of(user: Any, standing: standings.Standing) -> Say:
    stage = standing.journey.open_stage
    if stage is None or standing.journey.status != JourneyStatus.RUNNING:
        return Say()
    seats = standings.free_seats(standing, stage, user)
    if not seats:
        return Say(stage=stage, reason=_why_not(user, standing, stage))
    offered = [word for word in ANSWERS if word.value in stage.definition.answers]
    return Say(
        stage=stage,
        answers=[(word.value, _button(word, stage)) for word in offered],
        reasoned=[_button(word, stage) for word in offered if word in WITH_REASON],
        seats=_choices(seats),
        targets=_targets(standing, stage),
        earlier=answers_to_confirm(user, standing, stage, seats),
    )


def answers_to_confirm(
    user: Any, standing: standings.Standing, stage: Stage, seats: list[Seat]
) -> list[Decision]:
    """Return the own answers that lapsed by a change and can be given again in one step."""
    if stage.definition.on_change not in CONFIRMED:
        return []
    lapsed = (
        Decision.objects.filter(stage=stage, decided_by=user)
        .filter(participant__in=[seat.participant.pk for seat in seats])
        .exclude(lapsed_at=None)
        .exclude(answer=Answer.RETURNED.value)
        .exclude(content_digest=standing.digest)
    )
    last = {one.participant_id: one for one in lapsed.order_by("pk")}
    return list(last.values())


def _why_not(user: Any, standing: standings.Standing, stage: Stage) -> str:
    _, situation = standings.take_seat(standing, stage, by=user)
    refusal = refusal_to_take_part(situation)
    # To those who only look on, nothing need be explained.
    if refusal is None or refusal is Refusal.NOT_PARTICIPANT:
        return ""
    return refusals.sentence(refusal)


def _button(word: Answer, stage: Stage) -> str:
    """Return what an answer is called in this kind of stage."""
    narrower = AGREEING.get(StageKind(stage.kind)) if word is Answer.AGREED else None
    return str(narrower or ANSWERS[word])


def _choices(seats: list[Seat]) -> list[SeatChoice]:
    """Return each participant once: who has an own seat does not need the deputy's."""
    first: dict[int, Seat] = {}
    for seat in seats:
        first.setdefault(seat.participant.pk, seat)
    return [SeatChoice(pk, _label(seat)) for pk, seat in first.items()]


def _label(seat: Seat) -> str:
    label = seat.participant.label
    if seat.principal is not None:
        name = people.name_of(seat.principal)
        return gettext("%(who)s, in place of %(name)s") % {"who": label, "name": name}
    if seat.as_head:
        return gettext("%(who)s, as their head") % {"who": label}
    return label


def _targets(standing: standings.Standing, stage: Stage) -> list[tuple[str, str]]:
    found = []
    labels = {
        one.key: one.label
        for one in standing.journey.stages.all()
        if one.status != StageStatus.DROPPED
    }
    for key in stage.definition.may_return_to:
        if key == AUTHOR:
            found.append((key, pgettext("return", "to the author")))
        elif key in labels:
            found.append((key, gettext("to the stage “%(stage)s”") % {"stage": labels[key]}))
    return found
