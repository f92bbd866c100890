"""A database, an index and processes that write, drain and rebuild; and what both must hold."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from search.engines import Engine
from search.engines.elastic import ElasticEngine
from search.engines.elastic.connection import Address
from search.engines.embedded import EmbeddedEngine
from search.indexing import KIND
from tests.crash.conftest import OPEN, Bench
from tests.harness.databases import column, own_database
from tests.harness.kill_loop import ROOT
from tests.search.elastic import URL, indexes_of, own_address
from tests.search.proofs.papers.contents import PREFIX, entry

PAPERS = "tests.search.proofs.papers"


@dataclass
class Scene:
    bench: Bench
    address: Address | None

    def engine(self) -> Engine:
        """The index, opened afresh."""
        if self.address:
            return ElasticEngine(self.address)
        return EmbeddedEngine(self.bench.folder / "search")

    def generations(self) -> set[str]:
        """All indexes there are: the one that answers, half-built and left-over ones."""
        if self.address:
            return {name.partition("-v")[2] for name in indexes_of(self.address)} - {""}
        return {path.name for path in (self.bench.folder / "search").glob("g-*")}

    @contextmanager
    def process(self, *command: str, **environment: str) -> Iterator["subprocess.Popen[str]"]:
        """A process of this scene; whatever becomes of it, it is not left behind."""
        running = subprocess.Popen(
            [sys.executable, *command],
            env={**os.environ, **self.bench.environment, **environment},
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            yield running
        finally:
            running.kill()
            running.communicate()

    def writer(self, per_second: float = 1000) -> Any:
        return self.process("-m", f"{PAPERS}.write", str(per_second))

    def drainer(self, batch: int = 200) -> Any:
        return self.process("-m", f"{PAPERS}.drain", str(batch))

    def check(self) -> dict[str, Any]:
        """What check_index says."""
        command = [sys.executable, "manage.py", "check_index", "--json"]
        environment = {**os.environ, **self.bench.environment}
        said = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True)
        return json.loads(said.stdout)

    def must_hold(self) -> dict[str, str]:
        """The digest of each paper as it is in the database."""
        query = "SELECT id || ' ' || state FROM papers_paper WHERE live"
        rows = (map(int, row.split()) for row in column(self.bench.url, query))
        entries = [entry(number, state) for number, state in rows]
        return {one.key: one.content_digest for one in entries}

    def done(self) -> int:
        return len(self.bench.keys(KIND, "done_at IS NOT NULL"))

    def acknowledged(self) -> set[str]:
        """The keys of which every change is marked as done."""
        noted = f"kind = '{KIND}' AND key LIKE '{PREFIX}%'"
        done = set(self.bench.keys(KIND, f"{noted} AND done_at IS NOT NULL"))
        return done - set(self.bench.keys(KIND, f"{noted} AND {OPEN}"))

    def lost(self) -> list[str]:
        """What was acknowledged, and is not in the index as it is in the database."""
        must, held = self.must_hold(), dict(self.engine().holdings())
        return [key for key in self.acknowledged() if held.get(key) != must.get(key)]


@contextmanager
def scene(kind: str, folder: Path, **environment: str) -> Iterator[Scene]:
    with ExitStack() as made:
        address = made.enter_context(own_address()) if kind == "elastic" else None
        url = made.enter_context(own_database(folder))
        bench = Bench(
            {
                "DJANGO_SETTINGS_MODULE": "tests.search.proofs.settings",
                "DATABASE_URL": url,
                "UMLAUF_VAR": str(folder),
                "PYTHONPATH": str(ROOT),
                "CELERY_BROKER_URL": "filesystem://localhost",
                "ELASTICSEARCH_URL": URL if address else "",
                "ELASTICSEARCH_PREFIX": address.prefix if address else "umlauf",
                **environment,
            },
            folder,
        )
        made.callback(bench.workers.kill)
        bench.manage("migrate", "--run-syncdb", "--verbosity", "0")
        yield Scene(bench, address)


def say(process: "subprocess.Popen[str]", what: str, count: int) -> None:
    """Have the writer do something and wait until it has."""
    tell(process, what, count)
    heard(process, "done")


def tell(process: "subprocess.Popen[str]", what: str, count: int) -> None:
    assert process.stdin
    process.stdin.write(f"{what} {count}\n")
    process.stdin.flush()


def heard(process: "subprocess.Popen[str]", word: str) -> None:
    assert process.stdout
    line = process.stdout.readline()
    assert line.strip() == word, line
