"""The guests of a journey, for its page: who was asked, how that stands, what can be done."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.template.context import RequestContext

from workflow import guests
from workflow.actions.inviting import may_invite, may_manage
from workflow.actions.standing import Standing
from workflow.doors.guests.forms import GuestForm
from workflow.models import Journey, Participant, Stage
from workflow.rules.guests import GuestState
from workflow.rules.states import PASSED, UNDER_WAY, JourneyStatus, StageStatus
from workflow.wording import GUEST_STATE

register = template.Library()


@dataclass(frozen=True, slots=True)
class GuestRow:
    participant: Participant
    state: Any
    may_manage: bool
    may_send: bool


@dataclass(frozen=True, slots=True)
class GuestsOfStage:
    stage: Stage
    rows: list[GuestRow]
    form: GuestForm | None


@register.inclusion_tag("workflow/parts/guests.html", takes_context=True)
def guests_of_journey(context: RequestContext, standing: Standing) -> dict[str, Any]:
    """List the guests of each stage that asks some; to be put on the page of a journey."""
    user, journey = context["request"].user, standing.journey
    is_under_way = JourneyStatus(journey.status) in UNDER_WAY
    lists = []
    for stage, asked in guests.guests_of(journey).items():
        is_to_come = is_under_way and StageStatus(stage.status) not in PASSED
        may_ask = is_to_come and may_invite(standing, stage, user)
        form = GuestForm(stage=stage.pk) if may_ask else None
        rows = [_row(journey, stage, one, user, is_to_come=is_to_come) for one in asked]
        if rows or form:
            lists.append(GuestsOfStage(stage, rows, form))
    return {"request": context["request"], "journey": journey, "lists": lists}


def _row(
    journey: Journey, stage: Stage, participant: Participant, user: Any, *, is_to_come: bool
) -> GuestRow:
    state = guests.state_of(participant)
    waits = state is not GuestState.ANSWERED and participant.gone_at is None
    may = is_to_come and waits and may_manage(participant, user)
    is_open = journey.status == JourneyStatus.RUNNING and stage.status == StageStatus.OPEN
    return GuestRow(participant, GUEST_STATE[state], may_manage=may, may_send=may and is_open)
