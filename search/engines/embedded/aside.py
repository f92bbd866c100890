"""A few threads for what can be counted while something else is searched.

The index lets go of Python's lock while it works, so that two cores do.
"""

import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import TypeVar

Made = TypeVar("Made")

_THREADS = 4


def begun(work: Callable[[], Made]) -> Future[Made]:
    """Begin some work; ``result()`` waits for it, and raises what it raised."""
    return _pool().submit(work)


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_THREADS, thread_name_prefix="search")


# A forked process has the pool, but not its threads: it would wait for them for ever.
os.register_at_fork(after_in_child=_pool.cache_clear)
