"""What happens when an appointment or a follow-up falls due: once each, however often it is tried.

The rows are the truth. Whoever looks (the timer, a command, two of them at once)
finds them here; what is done is marked in the transaction of its effect.
"""

import logging
from collections.abc import Callable, Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cms.core import trail
from workflow import access, mail
from workflow.actions import deciding
from workflow.actions import standing as standings
from workflow.actions.appointments import day_of_follow_up
from workflow.errors import WorkflowError
from workflow.letters.guests import write_to_guests
from workflow.models import Appointment, FollowUp, Participant, Stage
from workflow.models.journey import snapshot
from workflow.rules.states import UNDER_WAY, Escalation, JourneyStatus, StageStatus
from workflow.rules.timing import ESCALATIONS, AppointmentKind, FollowUpKind

log = logging.getLogger("umlauf.due")


class NotAllDone(WorkflowError):
    """Some of what was due failed; each is in the log and is tried again, the others are done."""


def keep_appointments(now: datetime) -> int:
    """Do every appointment that is due; return how many had an effect."""
    due = Appointment.objects.filter(done_at=None, due_at__lte=now)
    return _each(list(due.values_list("pk", flat=True)), keep_appointment, now)


def send_follow_ups(now: datetime) -> int:
    """Remind everybody whose follow-up is due; return how many were."""
    today = timezone.localdate(now, timezone.get_default_timezone())
    due = FollowUp.objects.filter(done_at=None, reminded_at=None, due_on__lte=today)
    return _each(list(due.values_list("pk", flat=True)), send_follow_up, now)


def keep_appointment(pk: int, now: datetime) -> bool:
    """Do what is due in a stage, unless it has been done or the stage has moved on.

    Returns whether it had an effect. Mark and effect are one transaction.
    """
    with transaction.atomic():
        journey = Appointment.objects.select_related("stage__journey").get(pk=pk).stage.journey
        standing = standings.stand(journey) if journey.subject is not None else None
        appointment = Appointment.objects.select_for_update().get(pk=pk)
        if appointment.done_at is not None:
            return False
        appointment.done_at = now
        appointment.save(update_fields=["done_at"])
        stage = Stage.objects.get(pk=appointment.stage_id)
        if standing is None or not _is_present(standing, stage, appointment):
            return False
        match AppointmentKind(appointment.kind):
            case AppointmentKind.REMINDER:
                return _remind(standing, stage, appointment, now)
            case AppointmentKind.SILENCE:
                return deciding.consent_by_silence(stage) > 0
            case kind:
                return _escalate(standing, stage, ESCALATIONS[kind], now)


def send_follow_up(pk: int, now: datetime) -> bool:
    """Remind a person of a paper, if the day still holds and they may still see it."""
    with transaction.atomic():
        noted = FollowUp.objects.select_for_update().select_related("journey").get(pk=pk)
        if noted.reminded_at is not None or noted.done_at is not None:
            return False
        if noted.kind != FollowUpKind.ON_DATE:
            today = timezone.localdate(now, timezone.get_default_timezone())
            day = day_of_follow_up(FollowUpKind(noted.kind), noted.journey.open_stage)
            if day is None or day > today:
                # The stage ended, or its deadline is another one by now.
                noted.due_on = day
                noted.done_at = None if noted.journey.status in UNDER_WAY else now
                noted.save(update_fields=["due_on", "done_at"])
                return False
        noted.reminded_at = now
        noted.save(update_fields=["reminded_at"])
        if not access.may_see(noted.person, noted.journey):
            return False
        mail.follow_up(noted)
        return True


def _is_present(standing: standings.Standing, stage: Stage, appointment: Appointment) -> bool:
    """Return whether the appointment belongs to the opening that is still waiting for answers."""
    return (
        standing.journey.status == JourneyStatus.RUNNING
        and stage.status == StageStatus.OPEN
        and stage.openings == appointment.opening
    )


def _remind(
    standing: standings.Standing, stage: Stage, appointment: Appointment, now: datetime
) -> bool:
    """Write to who has not answered. After a break of the timer one letter stands for several."""
    later = stage.appointments.filter(
        opening=stage.openings,
        kind=AppointmentKind.REMINDER.value,
        due_at__gt=appointment.due_at,
        due_at__lte=now,
    )
    is_over = stage.due_at is not None and stage.due_at < now
    if later.exists() or (is_over and stage.definition.silence_is_consent):
        return False
    _note(standing, "workflow.reminded", stage)
    mail.remind(stage)
    # Guests have no account: their reminder is a letter with a new link.
    write_to_guests(stage)
    return True


def _escalate(standing: standings.Standing, stage: Stage, to: Escalation, now: datetime) -> bool:
    if to is Escalation.HEAD:
        _give_to_the_head(stage, now)
    _note(standing, "workflow.escalated", stage, to=to.value)
    mail.escalate(stage, to)
    return True


def _give_to_the_head(stage: Stage, now: datetime) -> None:
    """Give the head a seat, from which they may answer in the participants' place."""
    head = stage.definition.head
    if head is None:
        return
    Participant.objects.update_or_create(
        stage=stage,
        kind=head["kind"],
        key=head["key"],
        is_head=True,
        defaults={"label": snapshot(head["label"]), "gone_at": None},
    )
    stage.escalated_at = now
    stage.save(update_fields=["escalated_at"])


def _note(standing: standings.Standing, action: str, stage: Stage, **words: str) -> None:
    trail.record(
        action=action,
        subject=standing.subject,
        payload={**standings.reference_to_text(standing), "stage": stage.key, **words},
    )


def _each(keys: Collection[int], act: Callable[[int, datetime], bool], now: datetime) -> int:
    """Do each by itself; one that fails stays due and does not hold up the others."""
    done = failed = 0
    for key in keys:
        try:
            done += act(key, now)
        except Exception:
            log.exception("%s failed on row %s", act.__name__, key)
            failed += 1
    if failed:
        raise NotAllDone(f"{failed} of {len(keys)}")
    return done
