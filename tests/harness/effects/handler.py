"""Effects of two kinds, each slow enough for a kill to find it in the middle.

In the database, one transaction with the row's mark; and outside and idempotent (an
index: one file per entry, written anew). With HARNESS_UNLOCKED=1 all claims are off:
rows are read, done and marked without a transaction or a lease. That is the negative
control of the kill loop.
"""

import os
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from cms.core import outbox
from cms.core.models import OutboxRow
from tests.harness.effects.models import Effect

SECONDS = 0.01
BATCH = 20
UNLOCKED = bool(os.environ.get("HARNESS_UNLOCKED"))


@outbox.handler("harness.effect")
def happen(rows: Sequence[OutboxRow]) -> None:
    for row in rows:
        Effect.objects.create(key=row.key, worker=os.getpid())
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
