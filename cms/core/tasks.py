"""What the bell and the timer wake. The work itself stands in the database."""

from celery import shared_task
from django.utils import timezone

from cms.core import due, outbox


@shared_task(name="cms.core.tasks.drain")
def drain() -> None:
    outbox.drain()


@shared_task(name="cms.core.tasks.run_due")
def run_due() -> None:
    due.run_all(timezone.now())
