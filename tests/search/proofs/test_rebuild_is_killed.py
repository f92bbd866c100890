"""A rebuild dies by kill -9 while people write and search, and is begun anew.

In the end nothing is missing, nothing is wrong, no half-built index is left, and at no
moment did anybody search in vain. 20,000 papers and ten kills in the long profile.
"""

import logging
import os
import random
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from search.engines import Engine
from search.questions import Question
from tests.harness.kill_loop import ROOT, wait_until
from tests.search.proofs.conftest import ENGINES
from tests.search.proofs.papers.contents import STANDING, WORD, entry
from tests.search.proofs.scene import Scene, say, scene, tell

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("crash")]

log = logging.getLogger("umlauf.proofs")

SOAK = bool(os.environ.get("UMLAUF_SOAK"))
PAPERS, KILLS = (20_000, 10) if SOAK else (300, 2)
WRITES_PER_SECOND = SEARCHES_PER_SECOND = 10
# For each 25 papers that a rebuild reads, so that writes come in between.
SLOWLY = "0" if SOAK else "0.05"
SECONDS = 900


class Asker(threading.Thread):
    """Asks for the standing paper again and again; what it does not find, it keeps."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(daemon=True)
        self.engine = engine
        self.asked = 0
        self.vain: list[str] = []
        self._ended = threading.Event()

    def run(self) -> None:
        question = Question(text=WORD, tokens=frozenset({"public"}), with_facets=False)
        while not self._ended.wait(1 / SEARCHES_PER_SECOND):
            self.asked += 1
            try:
                keys = [hit.key for hit in self.engine.ask(question).hits]
            except Exception as error:  # whatever it is, somebody searched in vain
                self.vain.append(repr(error))
            else:
                if keys != [entry(STANDING, 1).key]:
                    self.vain.append(str(keys))

    def end(self) -> None:
        self._ended.set()
        self.join()


def rebuild(here: Scene) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "manage.py", "rebuild_index"]
    environment = {**os.environ, **here.bench.environment}
    return subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)


def filling(here: Scene) -> "subprocess.Popen[bytes]":
    """Begin a rebuild and wait until its index is there."""
    before = here.generations()
    running = rebuild(here)
    wait_until(lambda: bool(here.generations() - before), SECONDS, "an index to be filled")
    return running


def filled(here: Scene, writer: "subprocess.Popen[str]") -> float:
    """Lay the papers and have them indexed; return the seconds that this rebuild took."""
    say(writer, "lay", PAPERS)
    begun = time.monotonic()
    assert rebuild(here).wait(SECONDS) == 0
    return time.monotonic() - begun


@pytest.mark.parametrize("kind", ENGINES)
def test_nothing_is_missing_wrong_or_left_over(kind: str, tmp_path: Path) -> None:
    dice = random.Random(4)
    killed, most = 0, 0
    with (
        scene(kind, tmp_path, PAPERS_SECONDS=SLOWLY, HARNESS_LEASE="5") as here,
        here.writer(WRITES_PER_SECOND) as writer,
    ):
        seconds = filled(here, writer)
        here.bench.workers.start(1)
        wait_until(lambda: here.bench.waiting() == 0, SECONDS, "an empty outbox")
        asker = Asker(here.engine())
        asker.start()

        tell(writer, "write", 10**6)
        while killed < KILLS:
            # Every other one while an index is being filled, the others at any moment at all.
            running = filling(here) if killed % 2 == 0 else rebuild(here)
            time.sleep(dice.uniform(0, 0.4 if killed % 2 == 0 else 1.0) * seconds)
            running.kill()
            killed += running.wait() != 0
            most = max(most, len(here.generations()))
        assert rebuild(here).wait(SECONDS) == 0
        left = len(here.generations())
        writer.kill()
        wait_until(lambda: here.bench.waiting() == 0, SECONDS, "an empty outbox")
        asker.end()

        drift = here.check()
        assert dict(here.engine().holdings()) == here.must_hold()
    log.warning("%s: %s kills, %s searches, at most %s indexes", kind, killed, asker.asked, most)
    assert (drift["missing"], drift["outdated"], drift["surplus"]) == ([], [], [])
    assert most > 1, "no kill left anything behind that could have been left over"
    assert left == 1
    assert asker.vain == []


@pytest.mark.parametrize("kind", ENGINES)
def test_a_rebuild_that_does_not_hear_of_writes_loses_them(kind: str, tmp_path: Path) -> None:
    """The negative control: were nothing wrong like this, the test above proves nothing."""
    with (
        scene(kind, tmp_path, PAPERS_CARELESS="deaf", PAPERS_SECONDS="0.1") as here,
        here.writer() as writer,
        here.drainer(),
    ):
        say(writer, "lay", 600)
        wait_until(lambda: here.bench.waiting() == 0, SECONDS, "an empty outbox")
        running = filling(here)
        say(writer, "write", 200)
        wait_until(lambda: here.bench.waiting() == 0, SECONDS, "an empty outbox")
        assert running.wait(SECONDS) == 0

        drift = here.check()

    assert drift["missing"] or drift["outdated"] or drift["surplus"]
