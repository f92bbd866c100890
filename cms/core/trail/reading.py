"""Reading the whole trail: fast, at one moment, and even where it was damaged."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

# A name as it is read: with the number of its entry.
NAME = ("entry__sequence", "role", "name", "salt", "account")
CHUNK = 2000


def rows(model: Any, order: str, *fields: str) -> Iterator[Any]:
    """Read plain values in order: ten times as fast as instances of the model."""
    return model.objects.order_by(order).values_list(order, *fields).iterator(chunk_size=CHUNK)


def readable(rows: Iterator[Any]) -> Iterator[Any]:
    """Yield the rows, and None in place of the first one that is no longer what we wrote."""
    while True:
        try:
            yield next(rows)
        except StopIteration:
            return
        except (AttributeError, TypeError, ValueError):
            yield None
            return


@contextmanager
def one_moment() -> Iterator[None]:
    """Let all reads see the database as it is now, whatever is appended meanwhile."""
    if connection.in_atomic_block:
        yield
        return
    isolation = {"postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"}
    with connection.cursor() as cursor:
        # Past Django's own transactions: those would keep writers out on SQLite.
        cursor.execute(isolation.get(connection.vendor, "BEGIN DEFERRED"))
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
