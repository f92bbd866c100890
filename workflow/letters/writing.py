"""The words of a letter: what happened, what to do and by when, why one gets it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from workflow.models import FollowUp, Journey, Return, Stage
from workflow.rules.letters import LetterKind
from workflow.rules.states import JourneyStatus, Override, StageKind
from workflow.wording import JOURNEY_STATUS, STAGE_KIND

# What stands above the lines of each kind in a digest.
HEADINGS: dict[LetterKind, Promise] = {
    LetterKind.TASK: _("Waiting for your answer"),
    LetterKind.REMINDER: _("Deadlines are near or over"),
    LetterKind.OUTCOME: _("News of your texts"),
    LetterKind.CHANGE: _("Changed after your decision"),
    LetterKind.NOTICE: _("The administration acted"),
    LetterKind.FOLLOW_UP: _("Your follow-ups"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter before it is put into an envelope; everything in it is text."""

    kind: LetterKind
    journey: Journey
    head: str
    paragraphs: Sequence[str]
    button: str
    reason: str

    @property
    def subject(self) -> str:
        return f"[{self.head}] {title_of(self.journey)}"


def title_of(journey: Journey) -> str:
    """Return the paper's title on one line, as a subject needs it."""
    return " ".join(journey.subject_label.split())


def address(path: str) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}"


def on_open_stage(stage: Stage, event: str, reason: str) -> Letter:
    """Write that a stage waits; `event` is opened, reminder, deputies or head."""
    words = {"paper": title_of(stage.journey), "stage": stage.label}
    says = {
        "opened": gettext("the text “%(paper)s” is waiting for you in the stage “%(stage)s”."),
        "reminder": gettext(
            "the text “%(paper)s” is still waiting for you in the stage “%(stage)s”."
        ),
        "deputies": gettext(
            "the stage “%(stage)s” of the text “%(paper)s” is overdue. You may answer as a deputy."
        ),
        "head": gettext(
            "the stage “%(stage)s” of the text “%(paper)s” is overdue. It now lies with you as the "
            "head; you may answer in the participants’ place."
        ),
    }
    paragraphs = [says[event] % words]
    if stage.due_at is not None:
        paragraphs.append(_deadline(stage, stage.due_at))
    paragraphs.append(gettext("Submitted by %(name)s.") % {"name": stage.journey.started_by_label})
    return Letter(
        kind=LetterKind.TASK if event in ("opened", "head") else LetterKind.REMINDER,
        journey=stage.journey,
        head=_head_of_stage(stage, event),
        paragraphs=paragraphs,
        button=gettext("Read, see what has changed, and decide"),
        reason=reason,
    )


def on_outcome(journey: Journey, event: JourneyStatus, returned: Return | None) -> Letter:
    outcome = str(JOURNEY_STATUS[event])
    words = {"paper": title_of(journey), "outcome": outcome}
    paragraphs = [gettext("this is what became of your text “%(paper)s”: %(outcome)s.") % words]
    if event is JourneyStatus.RETURNED and returned is not None:
        paragraphs += [returned.comment] if returned.comment else []
        paragraphs += [f"– {point.text}" for point in returned.points.all()]
        paragraphs.append(
            gettext("Revise it, say what was done about each point, and submit it again.")
        )
    return Letter(
        kind=LetterKind.OUTCOME,
        journey=journey,
        head=capfirst(outcome),
        paragraphs=paragraphs,
        button=gettext("See the whole course"),
        reason=gettext("You get this letter because you submitted the text."),
    )


def on_change(journey: Journey) -> Letter:
    return Letter(
        kind=LetterKind.CHANGE,
        journey=journey,
        head=gettext("Changed after your decision"),
        paragraphs=[
            gettext("the text “%(paper)s” was changed after you had decided on it.")
            % {"paper": title_of(journey)},
            gettext(
                "Your decision stands, because the rule of the stage says so. The page shows the "
                "difference to the text that you had before you."
            ),
        ],
        button=gettext("See the difference"),
        reason=gettext("You get this letter because you decided on this text."),
    )


def on_override(journey: Journey, act: Override, why: str) -> Letter:
    did = {
        Override.PASS_STAGE: gettext("let the text pass a stage that was not decided"),
        Override.END_JOURNEY: gettext("took the text out of its journey"),
        Override.TAKE_OFFLINE: gettext("withdrew the published text from the public"),
    }[act]
    return Letter(
        kind=LetterKind.NOTICE,
        journey=journey,
        head=gettext("The administration acted"),
        paragraphs=[
            gettext("“%(paper)s”: the administration %(did)s.")
            % {"paper": title_of(journey), "did": did},
            gettext("The reason given: %(reason)s") % {"reason": why.strip()},
            gettext("It is on record as such. No answer was given in your name."),
        ],
        button=gettext("See the whole course"),
        reason=gettext(
            "You get this letter because you take part in this journey. It cannot be switched off."
        ),
    )


def on_follow_up(noted: FollowUp) -> Letter:
    words = {"paper": title_of(noted.journey)}
    paragraphs = [gettext("you wanted to be reminded of the text “%(paper)s” today.") % words]
    if noted.note:
        paragraphs.append(gettext("Your note: %(note)s") % {"note": noted.note})
    return Letter(
        kind=LetterKind.FOLLOW_UP,
        journey=noted.journey,
        head=gettext("Follow-up"),
        paragraphs=paragraphs,
        button=gettext("Open the journey"),
        reason=gettext("You get this letter because you noted this follow-up yourself."),
    )


def in_an_envelope(letter: Letter, user: Any) -> EmailMultiAlternatives:
    """Return the message for one person: text first, the same as a simple page beside it."""
    with override(settings.LANGUAGE_CODE):
        context = {
            "user": user,
            "paragraphs": letter.paragraphs,
            "button": letter.button,
            "address": address(letter.journey.get_absolute_url()),
            "reason": letter.reason,
        }
        message = _message(letter.subject, "letter", context, user)
    submitter = letter.journey.started_by
    if letter.kind in (LetterKind.TASK, LetterKind.REMINDER) and submitter and submitter.is_active:
        message.reply_to = [submitter.email]
    return message


def daily(lines: Sequence[Any], user: Any) -> EmailMultiAlternatives:
    """Return the digest: one letter with a line for each of what happened."""
    with override(settings.LANGUAGE_CODE):
        day = formats.date_format(timezone.localdate(), "j.n.")
        by_kind: dict[str, list[Any]] = {}
        for line in lines:
            entry = {"text": line.subject, "address": address(line.journey.get_absolute_url())}
            by_kind.setdefault(str(HEADINGS[LetterKind(line.kind)]), []).append(entry)
        context = {
            "user": user,
            "groups": by_kind.items(),
            "desk": address(resolve_url(settings.LOGIN_REDIRECT_URL)),
        }
        return _message(
            gettext("[Digest of %(day)s] Umlauf") % {"day": day}, "digest", context, user
        )


def _message(
    subject: str, template: str, context: dict[str, Any], user: Any
) -> EmailMultiAlternatives:
    context["settings_address"] = address(reverse("workflow:letters"))
    message = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"workflow/mail/{template}.txt", context),
        to=[user.email],
        headers={
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{context['settings_address']}>",
        },
    )
    page = render_to_string(f"workflow/mail/{template}.html", {**context, "subject": subject})
    message.attach_alternative(page, "text/html")
    return message


def _head_of_stage(stage: Stage, event: str) -> str:
    kind = capfirst(str(STAGE_KIND[StageKind(stage.kind)]))
    if stage.due_at is None:
        return kind
    day = formats.date_format(timezone.localtime(stage.due_at), "j.n.")
    if stage.due_at < timezone.now():
        return gettext("Overdue since %(day)s: %(kind)s") % {"kind": kind, "day": day}
    if event == "reminder":
        return gettext("Reminder: %(kind)s by %(day)s") % {"kind": kind, "day": day}
    return gettext("%(kind)s by %(day)s") % {"kind": kind, "day": day}


def _deadline(stage: Stage, due_at: datetime) -> str:
    words = {"day": formats.date_format(timezone.localtime(due_at), "j. F Y")}
    if due_at < timezone.now():
        return gettext("It was due on %(day)s.") % words
    if stage.definition.silence_is_consent:
        return (
            gettext(
                "Please decide by %(day)s. After that, silence counts as consent in this stage."
            )
            % words
        )
    return gettext("Please decide by %(day)s.") % words
