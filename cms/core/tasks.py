"""What the bell and the timer wake. The work itself stands in the database."""

from typing import Any

from celery import shared_task
from celery.signals import worker_ready
from django.utils import timezone

from cms.core import due, outbox


@shared_task(name="cms.core.tasks.drain")
def drain() -> None:
    outbox.drain()


@worker_ready.connect
def drain_at_start(**kwargs: Any) -> None:
    """What was left when the last worker ended is not left to wait for the timer."""
    outbox.ring()


@shared_task(name="cms.core.tasks.run_due")
def run_due() -> None:
    due.run_all(timezone.now())
