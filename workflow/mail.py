"""A letter to everybody who can decide, when a stage opens."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import formats, timezone
from django.utils.translation import gettext, override

from cms.core import outbox
from workflow.models import Stage
from workflow.rules.states import StageKind, StageStatus


def announce(stage: Stage) -> None:
    """Note one letter per person; the worker writes them after the commit."""
    from workflow.desk import who_is_waited_for

    opened = stage.opened_at.isoformat() if stage.opened_at else ""
    for user in who_is_waited_for(stage):
        outbox.put(
            "workflow.mail", f"{stage.pk}:{user.pk}:{opened}", {"stage": stage.pk, "user": user.pk}
        )


# Whether a letter went out cannot be asked of a mail server that did not answer.
@outbox.handler("workflow.mail", leased=True, on_unclear="ask")
def send(rows: Sequence[Any]) -> None:
    for row in rows:
        stage = Stage.objects.select_related("journey").filter(pk=row.payload["stage"]).first()
        user = get_user_model()._default_manager.filter(pk=row.payload["user"]).first()
        # Decided, returned or withdrawn meanwhile: the letter would be noise.
        if stage is None or user is None or stage.status != StageStatus.OPEN:
            continue
        if user.is_active and user.email:
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


def _subject(stage: Stage) -> str:
    paper = " ".join(stage.journey.subject_label.split())
    if stage.due_at is None:
        heads = {
            StageKind.REVIEW: gettext("[Review] %(paper)s"),
            StageKind.APPROVAL: gettext("[Approval] %(paper)s"),
        }
        return heads[StageKind(stage.kind)] % {"paper": paper}
    heads = {
        StageKind.REVIEW: gettext("[Review by %(day)s] %(paper)s"),
        StageKind.APPROVAL: gettext("[Approval by %(day)s] %(paper)s"),
    }
    day = formats.date_format(timezone.localtime(stage.due_at), "j.n.")
    return heads[StageKind(stage.kind)] % {"day": day, "paper": paper}
