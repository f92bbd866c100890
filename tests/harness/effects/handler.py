"""Effects of every kind that the house has, each slow enough for a kill to find it in the middle.

In the database, one transaction with the row's mark; outside and idempotent (an
index: one file per entry, written anew); outside and not (a letter); and rows of
their own that fall due with time. With HARNESS_UNLOCKED=1 all claims are off: rows
are read, done and marked without a transaction or a lease. That is the negative
control of the kill loop.
"""

import os
import time
from collections.abc import Sequence
from contextlib import nullcontext
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.utils import timezone

from cms.core import due, outbox
from cms.core.models import OutboxRow
from tests.harness.effects.models import Deadline, Effect

SECONDS = 0.01
BATCH = 20
UNLOCKED = bool(os.environ.get("HARNESS_UNLOCKED"))


@outbox.handler("harness.effect")
def happen(rows: Sequence[OutboxRow]) -> None:
    for row in rows:
        Effect.objects.create(key=row.key, worker=os.getpid())
    time.sleep(SECONDS)


@outbox.handler("harness.letter", leased=True, on_unclear="ask")
def write_letter(rows: Sequence[OutboxRow]) -> None:
    for row in rows:
        EmailMessage(
            subject=f"Frist {row.key}",
            body="Bitte lesen.",
            to=["bruno@example.org"],
            headers={"Message-ID": f"<{row.key}@example.org>"},
        ).send()
    time.sleep(SECONDS)


@outbox.handler("harness.entry", batch_size=BATCH, leased=True)
def write_entry(rows: Sequence[OutboxRow]) -> None:
    folder = Path(settings.VAR_DIR) / "entries"
    folder.mkdir(exist_ok=True)
    for row in rows:
        half = folder / f".{row.key}.{os.getpid()}"
        half.write_text(str(row.version))
        half.rename(folder / row.key)
    time.sleep(SECONDS)


def let_pass(now: datetime) -> int:
    """See to all deadlines that have passed; return how many."""
    number = 0
    while done := _some_pass(now):
        number += done
    return number


def _some_pass(now: datetime) -> int:
    with nullcontext() if UNLOCKED else transaction.atomic():
        rows = Deadline.objects.filter(due_at__lte=now, passed_at=None).order_by("pk")
        if connection.features.has_select_for_update_skip_locked and not UNLOCKED:
            rows = rows.select_for_update(skip_locked=True)
        pks = [row.pk for row in rows[:BATCH]]
        Effect.objects.bulk_create(Effect(key=f"deadline {pk}", worker=os.getpid()) for pk in pks)
        time.sleep(SECONDS)
        Deadline.objects.filter(pk__in=pks).update(passed_at=timezone.now())
    return len(pks)


due.register("harness.deadlines", let_pass)


def _unlocked(work: outbox.Handler, size: int, only: int | None, taken: list[OutboxRow]) -> int:
    taken += OutboxRow.objects.due(timezone.now()).filter(kind=work.kind)[:size]
    if taken:
        work.run(taken)
        outbox._mark_done(taken)
    return len(taken)


if UNLOCKED:
    outbox._in_transaction = outbox._leased = _unlocked
# A test cannot wait five minutes for what a killed worker held.
outbox.LEASE = timedelta(seconds=float(os.environ.get("HARNESS_LEASE", "300")))
