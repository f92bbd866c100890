"""Publishing the agreed text, and no other."""

from typing import Any

from cms.core import trail
from workflow import passage
from workflow.actions import standing as standings
from workflow.errors import JourneyRefused
from workflow.models import Decision, Journey
from workflow.rules.refusals import Refusal
from workflow.rules.states import JourneyStatus


def finish_shell(standing: standings.Standing, shell: Any, *, by: Any) -> None:
    """End Wagtail's workflow, which publishes the page; plain models have no shell."""
    if shell is not None:
        shell.approve(user=by, comment=_summary(standing.journey))


def publish_agreed(journey: Journey, *, by: Any) -> None:
    """Publish the revision that was agreed on, or refuse when the text is another one."""
    standing = standings.stand(journey)
    if standing.journey.status != JourneyStatus.AGREED or standing.revision is None:
        raise JourneyRefused(Refusal.ONLY_BY_JOURNEY)
    holding = Decision.objects.filter(stage__journey=journey, lapsed_at=None)
    agreed_on = set(holding.values_list("content_digest", flat=True))
    if agreed_on != {standing.digest}:
        raise JourneyRefused(Refusal.NOT_WHAT_WAS_APPROVED)
    publish(standing, by=by)


def publish(standing: standings.Standing, *, by: Any) -> None:
    """Make the standing's revision the public one. Only the acts of this package call it."""
    page = standing.subject
    with passage.passage(page):
        # The decision is the authority, not a permission of whoever came last.
        standing.revision.publish(user=by, skip_permission_checks=True)
    trail.record(
        action="workflow.published",
        subject=page,
        by=by,
        payload=standings.reference_to_text(standing),
    )


def _summary(journey: Journey) -> str:
    holding = Decision.objects.filter(stage__journey=journey, lapsed_at=None)
    lines = [
        f"{decision.participant_label}: {decision.get_answer_display()}" for decision in holding
    ]
    return "; ".join(lines)
