"""A database of their own for processes under test: PostgreSQL where given, else SQLite."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4


@contextmanager
def own_database(folder: Path, template: str = "template1") -> Iterator[str]:
    """Give a DATABASE_URL for a fresh database; it is dropped afterwards.

    On PostgreSQL it may be a copy of another one.
    """
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield f"sqlite:///{folder / 'harness.sqlite3'}"
        return

    import psycopg

    name = f"harness_{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')  # type: ignore[arg-type]
        try:
            yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')  # type: ignore[arg-type]


@contextmanager
def copy_of_the_tests_database(folder: Path) -> Iterator[str]:
    """Give a DATABASE_URL for a copy of the database that tests run on, migrations done.

    Outside of any test's transaction; saves half a minute of migrating. The copy
    is dropped afterwards.
    """
    from django.db import connection

    if connection.vendor == "sqlite":
        path = folder / "copy.sqlite3"
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as copy:
            connection.connection.backup(copy)
        yield f"sqlite:///{path}"
        return

    template = str(connection.settings_dict["NAME"])
    # PostgreSQL copies a database only while nobody is connected to it.
    connection.close()
    with own_database(folder, template=template) as url:
        yield url


@contextmanager
def copy_of(url: str, folder: Path) -> Iterator[str]:
    """Give a DATABASE_URL for a copy of a database that nobody is connected to."""
    with own_database(folder, template=urlsplit(url).path.lstrip("/")) as copy:
        if copy.startswith("sqlite"):
            shutil.copy(url.removeprefix("sqlite:///"), copy.removeprefix("sqlite:///"))
        yield copy


def number(url: str, query: str) -> int:
    """Return the one number that a query gives, past Django and its connections."""
    return int(column(url, query)[0])


def column(url: str, query: str) -> list[Any]:
    """Return the first column of what a query gives, past Django and its connections."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), timeout=20)) as connection:
            return [row[0] for row in connection.execute(query)]

    import psycopg

    with psycopg.connect(url) as server:
        return [row[0] for row in server.execute(query)]  # type: ignore[arg-type]
