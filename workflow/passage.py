"""The one door to publication: open only around the engine's own act.

A governed page changes what the public sees only inside `passage(page)`. The
variable belongs to the running thread or task and to one page, so that a
publication in the same request cannot carry another page along.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_open_for: ContextVar[frozenset[Any]] = ContextVar("open_for", default=frozenset())


@contextmanager
def passage(page: Any) -> Iterator[None]:
    """Let this page, and no other, change its live state inside the block."""
    token = _open_for.set(_open_for.get() | {page.pk})
    try:
        yield
    finally:
        _open_for.reset(token)


def is_open(page: Any) -> bool:
    return page.pk is not None and page.pk in _open_for.get()
