"""Work that is noted happens, once, and a failure harms nobody else's work."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from cms.core import outbox
from cms.core.models import OutboxRow

pytestmark = pytest.mark.django_db

done: list[str] = []


@pytest.fixture(autouse=True)
def _only_own_kinds(db: None) -> Iterator[None]:
    """Setting up the site leaves work of its own; these tests see theirs only."""
    before = dict(outbox._handlers)
    outbox._handlers.clear()
    OutboxRow.objects.all().delete()
    done.clear()
    yield
    outbox._handlers.clear()
    outbox._handlers.update(before)


def keep(rows: Sequence[OutboxRow]) -> None:
    done.extend(row.key for row in rows)


def fail_on_poison(rows: Sequence[OutboxRow]) -> None:
    if any(row.key == "poison" for row in rows):
        raise ValueError("cannot read this")
    keep(rows)


@pytest.mark.parametrize("leased", [True, False])
def test_due_work_is_done_once(leased: bool) -> None:
    outbox.handler("test.keep", batch_size=3, leased=leased)(keep)
    for number in range(7):
        outbox.put("test.keep", str(number))

    first, second = outbox.drain(), outbox.drain()

    assert (first.done, second.done) == (7, 0)
    assert done == [str(number) for number in range(7)]


def test_work_put_off_waits_for_its_time() -> None:
    outbox.handler("test.keep")(keep)
    outbox.put("test.keep", "later", due_at=timezone.now() + timedelta(hours=1))

    now = outbox.drain()
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        later = outbox.drain()

    assert (now.done, later.done) == (0, 1)


@pytest.mark.parametrize("leased", [True, False])
def test_a_poisonous_row_does_not_hold_up_its_neighbours(leased: bool) -> None:
    outbox.handler("test.poison", batch_size=10, leased=leased)(fail_on_poison)
    for key in ("a", "poison", "b"):
        outbox.put("test.poison", key)

    drained = outbox.drain()

    assert (drained.done, drained.failed) == (2, 1)
    assert sorted(done) == ["a", "b"]
    assert list(OutboxRow.objects.waiting().values_list("key", "tries")) == [("poison", 1)]


def test_a_row_that_never_works_is_given_up_visibly() -> None:
    outbox.handler("test.poison")(fail_on_poison)
    outbox.put("test.poison", "poison")
    now = timezone.now()

    for _ in range(outbox.MAX_TRIES + 2):
        now += timedelta(hours=1)
        with time_machine.travel(now):
            outbox.drain()

    row = OutboxRow.objects.get()
    assert row.tries == outbox.MAX_TRIES
    assert row.failed_at is not None
    assert "cannot read this" in row.last_error


def test_effect_and_mark_fall_together() -> None:
    """The effect is undone when the row is not marked: no half work after a failure."""

    def write_and_fail(rows: Sequence[OutboxRow]) -> None:
        Group.objects.create(name="half done")
        raise ValueError

    outbox.handler("test.half")(write_and_fail)
    outbox.put("test.half", "x")

    outbox.drain()

    assert not Group.objects.filter(name="half done").exists()


def test_a_leased_row_is_left_alone_until_the_lease_ends() -> None:
    outbox.handler("test.keep", leased=True)(keep)
    row = outbox.put("test.keep", "x")
    OutboxRow.objects.filter(pk=row.pk).update(leased_until=timezone.now() + timedelta(minutes=1))

    under_lease = outbox.drain()
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        after = outbox.drain()

    assert (under_lease.done, after.done) == (0, 1)


def test_an_unclear_effect_is_handed_to_a_person_instead_of_repeated() -> None:
    outbox.handler("test.mail", leased=True, on_unclear="ask")(keep)
    row = outbox.put("test.mail", "x")
    OutboxRow.objects.filter(pk=row.pk).update(leased_until=timezone.now() - timedelta(minutes=1))

    outbox.drain()

    row.refresh_from_db()
    assert done == []
    assert row.failed_at is not None
    assert "unclear" in row.last_error


def test_a_handler_that_cannot_work_now_counts_no_try() -> None:
    def busy(rows: Sequence[OutboxRow]) -> None:
        raise outbox.LeaveForLater

    outbox.handler("test.busy", leased=True)(busy)
    outbox.put("test.busy", "x")

    outbox.drain()

    row = OutboxRow.objects.get()
    assert (row.tries, row.leased_until) == (0, None)


def test_work_of_an_act_that_fails_is_never_due() -> None:
    outbox.handler("test.keep")(keep)

    with transaction.atomic():
        outbox.put("test.keep", "x")
        transaction.set_rollback(True)

    assert outbox.drain().done == 0


def test_the_bell_rings_once_after_commit(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    rings: list[bool] = []
    monkeypatch.setattr("cms.core.tasks.drain.apply_async", lambda **options: rings.append(True))

    with django_capture_on_commit_callbacks(execute=True):
        for number in range(5):
            outbox.put("test.keep", str(number))

    assert rings == [True]


def test_a_broker_that_cannot_be_reached_is_no_error(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    def down(**options: Any) -> None:
        raise ConnectionError("no broker")

    monkeypatch.setattr("cms.core.tasks.drain.apply_async", down)

    with django_capture_on_commit_callbacks(execute=True):
        outbox.put("test.keep", "x")

    assert OutboxRow.objects.waiting().count() == 1


def test_rows_done_long_ago_are_cleaned_up() -> None:
    outbox.handler("test.keep")(keep)
    outbox.put("test.keep", "x")
    outbox.drain()

    kept = outbox.clean_up(timezone.now())
    removed = outbox.clean_up(timezone.now() + timedelta(days=31))

    assert (kept, removed) == (0, 1)
