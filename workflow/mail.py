"""What has to be told: noted in the transaction of the act, one row however many hear of it.

The worker finds out afterwards who is meant (`workflow.letters.calls`); an act
costs the same for three parties and for three hundred.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from cms.core import outbox
from cms.core.models import OutboxRow
from workflow.models import Decision, FollowUp, Journey, Stage
from workflow.rules.states import Escalation, JourneyStatus, Override

CALL = "workflow.call"
# Who writes saves often: they are told once, when the text has come to rest.
QUIET = timedelta(minutes=10)


def announce(stage: Stage) -> None:
    """Tell everybody who can answer that a stage is open."""
    _about_stage(stage, "opened")


def remind(stage: Stage) -> None:
    """Remind everybody who has not answered yet that a stage falls due."""
    _about_stage(stage, "reminder")


def escalate(stage: Stage, to: Escalation) -> None:
    """Tell the deputies, or the head, that a stage is overdue and that they may answer."""
    _about_stage(stage, to.value)


def report(journey: Journey, event: JourneyStatus) -> None:
    """Tell who submitted the text what became of it."""
    if journey.started_by_id is not None:
        _put(f"{journey.pk}:{event.value}", event="outcome", journey=journey, status=event.value)


def tell_of_change(journey: Journey, kept: Sequence[Decision]) -> None:
    """Tell those whose answers were kept that the text was changed after them."""
    key = f"{journey.pk}:changed"
    if kept and not OutboxRow.objects.waiting().filter(kind=CALL, key=key).exists():
        outbox.put(
            CALL,
            key,
            {"event": "changed", "journey": journey.pk},
            due_at=timezone.now() + QUIET,
        )


def notify_of_override(journey: Journey, act: Override, reason: str) -> None:
    """Tell everybody who takes part that an administrator acted in their place."""
    _put(
        f"{journey.pk}:{act.value}",
        event="overridden",
        journey=journey,
        act=act.value,
        reason=reason,
    )


def follow_up(noted: FollowUp) -> None:
    """Remind a person of the paper on the day they chose."""
    _put(
        f"follow_up:{noted.pk}:{noted.due_on}",
        event="follow_up",
        journey=noted.journey,
        follow_up=noted.pk,
    )


def _about_stage(stage: Stage, event: str) -> None:
    _put(
        f"{event}:{stage.pk}:{stage.openings}",
        event=event,
        journey=stage.journey,
        stage=stage.pk,
        opening=stage.openings,
    )


def _put(key: str, *, event: str, journey: Journey, **facts: Any) -> None:
    outbox.put(CALL, key, {"event": event, "journey": journey.pk, **facts})
