"""kill -9 of the workers, twenty times, while a thousand rows are due.

Nothing is lost and nothing happens twice, because claim, effect and done-mark
are one transaction. The negative control runs the same workers with the
claim's lock switched off and must find effects that happened twice.
"""

import os
import random

import pytest

from tests.crash.conftest import Bench
from tests.harness.kill_loop import wait_until

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("crash")]

ROWS, KILLS = (10_000, 200) if os.environ.get("UMLAUF_SOAK") else (1000, 20)


def test_nothing_is_lost_and_nothing_happens_twice(bench: Bench) -> None:
    dice = random.Random(8)
    bench.fill(ROWS)

    for _ in range(KILLS):
        before = bench.effects()
        bench.workers.start(2)
        # Kill in the midst of work, not while Python is still starting.
        wait_until(lambda before=before: bench.effects() > before, 60, "the workers' first effect")
        wait_until(lambda: dice.random() < 0.3, 5, "an odd moment")
        bench.workers.kill()
    killed_at = bench.effects()
    bench.workers.start(2)
    wait_until(lambda: bench.waiting() == 0, 600, "an empty outbox")

    assert killed_at < ROWS, "the kills came too late to prove anything"
    assert bench.effects() == ROWS
    assert bench.different_effects() == ROWS


def test_without_the_claims_lock_effects_happen_twice(bench: Bench) -> None:
    """The negative control: were this green with the lock, the test above proves nothing."""
    bench.fill(300)
    bench.workers.environment = {**bench.environment, "HARNESS_UNLOCKED": "1"}

    bench.workers.start(2)
    wait_until(lambda: bench.waiting() == 0, 600, "an empty outbox")

    assert bench.effects() > bench.different_effects()
