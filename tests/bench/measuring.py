"""How long something takes, many times over."""

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Times:
    """Median, 95th percentile and mean processor time of this process, in milliseconds.

    Where others are at work on the machine, the processor time is what to compare.
    """

    p50: float
    p95: float
    processor: float

    def __str__(self) -> str:
        return f"{self.p50:8.2f} {self.p95:8.2f} ms"


def times(work: Callable[[Any], object], inputs: Iterable[Any]) -> Times:
    """Measure `work` on each input once."""
    taken = []
    spent = time.process_time()
    for one in inputs:
        before = time.perf_counter()
        work(one)
        taken.append((time.perf_counter() - before) * 1000)
    spent = (time.process_time() - spent) / len(taken) * 1000
    cuts = statistics.quantiles(taken, n=20)
    return Times(statistics.median(taken), cuts[18], spent)


def line(name: str, ours: Times, baseline: Times) -> str:
    ratio = ours.p50 / baseline.p50 if baseline.p50 else float("inf")
    processor = f"processor {ours.processor:8.2f}, {baseline.processor:8.2f} ms"
    return f"{name:<34}{ours}   baseline {baseline}   ratio {ratio:6.2f}   {processor}"
