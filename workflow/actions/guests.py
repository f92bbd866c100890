"""What guests do, who have no account: opening their link by a code, and answering."""

from dataclasses import replace
from functools import partial
from hmac import compare_digest
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from cms.core import outbox
from workflow import guests
from workflow.actions import standing as standings
from workflow.actions.deciding import text_moved_on, write
from workflow.actions.progress import move_on
from workflow.actions.returning import go_back, note_return
from workflow.errors import JourneyRefused
from workflow.models import Decision, GuestLink, Participant, Return, Stage
from workflow.people import Seat
from workflow.rules.definition import AUTHOR
from workflow.rules.guests import refusal_of_code, refusal_of_link, refusal_to_send_code
from workflow.rules.refusals import (
    Refusal,
    Situation,
    refusal_of_person,
    refusal_to_decide,
    refusal_to_return,
)
from workflow.rules.states import Answer, Channel, Exclusion, ParticipantKind

# Stands for a guest who has no account; no account has this number.
NO_ACCOUNT = 0


@transaction.atomic
def ask_for_code(*, by: GuestLink) -> None:
    """Have a code sent to the address that the link is bound to."""
    link = locked(by)
    refusal = guests.refusal_of(link) or refusal_to_send_code(codes_sent=link.codes_sent)
    if refusal:
        raise JourneyRefused(refusal)
    link.codes_sent += 1
    link.save(update_fields=["codes_sent"])
    outbox.put("workflow.guest_code", f"{link.pk}:{link.codes_sent}", {"link": link.pk})


@transaction.atomic
def ask_for_present_text(*, by: GuestLink) -> None:
    """Have a new link sent, where this one is for a text that has been changed since."""
    link = locked(by)
    refusal = guests.refusal_of(link)
    if refusal is not Refusal.GUEST_TEXT_CHANGED:
        raise JourneyRefused(refusal or Refusal.LINK_INVALID)
    # One letter per link: the next one is asked for by the link in that letter.
    link.revoked_at = timezone.now()
    link.save(update_fields=["revoked_at"])
    guests.note_letter(link.participant)


def open_with_code(*, by: GuestLink, code: str) -> None:
    """Use up the code that was sent for this link, or raise JourneyRefused."""
    with transaction.atomic():
        link = locked(by)
        refusal = refusal_of_code(
            is_out=bool(link.code_digest),
            has_expired=link.code_expires_at is None or link.code_expires_at <= timezone.now(),
            tries=link.code_tries,
            fits=compare_digest(guests.digest_of_code(link, code), link.code_digest),
        )
        if refusal is Refusal.CODE_WRONG:
            link.code_tries += 1
        elif refusal is None:
            link.code_digest = ""
        link.save(update_fields=["code_tries", "code_digest"])
    # Outside, so that the try stays counted.
    if refusal:
        raise JourneyRefused(refusal)


def decide_as_guest(*, by: GuestLink, answer: str, seen_digest: str, comment: str = "") -> Decision:
    """Record the answer of the guest whose link this is, and let the journey move on.

    Raises JourneyRefused as `decide` does, and when the link does not hold any more.
    """
    with transaction.atomic():
        standing = standings.stand(by.participant.stage.journey)
        if not text_moved_on(standing):
            rule = partial(refusal_to_decide, answer=answer, comment=comment)
            seat, stage = _seat(standing, by, rule, seen_digest)
            decision = _write(standing, stage, seat, Answer(answer), comment)
            move_on(standing, stage, by=None)
            return decision
    # Outside, so that the earlier answers stay lapsed.
    raise JourneyRefused(Refusal.GUEST_TEXT_CHANGED)


def send_back_as_guest(*, by: GuestLink, seen_digest: str, comment: str) -> Return:
    """Send the paper back to its author, where the stage allows it, with the guest's reason."""
    with transaction.atomic():
        standing = standings.stand(by.participant.stage.journey)
        if not text_moved_on(standing):
            rule = partial(refusal_to_return, to=AUTHOR, comment=comment)
            seat, stage = _seat(standing, by, rule, seen_digest)
            guest = seat.participant.label
            returned = note_return(standing, stage, by=None, comment=comment, guest=guest)
            _write(standing, stage, seat, Answer.RETURNED, comment)
            go_back(standing, returned, by=None)
            return returned
    raise JourneyRefused(Refusal.GUEST_TEXT_CHANGED)


def locked(link: GuestLink) -> GuestLink:
    """Lock the link's row; participant, stage and journey are read with it, without locks."""
    rows = GuestLink.objects.select_for_update(of=("self",))
    return rows.select_related("participant__stage__journey").get(pk=link.pk)


def refusal_of_guest(standing: standings.Standing, participant: Participant) -> Refusal | None:
    """Return why this guest may never answer in the stage, whatever the link says."""
    situation = situation_of_guest(standing, participant)
    if refusal := refusal_of_person(situation, situation.person):
        return refusal
    has_a_seat = guests.has_a_seat(participant.key, participant.stage)
    return Refusal.GUEST_HAS_A_SEAT if has_a_seat else None


def situation_of_guest(
    standing: standings.Standing, participant: Participant, seen_digest: str = ""
) -> Situation:
    """Return the stage as a guest finds it; who has an account is held to be that person."""
    who: Any = guests.account_behind(participant.key) or get_user_model()(pk=NO_ACCOUNT)
    stage = participant.stage
    # Somebody who is only about to be asked has no seat yet.
    seat = Seat(participant) if participant.pk else None
    found = standings.situation_of(standing, stage, by=who, seat=seat, seen_digest=seen_digest)
    earlier = found.decided_earlier
    if Exclusion.EARLIER in found.exclude and _answered_earlier(participant):
        earlier |= {who.pk}
    return replace(found, takes_part=participant.gone_at is None, decided_earlier=earlier)


def _seat(
    standing: standings.Standing, link: GuestLink, rule: Any, seen_digest: str
) -> tuple[Seat, Stage]:
    """Return the guest's seat and its stage, read under the locks, or raise why not."""
    link = locked(link)
    participant = link.participant
    facts = guests.facts_of(link, participant, participant.stage, standing)
    situation = situation_of_guest(standing, participant, seen_digest)
    refusal = refusal_of_link(facts) or refusal_of_guest(standing, participant) or rule(situation)
    if refusal:
        raise JourneyRefused(refusal)
    return Seat(participant), participant.stage


def _write(
    standing: standings.Standing, stage: Stage, seat: Seat, answer: Answer, comment: str
) -> Decision:
    return write(
        standing,
        stage,
        seat,
        by=None,
        answer=answer,
        comment=comment,
        channel=Channel.GUEST_LINK,
        guest=seat.participant.label,
    )


def _answered_earlier(participant: Participant) -> bool:
    earlier = Decision.objects.filter(
        participant__kind=ParticipantKind.GUEST.value,
        participant__key=participant.key,
        stage__journey=participant.stage.journey_id,
        stage__order__lt=participant.stage.order,
        lapsed_at=None,
    )
    return earlier.exclude(channel=Channel.SILENCE.value).exists()
