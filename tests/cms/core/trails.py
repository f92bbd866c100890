"""Trails to try things on, and the hand of somebody who has the whole database."""

from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from cms.core import trail
from cms.core.models import TrailEntry
from cms.core.trail import sealing
from cms.core.trail.chain import FACTS, digest_of, plain
from tests import people


def entries(number: int) -> list[TrailEntry]:
    alma = people.alma()
    return [
        trail.record(
            action="test.act", subject=alma, by=alma, on_behalf_of="Stadt", payload={"number": n}
        )
        for n in range(number)
    ]


def seal(hours: int = 0) -> int:
    """Seal as if this many hours had passed."""
    return sealing.seal(timezone.now() + timedelta(hours=hours))


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@contextmanager
def rules_out_of_the_way():
    """What is done inside is undone afterwards; PostgreSQL's rules do not hinder it."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            sql("SET CONSTRAINTS ALL IMMEDIATE")
            sql("SET LOCAL session_replication_role = replica")
        yield
        transaction.set_rollback(True)


def set_head(sequence: int, last_hash: str) -> None:
    sql("UPDATE core_trailhead SET sequence = %s, hash = %s, at = NULL", sequence, last_hash)


def chain_anew(start: int = 1) -> None:
    """Recompute all hashes from `start` on, as somebody does who knows how they are made."""
    before = TrailEntry.objects.filter(sequence__lt=start).last()
    previous, sequence = (before.hash, before.sequence) if before else (trail.GENESIS, 0)
    for facts in TrailEntry.objects.filter(sequence__gte=start).values(*FACTS):
        sequence, facts["previous_hash"] = facts["sequence"], previous
        own = digest_of(plain(facts))
        sql(
            "UPDATE core_trailentry SET previous_hash = %s, hash = %s WHERE sequence = %s",
            previous, own, sequence,
        )  # fmt: skip
        previous = own
    set_head(sequence, previous)
