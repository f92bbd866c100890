"""Taking a paper out of circulation."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from cms.core import trail
from workflow import people, signals
from workflow.actions import standing as standings
from workflow.actions.progress import cancel_shell
from workflow.actions.stages import close
from workflow.errors import JourneyRefused
from workflow.models import Journey
from workflow.rules.refusals import refusal_to_withdraw
from workflow.rules.states import JourneyStatus, StageStatus


@transaction.atomic
def withdraw(*, journey: Journey, by: Any) -> None:
    """End a journey without a result; the draft stays, and may set out anew."""
    standing = standings.stand(journey)
    refusal = refusal_to_withdraw(
        status=JourneyStatus(standing.journey.status),
        person=by.pk,
        authors=people.authors_of(standing.subject, standing.journey),
        is_administrator=by.is_active and by.is_superuser,
    )
    if refusal:
        raise JourneyRefused(refusal)
    end_without_result(standing, by=by)


def end_without_result(standing: standings.Standing, *, by: Any) -> None:
    """Write that the journey was withdrawn, and end Wagtail's workflow with it."""
    journey = standing.journey
    journey.status, journey.closed_at = JourneyStatus.WITHDRAWN.value, timezone.now()
    journey.save(update_fields=["status", "closed_at"])
    if stage := journey.open_stage:
        close(stage, StageStatus.BROKEN_OFF)
    trail.record(
        action="workflow.withdrawn",
        subject=standing.subject,
        by=by,
        payload=standings.reference_to_text(standing),
    )
    cancel_shell(journey, by=by)
    signals.journey_withdrawn.send(
        sender=type(standing.subject), journey=journey, subject=standing.subject, by=by
    )
