"""Work that falls due with time: deadlines, reminders, dates of entry into force.

What is due stands in the packages' own rows; this registry only says who looks.
Every runner is idempotent: running it twice does the work once.
"""

import logging
from collections.abc import Callable
from datetime import datetime

log = logging.getLogger("umlauf.due")

_runners: dict[str, Callable[[datetime], int]] = {}


def register(name: str, run: Callable[[datetime], int]) -> None:
    """Add a runner; it gets the time and returns how many things it did."""
    _runners[name] = run


def run_all(now: datetime) -> dict[str, int]:
    """Run all; one that fails is logged and does not hold up the others.

    Returns the number of things done by name; -1 marks a failure.
    """
    done = {}
    for name, run in _runners.items():
        try:
            done[name] = run(now)
        except Exception:
            log.exception("due runner %s failed", name)
            done[name] = -1
    return done
