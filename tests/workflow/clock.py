"""The clock of the tests on time, and stages with everything that falls due in them."""

from datetime import datetime
from zoneinfo import ZoneInfo

import time_machine
from django.utils import timezone

from cms.core import due, outbox
from cms.core.models import OutboxRow
from tests.stand_ins.journeys import REVIEW
from workflow.actions import timing

BERLIN = ZoneInfo("Europe/Berlin")
HEAD = {"kind": "group", "key": "ministry", "label": "Hausleitung"}
TIMED = {**REVIEW, "deadline": {"working_days": 5}}


def at(year, month, day, hour=9, minute=0, second=0):
    return datetime(year, month, day, hour, minute, second, tzinfo=BERLIN)


def when(moment):
    """Let it be that moment for as long as the block lasts."""
    return time_machine.travel(moment, tick=False)


def timer(moment):
    """Let the timer look at a moment; return how many appointments had an effect."""
    return _look(timing.keep_appointments, moment)


def follow_ups(moment):
    """Let the timer look for follow-ups; return how many people were reminded."""
    return _look(timing.send_follow_ups, moment)


def _look(run, moment):
    with when(moment):
        done = run(timezone.now())
        # Who is meant is found out behind the act, by the worker.
        outbox.drain(kinds=["workflow.call"])
        return done


def everything(moment):
    with when(moment):
        return due.run_all(timezone.now())


def letters(event):
    """Return to whom letters on something stand in the outbox, once for each letter."""
    rows = OutboxRow.objects.filter(kind="workflow.mail", payload__event=event).order_by("pk")
    return [row.payload["user"] for row in rows]
