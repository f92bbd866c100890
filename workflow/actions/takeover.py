"""Entering a paper that exists already: the one other door to publication."""

from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from cms.core import trail
from workflow import digests, passage, signals
from workflow.actions import standing as standings
from workflow.errors import JourneyRefused
from workflow.models import Journey
from workflow.rules.refusals import Refusal


@transaction.atomic
def take_over(*, subject: Any, by: Any, source: str, on: date | None = None) -> None:
    """Publish a page's present draft as a text that was agreed elsewhere.

    `source` says where it comes from, `on` since when it exists; both go on
    record with the person. Refused while a journey of the page is under way.
    """
    if not source.strip():
        raise JourneyRefused(Refusal.SOURCE_MISSING)
    standings.lock_subject(subject)
    if Journey.objects.of(subject).under_way().exists():
        raise JourneyRefused(Refusal.ALREADY_UNDER_WAY)
    page, revision = standings.present_text(subject)
    if revision is None:
        revision = page.save_revision(user=by)
        page, revision = standings.present_text(page)
    text = revision.as_object()
    if text.go_live_at or text.expire_at:
        raise JourneyRefused(Refusal.IS_SCHEDULED)
    with passage.passage(page):
        revision.publish(user=by, skip_permission_checks=True, log_action="wagtail.publish")
        if on is not None:
            first = timezone.make_aware(datetime.combine(on, time(12)))
            type(page)._default_manager.filter(pk=page.pk).update(first_published_at=first)
    trail.record(
        action="workflow.taken_over",
        subject=page,
        by=by,
        payload={
            "revision": revision.pk,
            "digest": digests.digest_of(page, revision),
            "source": source.strip(),
            "on": on.isoformat() if on else None,
        },
    )
    signals.taken_over.send(
        sender=type(page), subject=page, by=by, source=source, on=on, revision=revision
    )
