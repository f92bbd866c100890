"""Letters: to whoever can decide when a stage opens, to the author on what became of it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext, override

from cms.core import outbox
from workflow.models import Decision, FollowUp, Journey, Stage
from workflow.rules.states import Escalation, JourneyStatus, Override, StageKind, StageStatus
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


def remind(stage: Stage) -> None:
    """Remind everybody who has not answered yet that a stage falls due."""
    from workflow.waiting import still_waited_for

    _put_pressing(stage, "reminder", still_waited_for(stage))


def escalate(stage: Stage, to: Escalation) -> None:
    """Tell the deputies, or the head, that a stage is overdue and that they may answer."""
    from workflow.waiting import deputies_waited_for, heads_of

    chosen = deputies_waited_for(stage) if to is Escalation.DEPUTIES else heads_of(stage)
    _put_pressing(stage, to.value, chosen)


def follow_up(noted: FollowUp) -> None:
    """Remind a person of the paper on the day they chose."""
    payload = {"follow_up": noted.pk, "user": noted.person_id}
    outbox.put("workflow.mail", f"follow_up:{noted.pk}:{noted.due_on}", payload)


def _put_pressing(stage: Stage, why: str, users: Iterable[Any]) -> None:
    for user in users:
        payload = {"stage": stage.pk, "user": user.pk, "why": why}
        outbox.put("workflow.mail", f"{why}:{stage.pk}:{user.pk}:{stage.openings}", payload)


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
        if "follow_up" in row.payload:
            noted = FollowUp.objects.select_related("journey").filter(pk=row.payload["follow_up"])
            if (one := noted.filter(done_at=None).first()) is not None:
                follow_up_letter(one, user).send()
            continue
        stage = Stage.objects.select_related("journey").get(pk=row.payload["stage"])
        # Decided, returned or withdrawn meanwhile: the letter would be noise.
        if stage.status == StageStatus.OPEN:
            letter(stage, user, why=row.payload.get("why", "")).send()


def letter(stage: Stage, user: Any, why: str = "") -> EmailMessage:
    """Return the letter on an open stage; `why` tells a later one from the first."""
    with override(settings.LANGUAGE_CODE):
        context = {
            "stage": stage,
            "journey": stage.journey,
            "user": user,
            "why": why,
            "address": settings.WAGTAILADMIN_BASE_URL + stage.journey.get_absolute_url(),
        }
        return EmailMessage(
            subject=_subject(stage),
            body=render_to_string("workflow/mail/stage_opened.txt", context),
            to=[user.email],
        )


def follow_up_letter(noted: FollowUp, user: Any) -> EmailMessage:
    with override(settings.LANGUAGE_CODE):
        paper = " ".join(noted.journey.subject_label.split())
        context = {
            "noted": noted,
            "journey": noted.journey,
            "user": user,
            "address": settings.WAGTAILADMIN_BASE_URL + noted.journey.get_absolute_url(),
        }
        return EmailMessage(
            subject=f"[{capfirst(gettext('follow-up'))}] {paper}",
            body=render_to_string("workflow/mail/follow_up.txt", context),
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
