"""Letters to guests: the personal link, and the code that opens it.

Link and code are made when their letter is written, here in the worker. The
row that asked for the letter names a person and a stage only, and of both
secrets nothing is kept but digests. So a letter that has to be written again
brings another secret, and the one before it ends.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from cms.core import outbox, trail
from workflow import guests, subjects
from workflow.actions import standing as standings
from workflow.actions.guests import locked, refusal_of_guest
from workflow.models import GuestLink, Participant, Stage
from workflow.rules.guests import CODE_DIGITS, CODE_HOLDS, expiry
from workflow.rules.states import JourneyStatus, ParticipantKind, StageStatus


def write_to_guests(stage: Stage, **kwargs: Any) -> None:
    """Hear that a stage has opened: each of its guests gets a link."""
    if not guests.asks_guests(stage):
        return
    asked = stage.participants.filter(kind=ParticipantKind.GUEST.value, gone_at=None)
    guests.note_letters(stage, asked)


# A link that comes twice does no harm: the newer one takes the older one's place.
@outbox.handler("workflow.letters.guests", leased=True)
def send_links(rows: Sequence[Any]) -> None:
    for row in rows:
        written = _new_link(row.payload["participant"], row.payload["opening"])
        if written is not None:
            letter_with_link(*written).send()


@outbox.handler("workflow.guest_code", leased=True)
def send_codes(rows: Sequence[Any]) -> None:
    for row in rows:
        written = _new_code(row.payload["link"])
        if written is not None:
            letter_with_code(*written).send()


def letter_with_link(link: GuestLink, token: str) -> EmailMessage:
    participant = link.participant
    journey = participant.stage.journey
    asking = participant.invited_by or journey.started_by
    with override(settings.LANGUAGE_CODE):
        who = guests.who_asks(participant)
        context = {
            "guest": participant.label,
            "who": who,
            "kind": subjects.label_of(journey.kind),
            "stage": participant.stage,
            "link": link,
            "address": settings.WAGTAILADMIN_BASE_URL
            + reverse("workflow:guest_enter", args=[token]),
        }
        return EmailMessage(
            subject=gettext("%(name)s asks for your answer") % {"name": " ".join(who.split())},
            body=render_to_string("workflow/guest/mail/link.txt", context),
            to=[participant.key],
            reply_to=[asking.email] if asking and asking.email else None,
        )


def letter_with_code(link: GuestLink, code: str) -> EmailMessage:
    with override(settings.LANGUAGE_CODE):
        context = {
            "guest": link.participant.label,
            "code": code,
            "minutes": int(CODE_HOLDS.total_seconds() // 60),
        }
        return EmailMessage(
            subject=gettext("Your code for Umlauf"),
            body=render_to_string("workflow/guest/mail/code.txt", context),
            to=[link.participant.key],
        )


@transaction.atomic
def _new_link(participant: int, opening: int) -> tuple[GuestLink, str] | None:
    """Make a link for the text as it is now; None where no answer is waited for any more."""
    seat = Participant.objects.select_related("stage__journey__content_type").get(pk=participant)
    if seat.stage.journey.subject is None:
        return None
    standing = standings.stand(seat.stage.journey)
    seat = Participant.objects.select_related("stage__journey", "invited_by").get(pk=seat.pk)
    expires_at = _expiry(seat.stage)
    if not _is_waited_for(standing, seat, opening) or expires_at <= timezone.now():
        return None
    GuestLink.objects.filter(participant=seat, revoked_at=None).update(revoked_at=timezone.now())
    token = secrets.token_urlsafe(32)
    link = GuestLink.objects.create(
        participant=seat,
        opening=opening,
        token_digest=guests.digest_of_token(token),
        content_digest=standing.digest,
        expires_at=expires_at,
    )
    trail.record(
        action="workflow.guest_link_sent",
        subject=standing.subject,
        on_behalf_of=seat.label,
        payload={**standings.reference_to_text(standing), "stage": seat.stage.key},
    )
    return link, token


@transaction.atomic
def _new_code(link_id: int) -> tuple[GuestLink, str] | None:
    """Make a code; the one before it ends. None where the link leads nowhere meanwhile."""
    link = locked(GuestLink(pk=link_id))
    if guests.refusal_of(link):
        return None
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    link.code_digest = guests.digest_of_code(link, code)
    link.code_expires_at, link.code_tries = timezone.now() + CODE_HOLDS, 0
    link.save(update_fields=["code_digest", "code_expires_at", "code_tries"])
    return link, code


def _is_waited_for(standing: standings.Standing, seat: Participant, opening: int) -> bool:
    return (
        standing.journey.status == JourneyStatus.RUNNING
        and seat.stage.status == StageStatus.OPEN
        and seat.stage.openings == opening
        and seat.gone_at is None
        and guests.answer_of(seat) is None
        and refusal_of_guest(standing, seat) is None
    )


def _expiry(stage: Stage) -> datetime:
    return expiry(
        now=timezone.now(),
        due_at=stage.due_at,
        silence_is_consent=stage.definition.silence_is_consent,
    )
