"""Once a day what has gathered for a person goes out in one letter."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from cms.core import due, outbox
from workflow.letters.calls import LETTER
from workflow.models import DigestLine

# In the morning, before the day's work; what comes later goes out on the next day.
HOUR = 7
KEEP_SENT = timedelta(days=30)


def gather(now: datetime) -> int:
    """Queue the digests of the day; return how many. What has been queued is not again."""
    local = timezone.localtime(now)
    morning = local.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    if local < morning:
        return 0
    waiting = DigestLine.objects.filter(sent_at=None, noted_at__lt=morning)
    persons = list(waiting.order_by().values_list("person", flat=True).distinct())
    queued = sum(_queue(person, morning, now) for person in persons)
    DigestLine.objects.filter(sent_at__lt=now - KEEP_SENT).delete()
    return queued


@transaction.atomic
def _queue(person: Any, morning: datetime, now: datetime) -> int:
    """Lines are marked and the letter noted together: killed in between, it is neither or both."""
    lines = DigestLine.objects.select_for_update().filter(
        person=person, sent_at=None, noted_at__lt=morning
    )
    numbers = list(lines.values_list("pk", flat=True))
    if not numbers:
        return 0
    DigestLine.objects.filter(pk__in=numbers).update(sent_at=now)
    key = f"digest:{person}:{morning.date().isoformat()}"
    outbox.put(LETTER, key, {"user": person, "lines": numbers})
    return 1


def connect() -> None:
    due.register("digests", gather)
