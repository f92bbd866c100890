"""What an opening stage lays down for later: reminders, escalations, silence, follow-ups."""

from datetime import date

from django.utils import timezone

from workflow.calendars import workdays_of
from workflow.models import Appointment, FollowUp, Stage
from workflow.rules import timing
from workflow.rules.states import JourneyStatus
from workflow.rules.timing import FollowUpKind


def lay_appointments(stage: Stage) -> None:
    """Write down everything that falls due in a stage that has just been opened.

    What an earlier opening laid down has no effect any more, and a head to whom
    it was escalated answers there no longer.
    """
    if stage.openings > 1:
        stage.participants.filter(is_head=True, gone_at=None).update(gone_at=timezone.now())
    if stage.due_at is not None and stage.opened_at is not None:
        zone = timezone.get_default_timezone()
        planned = timing.appointments(
            stage.definition,
            opened_at=stage.opened_at,
            due_on=stage.due_at.astimezone(zone).date(),
            workdays=workdays_of(stage.journey),
            zone=zone,
        )
        Appointment.objects.bulk_create(
            Appointment(stage=stage, opening=stage.openings, kind=one.kind.value, due_at=one.at)
            for one in planned
        )
    _follow(stage)


def day_of_follow_up(kind: FollowUpKind, stage: Stage | None) -> date | None:
    """Return the day that hangs on the deadline of the stage that is open now, if there is one."""
    if stage is None or stage.due_at is None or stage.journey.status != JourneyStatus.RUNNING:
        return None
    due_on = timezone.localdate(stage.due_at, timezone.get_default_timezone())
    return timing.follow_up_day(kind, due_on, workdays_of(stage.journey))


def _follow(stage: Stage) -> None:
    """Let the follow-ups that hang on the deadline go with it; who was reminded is so again.

    A day that has passed already becomes today.
    """
    noted = FollowUp.objects.filter(journey=stage.journey_id, done_at=None)
    moved = []
    for one in noted.exclude(kind=FollowUpKind.ON_DATE.value):
        day = day_of_follow_up(FollowUpKind(one.kind), stage)
        if day is not None:
            day = max(day, timezone.localdate(timezone=timezone.get_default_timezone()))
        if day != one.due_on:
            one.due_on, one.reminded_at = day, None
            moved.append(one)
    FollowUp.objects.bulk_update(moved, ["due_on", "reminded_at"])
