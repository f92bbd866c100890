"""What saving a draft means for a journey under way."""

from typing import Any

from workflow.actions import standing as standings
from workflow.actions.stages import begin_again_where_changed
from workflow.errors import JourneyRefused
from workflow.models import Decision, Journey, Return
from workflow.rules.states import JourneyStatus


def before_edit(page: Any) -> Journey | None:
    """Wait for the page's turn, refuse while an approval is open; return its live journey."""
    if page.pk is None:
        return None
    standings.lock_subject(page)
    if refusal := page.refusal_to_edit():
        raise JourneyRefused(refusal)
    return Journey.objects.of(page).under_way().first()


def is_on_record(revision: Any) -> bool:
    """Return whether somebody decided on exactly this revision; it stays as it was read."""
    return any(model.objects.filter(revision=revision).exists() for model in (Decision, Return))


def lapse_decisions(journey: Journey, *, page: Any, by: Any) -> None:
    """Let what was decided on an older text lapse, and begin again where it did."""
    standing = standings.stand(journey)
    if by is not None and by.pk not in standing.journey.editor_ids:
        standing.journey.editor_ids = sorted({*standing.journey.editor_ids, by.pk})
        standing.journey.save(update_fields=["editor_ids"])
    if standing.journey.status == JourneyStatus.RUNNING:
        begin_again_where_changed(standing, by=by)
