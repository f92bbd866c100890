"""The trail of 100,000 acts: checking all of it, and what one more entry costs."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection, transaction

from cms.core import trail
from cms.core.models import TrailEntry, TrailHead, TrailName
from cms.core.trail import sealing
from cms.core.trail.chain import FACTS, digest_of, plain
from tests.bench.measuring import line, times

ENTRIES, APPENDED, BATCH = 100_000, 300, 5000
START = datetime(2026, 1, 1, tzinfo=UTC)


def run() -> list[str]:
    lay_out()
    sealing.seal(START + timedelta(days=300))
    whole = times(check, range(3))
    reading = times(read, range(3))
    user = get_user_model()._default_manager.create(username="alma")
    ours = times(lambda number: append(user, number), range(APPENDED))
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_trail (note varchar(200))")
    return [
        line(f"trail, {ENTRIES} entries verified", whole, reading),
        line("one entry appended", ours, times(bare, range(APPENDED))),
    ]


def lay_out() -> None:
    """Write the entries as `trail.record` would, in batches; each with two names."""
    previous = trail.GENESIS
    for start in range(1, ENTRIES + 1, BATCH):
        made = []
        for sequence in range(start, start + BATCH):
            facts = facts_of(sequence, previous)
            made.append(TrailEntry(**facts, hash=digest_of(plain(facts))))
            previous = made[-1].hash
        TrailEntry.objects.bulk_create(made)
        TrailName.objects.bulk_create(
            name_of(entry, role) for entry in made for role in entry.commitments
        )
    TrailHead.objects.update_or_create(
        pk=1, defaults={"sequence": ENTRIES, "hash": previous, "at": made[-1].at}
    )


def facts_of(sequence: int, previous: str) -> dict[str, Any]:
    names = {"actor": "Alma Ahrens", "on_behalf_of": "Stadt"}
    facts = (
        sequence,
        START + timedelta(seconds=sequence),
        "bench.act",
        "bench.paper",
        str(sequence % 500),
        {"journey": sequence % 500, "stage": "review", "digest": previous},
        {role: trail.commitment(salt(sequence), name, 7) for role, name in names.items()},
        previous,
    )
    return dict(zip(FACTS, facts, strict=True))


def name_of(entry: TrailEntry, role: str) -> TrailName:
    name = "Alma Ahrens" if role == "actor" else "Stadt"
    return TrailName(entry=entry, role=role, name=name, account=7, salt=salt(entry.sequence))


def salt(sequence: int) -> str:
    return f"{sequence:032x}"


def check(_: int) -> None:
    if (broken := trail.verify()) is not None:
        raise AssertionError(f"The benchmark's trail does not hold: {broken}")


def read(_: int) -> None:
    """The baseline: the same rows, read and not looked at."""
    with connection.cursor() as cursor:
        for table in ("core_trailentry", "core_trailname"):
            cursor.execute(f"SELECT * FROM {table} ORDER BY id")  # noqa: S608
            cursor.fetchall()


def append(user: Any, number: int) -> None:
    trail.record(action="bench.act", subject=user, by=user, payload={"number": number})


def bare(number: int) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_trail (note) VALUES (%s)", [f"bench.act {number}"])
