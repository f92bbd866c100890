"""Whose answer an open stage still lacks, and who may step in: for reminders and escalation."""

from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from workflow import people
from workflow.calling import who_is_waited_for
from workflow.models import Decision, Deputyship, Participant, Stage
from workflow.rules.states import SIGNED, ParticipantKind


def still_waited_for(stage: Stage) -> list[Any]:
    """Return the persons who can decide in a stage and have not answered yet.

    Who answered for one party is still waited for when another one is theirs.
    """
    late = _late_seats(stage)
    decided = set(_answers(stage).values_list("decided_by", flat=True))
    found: set[int] = set()
    for seat, behind in people.people_behind(late.values()).items():
        is_party = late[seat].kind == ParticipantKind.PARTY
        found |= behind if is_party else behind - decided
    return [user for user in who_is_waited_for(stage) if user.pk in found]


def deputies_waited_for(stage: Stage) -> list[Any]:
    """Return who may answer today in the place of somebody who is still waited for."""
    principals = {user.pk for user in still_waited_for(stage)}
    held = Deputyship.objects.on(timezone.localdate()).filter(principal__in=principals)
    late = _late_seats(stage)
    found = {
        one.deputy_id
        for one in held
        if one.paper_kind in ("", stage.journey.kind)
        and (one.may_sign or stage.kind not in SIGNED)
        and (not one.party or any(_is_party(seat, one.party) for seat in late.values()))
    }
    users = get_user_model()._default_manager.filter(pk__in=found - principals, is_active=True)
    return list(users.order_by("pk"))


def heads_of(stage: Stage) -> list[Any]:
    """Return the persons behind the head to whom a stage was escalated."""
    heads = stage.participants.filter(is_head=True, gone_at=None)
    found = {pk for behind in people.people_behind(heads).values() for pk in behind}
    return list(get_user_model()._default_manager.filter(pk__in=found).order_by("pk"))


def _answers(stage: Stage) -> Any:
    return Decision.objects.filter(stage=stage, lapsed_at=None)


def _late_seats(stage: Stage) -> dict[int, Participant]:
    present = stage.participants.filter(gone_at=None, is_head=False)
    late = present.exclude(pk__in=_answers(stage).values("participant"))
    return {seat.pk: seat for seat in late}


def _is_party(seat: Participant, key: str) -> bool:
    return seat.kind == ParticipantKind.PARTY and seat.key == key
