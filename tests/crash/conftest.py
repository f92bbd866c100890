"""A database with the ground only, or with all of the site, and workers that can be killed."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.harness.databases import (
    column,
    copy_of,
    copy_of_the_tests_database,
    number,
    own_database,
)
from tests.harness.kill_loop import ROOT, Workers


class Bench:
    """Workers and their database, asked through processes of its own."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self.environment = environment
        self.url = environment["DATABASE_URL"]
        self.folder = folder
        self.workers = Workers(environment, folder)

    def manage(self, *arguments: str) -> None:
        command = [sys.executable, "manage.py", *arguments]
        subprocess.run(command, env={**os.environ, **self.environment}, cwd=ROOT, check=True)

    def fill(self, rows: int) -> None:
        self.manage("fill_outbox", str(rows))

    def effects(self) -> int:
        return number(self.url, "SELECT count(*) FROM effects_effect")

    def different_effects(self) -> int:
        return number(self.url, "SELECT count(DISTINCT key) FROM effects_effect")

    def waiting(self) -> int:
        return number(self.url, f"SELECT count(*) FROM core_outboxrow WHERE {OPEN}")  # noqa: S608

    def keys(self, kind: str, condition: str) -> list[str]:
        """Return the keys of the outbox rows of a kind that meet a condition."""
        where = f"kind = '{kind}' AND {condition}"
        return column(self.url, f"SELECT key FROM core_outboxrow WHERE {where}")  # noqa: S608


OPEN = "done_at IS NULL AND failed_at IS NULL"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with own_database(tmp_path) as url, _bench("tests.harness.settings", url, tmp_path) as made:
        made.manage("migrate", "--run-syncdb", "--verbosity", "0")
        yield made


@pytest.fixture(scope="module")
def site_database(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A copy of the tests' database, taken outside of any test's transaction."""
    folder = tmp_path_factory.mktemp("site")
    with django_db_blocker.unblock(), copy_of_the_tests_database(folder) as url:
        yield url


@pytest.fixture
def site_bench(site_database: str, tmp_path: Path) -> Iterator[Bench]:
    """A bench with everything that the site has."""
    with (
        copy_of(site_database, tmp_path) as url,
        _bench("tests.crash.settings", url, tmp_path) as made,
    ):
        yield made


@contextmanager
def _bench(settings: str, url: str, folder: Path) -> Iterator[Bench]:
    environment = {
        "DJANGO_SETTINGS_MODULE": settings,
        "DATABASE_URL": url,
        "UMLAUF_VAR": str(folder),
        "PYTHONPATH": str(ROOT),
    }
    made = Bench(environment, folder)
    try:
        yield made
    finally:
        made.workers.kill()
