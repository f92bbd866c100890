"""How long something takes, many times over."""

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Times:
    """Median and 95th percentile in milliseconds."""

    p50: float
    p95: float

    def __str__(self) -> str:
        return f"{self.p50:8.2f} {self.p95:8.2f} ms"


def times(work: Callable[[Any], object], inputs: Iterable[Any]) -> Times:
    """Measure `work` on each input once."""
    taken = []
    for one in inputs:
        before = time.perf_counter()
        work(one)
        taken.append((time.perf_counter() - before) * 1000)
    cuts = statistics.quantiles(taken, n=20)
    return Times(statistics.median(taken), cuts[18])


def line(name: str, ours: Times, baseline: Times) -> str:
    ratio = ours.p50 / baseline.p50 if baseline.p50 else float("inf")
    return f"{name:<34}{ours}   baseline {baseline}   ratio {ratio:6.2f}"
