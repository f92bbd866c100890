"""What an administrator does in place of the participants: on record, with a reason.

Never a vote: no answer is written. Everybody who takes part hears of it.
"""

from typing import Any

from django.db import transaction
from wagtail.actions.unpublish_page import UnpublishPageAction

from cms.core import trail
from workflow import mail, passage
from workflow.actions import standing as standings
from workflow.actions.progress import go_on
from workflow.actions.stages import close
from workflow.actions.withdrawal import end_without_result
from workflow.errors import JourneyRefused
from workflow.models import Journey, Stage
from workflow.rules.refusals import Refusal, refusal_to_override
from workflow.rules.states import JourneyStatus, Override, StageStatus


def pass_stage(*, stage: Stage, by: Any, reason: str, seen_digest: str) -> None:
    """Let the journey pass its open stage although it was not decided.

    The act names the text it was done on, as a decision does; a change makes
    the stage open again.
    """
    check(by, reason)
    with transaction.atomic():
        standing = standings.stand(stage.journey)
        stage = standing.stages[stage.pk]
        if standing.journey.status != JourneyStatus.RUNNING:
            raise JourneyRefused(Refusal.NOT_RUNNING)
        if stage.status != StageStatus.OPEN:
            raise JourneyRefused(Refusal.NOT_OPEN)
        if seen_digest != standing.digest:
            raise JourneyRefused(Refusal.TEXT_HAS_CHANGED)
        stage.overridden_digest = standing.digest
        stage.save(update_fields=["overridden_digest"])
        close(stage, StageStatus.OVERRIDDEN)
        _note(standing, Override.PASS_STAGE, by=by, reason=reason, stage=stage.key)
        go_on(standing, by=by)


def end_journey(*, journey: Journey, by: Any, reason: str) -> None:
    """Take a paper out of circulation in place of its author."""
    check(by, reason)
    with transaction.atomic():
        standing = standings.stand(journey)
        if standing.journey.closed_at is not None:
            raise JourneyRefused(Refusal.NOT_RUNNING)
        _note(standing, Override.END_JOURNEY, by=by, reason=reason)
        end_without_result(standing, by=by)


@transaction.atomic
def take_offline(*, page: Any, by: Any, reason: str) -> None:
    """Withdraw a published text from the public; it stays on record and can set out anew."""
    check(by, reason)
    standings.lock_subject(page)
    page, revision = standings.present_text(page)
    if not page.live:
        raise JourneyRefused(Refusal.NOT_PUBLIC)
    with passage.passage(page):
        UnpublishPageAction(page, user=by).execute(skip_permission_checks=True)
    journey = Journey.objects.of(page).first()
    trail.record(
        action="workflow.overridden",
        subject=page,
        by=by,
        payload={
            "journey": journey.pk if journey else None,
            "revision": revision.pk if revision else None,
            "act": Override.TAKE_OFFLINE.value,
            "reason": reason.strip(),
        },
    )
    if journey is not None:
        mail.notify_of_override(journey, Override.TAKE_OFFLINE, reason)


def check(by: Any, reason: str) -> None:
    """Raise JourneyRefused unless this is an administrator with a reason."""
    is_administrator = by is not None and by.is_active and by.is_superuser
    if refusal := refusal_to_override(is_administrator=is_administrator, reason=reason):
        raise JourneyRefused(refusal)


def _note(
    standing: standings.Standing, act: Override, *, by: Any, reason: str, stage: str = ""
) -> None:
    trail.record(
        action="workflow.overridden",
        subject=standing.subject,
        by=by,
        payload={
            **standings.reference_to_text(standing),
            "act": act.value,
            "stage": stage,
            "reason": reason.strip(),
        },
    )
    mail.notify_of_override(standing.journey, act, reason)
