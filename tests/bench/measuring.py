"""How long something takes, many times over."""

import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH = 48


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
    return times_of(taken, time.process_time() - spent)


def times_of(taken: Sequence[float], spent: float) -> Times:
    """From single times in milliseconds and processor time in seconds, of all of them."""
    cuts = statistics.quantiles(taken, n=20)
    return Times(statistics.median(taken), cuts[18], spent / len(taken) * 1000)


def for_a_while(inputs: Iterable[Any], *, seconds: float = 60.0, least: int = 20) -> Iterator[Any]:
    """Yield no more once the time is over: some baselines would take an hour."""
    end = time.perf_counter() + seconds
    for number, one in enumerate(inputs):
        if number >= least and time.perf_counter() > end:
            return
        yield one


def line(name: str, ours: Times, baseline: Times) -> str:
    ratio = ours.p50 / baseline.p50 if baseline.p50 else float("inf")
    processor = f"processor {ours.processor:8.2f}, {baseline.processor:8.2f} ms"
    return f"{name:<{WIDTH}}{ours}   baseline {baseline}   ratio {ratio:6.2f}   {processor}"
