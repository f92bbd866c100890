"""Letters: to whoever can decide when a stage opens, to the author on what became of it."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext, override

from cms.core import outbox
from workflow.models import Decision, Journey, Stage
from workflow.rules.states import JourneyStatus, Override, StageKind, StageStatus
from workflow.wording import JOURNEY_STATUS, STAGE_KIND


def announce(stage: Stage) -> None:
    """Note one letter per person; the worker writes them after the commit."""
    from workflow.desk import who_is_waited_for

    opened = stage.opened_at.isoformat() if stage.opened_at else ""
    for user in who_is_waited_for(stage):
        outbox.put(
            "workflow.mail", f"{stage.pk}:{user.pk}:{opened}", {"stage": stage.pk, "user": user.pk}
        )


def tell_of_change(journey: Journey, kept: Sequence[Decision]) -> None:
    """Tell those whose answers were kept that the text was changed after them."""


def notify_of_override(journey: Journey, act: Override, reason: str) -> None:
    """Tell everybody who takes part that an administrator acted in their place."""


def report(journey: Journey, event: JourneyStatus) -> None:
    """Tell who submitted the text what became of it."""
    if journey.started_by_id is not None:
        payload = {"journey": journey.pk, "user": journey.started_by_id, "event": event.value}
        outbox.put("workflow.mail", f"{journey.pk}:{event.value}", payload)


# Whether a letter went out cannot be asked of a mail server that did not answer.
@outbox.handler("workflow.mail", leased=True, on_unclear="ask")
def send(rows: Sequence[Any]) -> None:
    for row in rows:
        user = get_user_model()._default_manager.filter(pk=row.payload["user"]).first()
        if user is None or not user.is_active or not user.email:
            continue
        if "event" in row.payload:
            journey = Journey.objects.get(pk=row.payload["journey"])
            outcome_letter(journey, user, JourneyStatus(row.payload["event"])).send()
            continue
        stage = Stage.objects.select_related("journey").get(pk=row.payload["stage"])
        # Decided, returned or withdrawn meanwhile: the letter would be noise.
        if stage.status == StageStatus.OPEN:
            letter(stage, user).send()


def letter(stage: Stage, user: Any) -> EmailMessage:
    with override(settings.LANGUAGE_CODE):
        context = {
            "stage": stage,
            "journey": stage.journey,
            "user": user,
            "address": settings.WAGTAILADMIN_BASE_URL + stage.journey.get_absolute_url(),
        }
        return EmailMessage(
            subject=_subject(stage),
            body=render_to_string("workflow/mail/stage_opened.txt", context),
            to=[user.email],
        )


def outcome_letter(journey: Journey, user: Any, event: JourneyStatus) -> EmailMessage:
    with override(settings.LANGUAGE_CODE):
        paper = " ".join(journey.subject_label.split())
        returned = journey.returns.order_by("pk").last()
        context = {
            "journey": journey,
            "user": user,
            "outcome": JOURNEY_STATUS[event],
            "reason": returned.comment if returned and event is JourneyStatus.RETURNED else "",
            "address": settings.WAGTAILADMIN_BASE_URL + journey.get_absolute_url(),
        }
        return EmailMessage(
            subject=f"[{JOURNEY_STATUS[event]}] {paper}",
            body=render_to_string("workflow/mail/outcome.txt", context),
            to=[user.email],
        )


def _subject(stage: Stage) -> str:
    paper = " ".join(stage.journey.subject_label.split())
    kind = capfirst(str(STAGE_KIND[StageKind(stage.kind)]))
    if stage.due_at is None:
        return f"[{kind}] {paper}"
    day = formats.date_format(timezone.localtime(stage.due_at), "j.n.")
    head = gettext("%(kind)s by %(day)s") % {"kind": kind, "day": day}
    return f"[{head}] {paper}"
