"""How a journey moves on: stages open, are completed, and lose answers that lapsed."""

from typing import Any

from django.utils import timezone

from cms.core import trail
from workflow import mail, signals
from workflow.actions import standing as standings
from workflow.actions.planning import deadline
from workflow.models import Decision, Stage
from workflow.rules import completion
from workflow.rules.states import StageStatus


def open_next_stage(standing: standings.Standing) -> Stage | None:
    """Open the first stage that is not done; None when all are."""
    stages = Stage.objects.filter(journey=standing.journey)
    stage = stages.exclude(status=StageStatus.DONE.value).order_by("order").first()
    if stage is None:
        return None
    stage.status = StageStatus.OPEN.value
    stage.opened_at, stage.closed_at = timezone.now(), None
    stage.due_at = deadline(stage, stage.opened_at)
    stage.save()
    trail.record(
        action="workflow.stage_opened",
        subject=standing.subject,
        payload={**standings.reference_to_text(standing), "stage": stage.key},
    )
    mail.announce(stage)
    signals.stage_opened.send(
        sender=type(standing.subject),
        journey=standing.journey,
        subject=standing.subject,
        stage=stage,
    )
    return stage


def outcome_of(stage: Stage) -> completion.Outcome:
    """Return what the answers that hold come to."""
    names = [seat.name for seat in stage.participants.all()]
    rule = completion.read(stage.rule["completion"], names)
    return completion.outcome(rule, standings.answers_in(stage))


def close(stage: Stage, status: StageStatus) -> None:
    stage.status = status.value
    stage.closed_at = timezone.now()
    stage.save(update_fields=["status", "closed_at"])


def lapse_older(standing: standings.Standing, *, by: Any = None) -> bool:
    """Let decisions on another text lapse, and their stages wait again; say whether any did.

    A decision counts for exactly one text. From the first stage that lost one,
    all stages have to be gone through again.
    """
    older = Decision.objects.filter(stage__journey=standing.journey, lapsed_at=None)
    older = older.exclude(content_digest=standing.digest)
    first = older.order_by("stage__order").values_list("stage__order", flat=True).first()
    if first is None:
        return False
    number = older.update(lapsed_at=timezone.now())
    later = Stage.objects.filter(journey=standing.journey, order__gte=first)
    later.update(status=StageStatus.WAITING.value, closed_at=None, due_at=None)
    trail.record(
        action="workflow.decisions_lapsed",
        subject=standing.subject,
        by=by,
        payload={**standings.reference_to_text(standing), "decisions": number},
    )
    return True


def begin_again_where_changed(standing: standings.Standing, *, by: Any = None) -> bool:
    """Go back to the first stage that decided on another text; say whether there was one.

    A text changes by an edit, and also when an attached file is replaced, which
    no revision tells.
    """
    if standing.journey.content_digest != standing.digest:
        standing.journey.content_digest = standing.digest
        standing.journey.save(update_fields=["content_digest"])
    if not lapse_older(standing, by=by):
        return False
    open_next_stage(standing)
    return True
