"""Noting a job and doing it, beside a bare row written and updated."""

from collections.abc import Sequence

from django.db import connection, transaction

from cms.core import outbox
from cms.core.models import OutboxRow
from tests.bench.measuring import line, times

ROWS = 300


@outbox.handler("bench.nothing")
def nothing(rows: Sequence[OutboxRow]) -> None:
    pass


def through_the_outbox(number: int) -> None:
    with transaction.atomic():
        outbox.put("bench.nothing", str(number))
    outbox.drain(kinds=["bench.nothing"])


def bare(number: int) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench (note) VALUES (%s)", [str(number)])
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE bench SET done = 1 WHERE note = %s", [str(number)])


def run() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench (note varchar(20), done integer DEFAULT 0)")
        cursor.execute("CREATE INDEX bench_note ON bench (note)")
    return [line("one job through the outbox", times(through_the_outbox, range(ROWS)),
                 times(bare, range(ROWS)))]  # fmt: skip
