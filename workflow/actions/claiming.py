"""Taking a task out of the pool, and laying it back.

A claim tells the others that somebody is at it. It takes no right away from
them: a task whose claimant fell ill is not stuck.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone

from workflow.actions import standing as standings
from workflow.models import Participant, Stage
from workflow.rules.refusals import refusal_to_take_part


@transaction.atomic
def claim(*, stage: Stage, by: Any) -> Participant:
    """Take the task; refused to those who could not decide on it."""
    standing = standings.stand(stage.journey)
    stage = standing.stages[stage.pk]
    seat = standings.seat_to_act(standing, stage, refusal_to_take_part, by=by)
    seat.participant.claimed_by, seat.participant.claimed_at = by, timezone.now()
    seat.participant.save(update_fields=["claimed_by", "claimed_at"])
    return seat.participant


@transaction.atomic
def release(*, stage: Stage, by: Any) -> None:
    """Lay a task back that this person has claimed; doing it twice changes nothing."""
    Participant.objects.filter(stage=stage, claimed_by=by).update(claimed_by=None, claimed_at=None)
