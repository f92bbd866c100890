"""kill -9 of the drainer, again and again: the index opens, and nothing acknowledged is lost.

Acknowledged is what the outbox calls done. What was under way is done again when its lease
ends; a hundred times in the long profile.
"""

import logging
import os
import random
import time
from pathlib import Path

import pytest

from tests.harness.kill_loop import wait_until
from tests.search.proofs.conftest import ENGINES
from tests.search.proofs.scene import Scene, heard, say, scene

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("crash")]

log = logging.getLogger("umlauf.proofs")

KILLS = 100 if os.environ.get("UMLAUF_SOAK") else 5
WRITES = 40
LEASE = "0.5"
# So few in one go that a kill comes between two of them.
BATCH = 5


@pytest.mark.parametrize("kind", ENGINES)
def test_the_index_opens_and_nothing_acknowledged_is_lost(kind: str, tmp_path: Path) -> None:
    dice = random.Random(3)
    in_the_midst = 0
    with scene(kind, tmp_path, HARNESS_LEASE=LEASE) as here, here.writer() as writer:
        say(writer, "lay", 50)
        for _ in range(KILLS):
            say(writer, "write", WRITES)
            killed_at_an_odd_moment(here, dice)
            in_the_midst += here.bench.waiting() > 0

            assert here.lost() == []
        with here.drainer():
            wait_until(lambda: here.bench.waiting() == 0, 120, "an empty outbox")

        assert dict(here.engine().holdings()) == here.must_hold()
    log.warning("%s: %s kills, %s in the midst of work", kind, KILLS, in_the_midst)
    assert in_the_midst, "no kill came while there was work"


@pytest.mark.parametrize("kind", ENGINES)
def test_marked_before_it_is_done_work_is_lost(kind: str, tmp_path: Path) -> None:
    """The negative control: were nothing lost like this, the test above proves nothing."""
    with scene(kind, tmp_path, PAPERS_CARELESS="hasty") as here, here.writer() as writer:
        say(writer, "lay", 20)
        with here.drainer(BATCH):
            wait_until(lambda: bool(here.acknowledged()), 60, "the first mark")

        assert here.lost()


def killed_at_an_odd_moment(here: Scene, dice: random.Random) -> None:
    before = here.done()
    with here.drainer(BATCH) as drainer:
        heard(drainer, "begins")
        wait_until(lambda: here.done() > before, 60, "the first mark of this drainer")
        # The next writes have begun: a kill comes before, in or after their commit.
        time.sleep(dice.uniform(0, 0.4))
