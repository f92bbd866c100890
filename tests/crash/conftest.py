"""A database with the ground only, and workers on it that can be killed."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness.databases import column, number, own_database
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

    def fill(self, rows: int, *options: str) -> None:
        self.manage("fill_outbox", str(rows), *options)

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
    with own_database(tmp_path) as url:
        environment = {
            "DJANGO_SETTINGS_MODULE": "tests.harness.settings",
            "DATABASE_URL": url,
            "UMLAUF_VAR": str(tmp_path),
            "PYTHONPATH": str(ROOT),
        }
        made = Bench(environment, tmp_path)
        made.manage("migrate", "--run-syncdb", "--verbosity", "0")
        try:
            yield made
        finally:
            made.workers.kill()
