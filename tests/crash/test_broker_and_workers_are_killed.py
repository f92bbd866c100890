"""Broker and workers die by kill -9 while letters, index entries and deadlines are due.

Nothing is lost, and nothing happens twice. A letter whose worker died between
sending and marking may have gone out or not; nobody can ask the mail server.
Such rows are not sent again but shown to a person (`on_unclear="ask"`): they are
counted on their own, and there is at most one per killed worker.

`make soak` has 10,000 effects due and kills twenty times.
"""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from tests.crash.conftest import Bench
from tests.harness.broker import FolderBroker, RedisBroker, own_broker
from tests.harness.databases import number
from tests.harness.kill_loop import wait_until
from tests.harness.mail_sink import MailSink

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("crash")]

log = logging.getLogger("umlauf.crash")

ROWS, KILLS = (10_000, 20) if os.environ.get("UMLAUF_SOAK") else (300, 3)
WORKERS = 2
# Long enough for one letter, short enough to wait for.
LEASE_SECONDS = 10


@dataclass
class Scene:
    bench: Bench
    broker: RedisBroker | FolderBroker
    sink: MailSink

    def entries(self) -> int:
        return len(list((self.bench.folder / "entries").glob("[!.]*")))

    def happened(self) -> int:
        return self.bench.effects() + self.sink.accepted.total() + self.entries()

    def open(self) -> int:
        passing = "SELECT count(*) FROM effects_deadline WHERE passed_at IS NULL"
        return self.bench.waiting() + number(self.bench.url, passing)

    def unclear(self) -> set[str]:
        shown = "failed_at IS NOT NULL AND last_error LIKE 'unclear%'"
        return set(self.bench.keys("harness.letter", shown))

    def kill_both(self) -> None:
        """Take the broker from under the workers, see them go on, and kill them too."""
        self.broker.kill()
        self.broker.start()
        before = self.happened()
        wait_until(lambda: self.happened() > before, 60, "work after the broker's death")
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


def test_nothing_is_lost_and_nothing_happens_twice(bench: Bench) -> None:
    third = ROWS // 3
    with scene(bench) as scene_:
        bench.fill(3 * third, "--mixed")

        for kill in range(KILLS):
            bench.workers.start(WORKERS)
            # Spread over the whole work, so that every kind is hit.
            share = 3 * third * (kill + 1) // (KILLS + 2)
            wait_until(lambda share=share: scene_.happened() > share, 120, f"{share} effects")
            scene_.kill_both()
        killed_at = scene_.happened()
        bench.workers.start(WORKERS)
        wait_until(lambda: scene_.open() == 0, 600, "nothing left to do")
        unclear, accepted = scene_.unclear(), scene_.sink.accepted

    sent = {key.strip("<>").partition("@")[0] for key in accepted}
    log.info("%s letters unclear, %s of them sent", len(unclear), len(unclear & sent))
    assert killed_at < 3 * third, "the kills came too late to prove anything"
    assert max(accepted.values()) == 1, "letters sent twice"
    assert sent | unclear == set(bench.keys("harness.letter", "true"))
    assert set(bench.keys("harness.letter", "done_at IS NOT NULL")) <= sent
    assert len(unclear) <= KILLS * WORKERS
    assert scene_.entries() == third
    assert (bench.effects(), bench.different_effects()) == (third, third), "deadlines"


def test_without_claims_letters_and_deadlines_happen_twice(bench: Bench) -> None:
    """The negative control: were this green with the claims, the test above proves nothing."""
    with scene(bench, HARNESS_UNLOCKED="1") as scene_:
        bench.fill(300, "--mixed")

        bench.workers.start(WORKERS)
        wait_until(lambda: scene_.open() == 0, 600, "nothing left to do")

    assert max(scene_.sink.accepted.values()) > 1
    assert bench.effects() > bench.different_effects()
