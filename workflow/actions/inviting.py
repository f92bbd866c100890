"""Asking guests by hand, sending their links again, and revoking them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from cms.core import trail
from workflow import guests, people
from workflow.actions import standing as standings
from workflow.actions.guests import refusal_of_guest
from workflow.actions.progress import move_on
from workflow.errors import JourneyRefused
from workflow.models import GuestLink, Participant, Stage
from workflow.models.journey import snapshot
from workflow.rules.guests import refusal_to_invite, refusal_to_manage
from workflow.rules.refusals import Refusal
from workflow.rules.states import JourneyStatus, ParticipantKind, StageStatus


@transaction.atomic
def invite_guest(*, stage: Stage, mail: str, name: str, by: Any) -> Participant:
    """Ask somebody without an account in a stage whose rule knows guests.

    The letter goes out at once when the stage is open, else when it opens.
    """
    standing = standings.stand(stage.journey)
    stage = standing.stages[stage.pk]
    mail, name = mail.strip().lower(), name.strip()
    seat = stage.participants.filter(kind=ParticipantKind.GUEST.value, key=mail).first()
    refusal = refusal_to_invite(
        journey=JourneyStatus(standing.journey.status),
        stage=StageStatus(stage.status),
        asks_guests=guests.asks_guests(stage),
        may_invite=may_invite(standing, stage, by),
        is_complete=bool(name) and _is_address(mail),
        is_asked=seat is not None and seat.gone_at is None,
        has_a_seat=guests.has_a_seat(mail, stage),
    )
    if refusal:
        raise JourneyRefused(refusal)
    seat = seat or Participant(stage=stage, kind=ParticipantKind.GUEST.value, key=mail)
    seat.label, seat.invited_by, seat.gone_at = snapshot(name), by, None
    if refusal := refusal_of_guest(standing, seat):
        raise JourneyRefused(refusal)
    seat.save()
    _note("workflow.guest_invited", standing, seat, by=by)
    if stage.status == StageStatus.OPEN:
        guests.note_letter(seat)
    return seat


@transaction.atomic
def send_guest_link(*, participant: Participant, by: Any) -> None:
    """Have a new link sent to a guest; the older one ends when the letter is written."""
    standing, seat = _guest_to_manage(participant, by)
    stage = StageStatus(seat.stage.status)
    if standing.journey.status != JourneyStatus.RUNNING or stage is not StageStatus.OPEN:
        raise JourneyRefused(Refusal.NOT_OPEN)
    guests.note_letter(seat)


@transaction.atomic
def revoke_guest(*, participant: Participant, by: Any) -> None:
    """Make a guest's links worthless.

    A guest asked by hand takes part no more when whoever asked them, or the
    administration, says so. Whom rule and paper name stays asked: otherwise the
    author could be rid of an answer that the stage waits for.
    """
    standing, seat = _guest_to_manage(participant, by)
    links = GuestLink.objects.filter(participant=seat, revoked_at=None)
    links.update(revoked_at=timezone.now())
    if seat.invited_by_id is not None and (seat.invited_by_id == by.pk or by.is_superuser):
        seat.gone_at = timezone.now()
        seat.save(update_fields=["gone_at"])
    _note("workflow.guest_link_revoked", standing, seat, by=by)
    if seat.gone_at is not None and standing.journey.open_stage == seat.stage:
        move_on(standing, seat.stage, by=by)


def may_invite(standing: standings.Standing, stage: Stage, by: Any) -> bool:
    """Return whether somebody may ask guests: who may submit the paper, or takes part."""
    if not by.is_active:
        return False
    return standings.may_submit(standing.subject, by) or bool(people.seats_of(by, stage))


def may_manage(participant: Participant, by: Any) -> bool:
    """Return whether a guest's link is this person's to revoke or to send again."""
    submitter = participant.stage.journey.started_by_id
    return bool(
        by.is_active and (by.is_superuser or by.pk in (participant.invited_by_id, submitter))
    )


def _guest_to_manage(participant: Participant, by: Any) -> tuple[standings.Standing, Participant]:
    standing = standings.stand(participant.stage.journey)
    guests_only = Participant.objects.filter(kind=ParticipantKind.GUEST.value)
    seat = guests_only.select_related("stage__journey").get(pk=participant.pk)
    refusal = refusal_to_manage(
        may_manage=may_manage(seat, by),
        takes_part=seat.gone_at is None,
        has_answered=guests.answer_of(seat) is not None,
    )
    if refusal:
        raise JourneyRefused(refusal)
    return standing, seat


def _is_address(mail: str) -> bool:
    try:
        validate_email(mail)
    except ValidationError:
        return False
    return len(mail) <= 250


def _note(action: str, standing: standings.Standing, seat: Participant, *, by: Any) -> None:
    trail.record(
        action=action,
        subject=standing.subject,
        by=by,
        on_behalf_of=seat.label,
        payload={
            **standings.reference_to_text(standing),
            "stage": seat.stage.key,
            "takes_part": seat.gone_at is None,
        },
    )
