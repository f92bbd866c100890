"""A person's own reminders on a paper: noting, changing, finishing."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from workflow import access
from workflow.actions.appointments import day_of_follow_up
from workflow.errors import JourneyRefused
from workflow.models import FollowUp, Journey
from workflow.models.journey import snapshot
from workflow.rules.refusals import Refusal
from workflow.rules.states import UNDER_WAY
from workflow.rules.timing import FollowUpKind, refusal_to_follow_up


@transaction.atomic
def note_follow_up(
    *, journey: Journey, by: Any, kind: FollowUpKind, on: date | None = None, note: str = ""
) -> FollowUp:
    """Let a person be reminded of a paper; `on` counts for a day of choice only.

    Where the stage has no deadline yet, the day is found when one is known.
    """
    journey = Journey.objects.select_for_update().get(pk=journey.pk)
    day = _checked_day(journey, by, kind, on)
    same = FollowUp.objects.filter(person=by, journey=journey, kind=kind.value)
    if kind is FollowUpKind.ON_DATE:
        same = same.filter(due_on=day)
    # One that was finished is taken up again.
    noted = same.first() or FollowUp(person=by, journey=journey)
    _write(noted, kind, day, note)
    return noted


@transaction.atomic
def change_follow_up(
    *, follow_up: FollowUp, by: Any, kind: FollowUpKind, on: date | None = None, note: str = ""
) -> FollowUp:
    """Move a follow-up to another day, or note something else on it."""
    journey = Journey.objects.select_for_update().get(pk=follow_up.journey_id)
    noted = _own(follow_up, by)
    day = _checked_day(journey, by, kind, on, besides=noted)
    finished = FollowUp.objects.filter(person=by, journey=journey, kind=kind.value)
    finished = finished.exclude(pk=noted.pk).exclude(done_at=None)
    # It would stand in the way of the one that takes its day.
    (finished.filter(due_on=day) if kind is FollowUpKind.ON_DATE else finished).delete()
    _write(noted, kind, day, note)
    return noted


@transaction.atomic
def finish_follow_up(*, follow_up: FollowUp, by: Any) -> None:
    """Cross a follow-up off; doing it twice changes nothing."""
    noted = _own(follow_up, by)
    if noted.done_at is None:
        noted.done_at = timezone.now()
        noted.save(update_fields=["done_at"])


def _own(follow_up: FollowUp, by: Any) -> FollowUp:
    own = FollowUp.objects.select_for_update().filter(pk=follow_up.pk, person=by).first()
    if own is None:
        raise JourneyRefused(Refusal.FOLLOW_UP_NOT_YOURS)
    return own


def _checked_day(
    journey: Journey,
    by: Any,
    kind: FollowUpKind,
    on: date | None,
    besides: FollowUp | None = None,
) -> date | None:
    """Return the day of a follow-up, or raise JourneyRefused."""
    is_chosen = kind is FollowUpKind.ON_DATE
    day = on if is_chosen else day_of_follow_up(kind, journey.open_stage)
    others = FollowUp.objects.filter(person=by, journey=journey, done_at=None)
    if besides is not None:
        others = others.exclude(pk=besides.pk)
    refusal = refusal_to_follow_up(
        kind,
        day,
        today=timezone.localdate(timezone=timezone.get_default_timezone()),
        may_see=access.may_see(by, journey),
        is_under_way=journey.status in UNDER_WAY,
        others=list(others.values_list("kind", "due_on")),
    )
    if refusal:
        raise JourneyRefused(refusal)
    return day


def _write(noted: FollowUp, kind: FollowUpKind, day: date | None, note: str) -> None:
    if day != noted.due_on or noted.done_at is not None:
        noted.reminded_at = None
    noted.kind, noted.due_on, noted.note = kind.value, day, snapshot(note.strip(), 300)
    noted.done_at = None
    noted.save()
