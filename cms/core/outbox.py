"""Work that must happen, as rows; the broker only rings the bell.

`put` writes a row in the caller's transaction: the work is due exactly when the
act that caused it is committed. Workers, the timer, commands and tests all call
`drain`, the one code path. A lost message costs seconds, never the work.

There are two kinds of handlers, because there are two kinds of effects:

* effects in this database: rows are claimed with a lock, effect and done-mark
  are one transaction, so that a crash leaves neither or both;
* effects outside (index, mail, child process), `leased=True`: rows are taken
  under a lease, the effect happens without a transaction, then they are marked.
  After a crash the lease ends and the work is repeated, so it must be
  idempotent; where it cannot be (mail), `on_unclear="ask"` hands it to a person.
"""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from cms.core.models import OutboxRow

log = logging.getLogger("umlauf.outbox")

MAX_TRIES = 8
LEASE = timedelta(minutes=5)
KEEP_DONE = timedelta(days=30)

Run = Callable[[Sequence[OutboxRow]], None]


@dataclass(frozen=True, slots=True)
class Handler:
    kind: str
    run: Run
    batch_size: int
    leased: bool
    on_unclear: Literal["repeat", "ask"]
    housekeeping: bool


@dataclass(slots=True)
class Drained:
    done: int = 0
    failed: int = 0


class Unclear(Exception):
    """A lease lapsed over an effect that may or may not have happened."""

    def __init__(self, rows: list[OutboxRow]) -> None:
        super().__init__(f"{len(rows)} rows")
        self.rows = rows


class LeaveForLater(Exception):
    """Raised by a handler that cannot work just now (a lock is taken): no try is counted."""


_handlers: dict[str, Handler] = {}


def handler(
    kind: str,
    *,
    batch_size: int = 1,
    leased: bool = False,
    on_unclear: Literal["repeat", "ask"] = "repeat",
    housekeeping: bool = False,
) -> Callable[[Run], Run]:
    """Register a function as the handler of rows of `kind`; housekeeping comes last."""

    def keep(run: Run) -> Run:
        _handlers[kind] = Handler(kind, run, batch_size, leased, on_unclear, housekeeping)
        return run

    return keep


def put(
    kind: str,
    key: str,
    payload: dict[str, Any] | None = None,
    *,
    due_at: datetime | None = None,
) -> OutboxRow:
    """Note work that must happen, in the caller's transaction."""
    row = OutboxRow.objects.create(
        kind=kind, key=key, payload=payload or {}, due_at=due_at or timezone.now()
    )
    _ring_on_commit()
    return row


def put_all(kind: str, payloads: Mapping[str, dict[str, Any]]) -> None:
    """Note many pieces of work of one kind, by key, as `put` does; in one query."""
    now = timezone.now()
    OutboxRow.objects.bulk_create(
        OutboxRow(kind=kind, key=key, payload=payload, due_at=now)
        for key, payload in payloads.items()
    )
    _ring_on_commit()


def _ring_on_commit() -> None:
    # One ring per transaction is enough, however many rows it writes.
    if not any(entry[1] is ring for entry in connection.run_on_commit):
        transaction.on_commit(ring)


def ring() -> None:
    """Wake a worker. A broker that cannot be reached is no error: the timer drains too."""
    from cms.core.tasks import drain as drain_task

    try:
        drain_task.apply_async(retry=False)
    except Exception as error:  # any broker's own kind of failure
        log.warning("the bell did not ring (%s); the timer will pick the work up", error)


def drain(limit: int = 1000, kinds: Iterable[str] | None = None) -> Drained:
    """Do what is due, at most `limit` rows; return how many were done and failed."""
    total = Drained()
    wanted = [_handlers[kind] for kind in (_handlers if kinds is None else kinds)]
    for work in sorted(wanted, key=lambda work: work.housekeeping):
        while (room := limit - total.done - total.failed) > 0:
            outcome = _pass(work, min(work.batch_size, room))
            total.done += outcome.done
            total.failed += outcome.failed
            if not outcome.done and not outcome.failed:
                break
    return total


def waiting(kind: str) -> list[int]:
    """Return the keys of the rows of a kind that are waiting now."""
    return list(OutboxRow.objects.waiting().filter(kind=kind).values_list("pk", flat=True))


def settle(pks: Sequence[int]) -> None:
    """Mark rows as done whose work has been done in another way."""
    now = timezone.now()
    for start in range(0, len(pks), 500):
        some = OutboxRow.objects.waiting().filter(pk__in=pks[start : start + 500])
        some.update(done_at=now, leased_until=None)


def kinds() -> list[str]:
    return sorted(_handlers)


def _pass(work: Handler, size: int, only: int | None = None) -> Drained:
    """Take up to `size` rows and do them; a batch that fails is done row by row.

    So one poisonous row counts its own failed tries and never its neighbours'.
    """
    taken: list[OutboxRow] = []
    try:
        done = (_leased if work.leased else _in_transaction)(work, size, only, taken)
        return Drained(done=done)
    except LeaveForLater:
        _set_lease(taken, None)
        return Drained()
    except Unclear as unclear:
        return Drained(failed=_give_up(unclear.rows, "unclear: the worker ended during the work"))
    except Exception as error:
        _set_lease(taken, None)
        if len(taken) == 1:
            log.exception("outbox: %s %s failed", work.kind, taken[0].key)
            return Drained(failed=_count_failure(taken[0], error))
    each = [_pass(work, 1, only=row.pk) for row in taken]
    return Drained(sum(one.done for one in each), sum(one.failed for one in each))


def _in_transaction(work: Handler, size: int, only: int | None, taken: list[OutboxRow]) -> int:
    """Effects in this database: claim, effect and done-mark are one transaction."""
    with transaction.atomic():
        taken += _claimed(work, size, only)
        if taken:
            work.run(taken)
            _mark_done(taken)
    return len(taken)


def _leased(work: Handler, size: int, only: int | None, taken: list[OutboxRow]) -> int:
    """Effects outside: the lease is committed before the work begins."""
    with transaction.atomic():
        rows = _claimed(work, size, only)
        lapsed = [row for row in rows if row.leased_until]
        if lapsed and work.on_unclear == "ask":
            raise Unclear(lapsed)
        _set_lease(rows, timezone.now() + LEASE)
    taken += rows
    if taken:
        work.run(taken)
        _mark_done(taken)
    return len(taken)


def _claimed(work: Handler, size: int, only: int | None) -> list[OutboxRow]:
    """Lock rows that nobody else has; on SQLite the transaction itself is the lock."""
    due = OutboxRow.objects.due(timezone.now()).filter(kind=work.kind)
    if only is not None:
        due = due.filter(pk=only)
    return list(_locked(due)[:size])


def _locked(due: QuerySet[OutboxRow]) -> QuerySet[OutboxRow]:
    if connection.features.has_select_for_update_skip_locked:
        return due.select_for_update(skip_locked=True)
    return due


def _set_lease(rows: Sequence[OutboxRow], until: datetime | None) -> None:
    if rows:
        pks = [row.pk for row in rows]
        OutboxRow.objects.filter(pk__in=pks, done_at=None).update(leased_until=until)


# --- results ----------------------------------------------------------------------


def _mark_done(rows: Sequence[OutboxRow]) -> None:
    OutboxRow.objects.filter(pk__in=[row.pk for row in rows]).update(
        done_at=timezone.now(), leased_until=None
    )


def _count_failure(row: OutboxRow, error: Exception) -> int:
    """Count a failed try and put the row off, longer each time; the last gives up."""
    now = timezone.now()
    row.tries += 1
    row.last_error = f"{type(error).__name__}: {error}"[:2000]
    row.leased_until = None
    row.due_at = now + timedelta(seconds=2**row.tries)
    if row.tries >= MAX_TRIES:
        row.failed_at = now
    row.save()
    return 1


def _give_up(rows: Sequence[OutboxRow], reason: str) -> int:
    for row in rows:
        row.failed_at, row.last_error, row.leased_until = timezone.now(), reason, None
        row.save()
    return len(rows)


def clean_up(now: datetime) -> int:
    """Delete rows done long ago; called by run_due."""
    done, _ = OutboxRow.objects.filter(done_at__lt=now - KEEP_DONE).delete()
    return done
