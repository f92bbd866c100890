"""The clock of the tests on time, and stages with everything that falls due in them."""

from datetime import datetime
from zoneinfo import ZoneInfo

import time_machine
from django.utils import timezone

from cms.core import due
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
    with when(moment):
        return timing.keep_appointments(timezone.now())


def follow_ups(moment):
    with when(moment):
        return timing.send_follow_ups(timezone.now())


def everything(moment):
    with when(moment):
        return due.run_all(timezone.now())


def letters(**payload):
    """Return to whom letters of a kind stand in the outbox."""
    rows = OutboxRow.objects.filter(kind="workflow.mail").order_by("pk")
    return [
        row.payload["user"]
        for row in rows
        if all(row.payload.get(name) == value for name, value in payload.items())
    ]
