"""An effect that takes its time, so that a kill finds it in the middle.

With HARNESS_UNLOCKED=1 the claim's lock is off: rows are read, done and marked
without a transaction. That is the negative control of the kill loop.
"""

import os
import time
from collections.abc import Sequence

from django.utils import timezone

from cms.core import outbox
from cms.core.models import OutboxRow
from tests.harness.effects.models import Effect

SECONDS = 0.01


@outbox.handler("harness.effect")
def happen(rows: Sequence[OutboxRow]) -> None:
    for row in rows:
        Effect.objects.create(key=row.key, worker=os.getpid())
    time.sleep(SECONDS)


def _unlocked(work: outbox.Handler, size: int, only: int | None, taken: list[OutboxRow]) -> int:
    taken += OutboxRow.objects.due(timezone.now()).filter(kind=work.kind)[:size]
    if taken:
        work.run(taken)
        outbox._mark_done(taken)
    return len(taken)


if os.environ.get("HARNESS_UNLOCKED"):
    outbox._in_transaction = _unlocked
