"""Broker and workers die by kill -9 while appointments, letters and index entries are due.

Nothing is lost, and nothing happens twice. The appointments are those of real
journeys, kept by the real timer; each has a letter follow, which a person is sent. A
letter whose worker died between sending and marking may have gone out or not; nobody
can ask the mail server. Such rows are not sent again but shown to a person
(`on_unclear="ask"`): they are counted on their own, at most one per killed worker.

`make soak` has 10,000 effects due and kills twenty times.
"""

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from tests.crash.conftest import Bench
from tests.harness.broker import FolderBroker, RedisBroker, own_broker
from tests.harness.databases import number
from tests.harness.kill_loop import ROOT, wait_until
from tests.harness.mail_sink import MailSink

# The mark has the tests' database made, of which each bench gets a copy.
pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.xdist_group("crash")]

log = logging.getLogger("umlauf.crash")

PAPERS, ENTRIES, KILLS = (1000, 3000, 20) if os.environ.get("UMLAUF_SOAK") else (10, 30, 1)
WORKERS = 2
# Long enough for one letter, short enough to wait for.
LEASE_SECONDS = 10


@dataclass
class Scene:
    bench: Bench
    broker: RedisBroker | FolderBroker
    sink: MailSink

    def lay(self, papers: int, entries: int) -> None:
        command = [sys.executable, "-m", "tests.crash.lay_papers", str(papers), str(entries)]
        environment = {**os.environ, **self.bench.environment}
        subprocess.run(command, env=environment, cwd=ROOT, check=True)

    def count(self, table: str, condition: str) -> int:
        query = f"SELECT count(*) FROM {table} WHERE {condition}"  # noqa: S608
        return number(self.bench.url, query)

    def entries(self) -> int:
        return len(list((self.bench.folder / "entries").glob("[!.]*")))

    def kept(self) -> int:
        return self.count("workflow_appointment", "done_at IS NOT NULL")

    def happened(self) -> int:
        return self.kept() + self.sink.accepted.total() + self.entries()

    def open(self) -> int:
        """Return how much is still to come; a call becomes letters, so rows are asked last."""
        return self.count("workflow_appointment", "done_at IS NULL") + self.bench.waiting()

    def acts(self) -> int:
        """Return how often the trail says that somebody was reminded or escalated to."""
        acts = "'workflow.reminded', 'workflow.escalated'"
        return self.count("core_trailentry", f"action IN ({acts})")

    def unclear(self) -> set[str]:
        shown = "failed_at IS NOT NULL AND last_error LIKE 'unclear%'"
        return set(self.bench.keys("workflow.mail", shown))

    def kill_both(self) -> None:
        """Take the broker from under the workers, see them go on, and kill them too."""
        self.broker.kill()
        self.broker.start()
        before = self.happened()
        wait_until(
            lambda: self.happened() > before or self.open() == 0,
            60,
            "work after the broker's death",
        )
        self.bench.workers.kill()


@contextmanager
def scene(bench: Bench, **environment: str) -> Iterator[Scene]:
    broker = own_broker(bench.folder, os.environ.get("CELERY_BROKER_URL", ""))
    with MailSink() as sink:
        bench.environment |= {
            "CELERY_BROKER_URL": broker.url,
            "EMAIL_URL": sink.url,
            "HARNESS_LEASE": str(LEASE_SECONDS),
            **environment,
        }
        broker.start()
        try:
            yield Scene(bench, broker, sink)
        finally:
            bench.workers.kill()
            broker.kill()


def test_nothing_is_lost_and_nothing_happens_twice(site_bench: Bench) -> None:
    appointments, letters = 2 * PAPERS, 5 * PAPERS
    with scene(site_bench) as scene_:
        scene_.lay(PAPERS, ENTRIES)

        for kill in range(KILLS):
            site_bench.workers.start(WORKERS)
            # Spread over the slow work; the entries go fast, and would be gone before the last.
            share = (letters + appointments) * (kill + 1) // (KILLS + 2)
            wait_until(lambda share=share: scene_.happened() > share, 300, f"{share} effects")
            scene_.kill_both()
        killed_at = scene_.happened()
        site_bench.workers.start(WORKERS)
        wait_until(lambda: scene_.open() == 0, 900, "nothing left to do")
        unclear, accepted = scene_.unclear(), scene_.sink.accepted

    noted = site_bench.keys("workflow.mail", "true")
    done = site_bench.keys("workflow.mail", "done_at IS NOT NULL")
    log.warning("%s letters unclear, %s sent of %s", len(unclear), len(accepted), letters)
    assert killed_at < letters + appointments + ENTRIES, "the kills came too late to prove anything"
    assert max(accepted.values()) == 1, "letters sent twice"
    assert len(set(noted)) == len(noted) == letters
    assert len(done) + len(unclear) == letters
    assert len(done) <= len(accepted) <= letters
    assert len(unclear) <= KILLS * WORKERS
    assert (scene_.kept(), scene_.acts()) == (appointments, appointments)
    assert scene_.entries() == ENTRIES


def test_without_claims_letters_or_appointments_happen_twice(site_bench: Bench) -> None:
    """The negative control: were this green with the claims, the test above proves nothing.

    Which of them two workers meet at is chance.
    """
    with scene(site_bench, HARNESS_UNLOCKED="1") as scene_:
        scene_.lay(10, 0)

        site_bench.workers.start(WORKERS)
        wait_until(lambda: scene_.open() == 0, 600, "nothing left to do")

    assert max(scene_.sink.accepted.values()) > 1 or scene_.acts() > scene_.kept()
