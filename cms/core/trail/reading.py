"""Reading the whole trail: fast, and at one moment."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.db import connection

# A name as it is read: with the number of its entry.
NAME = ("entry__sequence", "role", "name", "salt", "account")
CHUNK = 2000
_decode = json.JSONDecoder().raw_decode


def rows(queryset: Any) -> Iterator[Any]:
    """Yield the rows of values_list(…) as the database gives them.

    Past Django's converters, which take most of the time of a walk. What they
    would do is left to `instant` and `json_of`.
    """
    statement, values = queryset.query.sql_with_params()
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, values)
        while chunk := cursor.fetchmany(CHUNK):
            yield from chunk


def instant(value: datetime) -> datetime:
    """Return a stored time in UTC. Raises AttributeError for what is none."""
    # SQLite keeps times in UTC, and does not say so.
    return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


def json_of(value: str) -> Any:
    """Return a stored JSON value. Raises ValueError or TypeError for what is none."""
    found, end = _decode(value)
    if end != len(value):
        raise ValueError(value)
    return found


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
