"""Lists that are read on and on: by keys, so that nothing is told twice or left out in between.

The order is that of the sources, and in each that of the numbers, which never change. What is
new behind the place a caller has reached comes; what is new before it is found by
`changed_since` the next time.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest

from home.api.identities import Identity

MOST_PER_PAGE = 100


class Part(NamedTuple):
    """`rows` with their identities; `last` is where the next part goes on, None at the end."""

    rows: list[tuple[Identity, Any]]
    last: Identity | None


def part_of(sources: Mapping[str, QuerySet[Any]], *, after: Identity | None, per_page: int) -> Part:
    """Read one part of several lists in a row: at most one query for each."""
    rows: list[tuple[Identity, Any]] = []
    kinds = list(sources)
    first = kinds.index(after.kind) if after is not None and after.kind in sources else 0
    for kind in kinds[first:]:
        wanted = sources[kind].order_by("pk")
        if after is not None and after.kind == kind:
            wanted = wanted.filter(pk__gt=after.number)
        rows += [(Identity(kind, row.pk), row) for row in wanted[: per_page + 1 - len(rows)]]
        if len(rows) > per_page:
            return Part(rows[:per_page], rows[per_page - 1][0])
    return Part(rows, None)


def address_with(request: HttpRequest, **changed: Any) -> str:
    """The address of this request with other values for some parameters."""
    given = request.GET.copy()
    for name, value in changed.items():
        given[name] = str(value)
    pairs = [(name, value) for name, values in sorted(given.lists()) for value in values]
    return request.build_absolute_uri(f"{request.path}?{urlencode(pairs)}")


def absolute(request: HttpRequest, path: str | None) -> str | None:
    return request.build_absolute_uri(path) if path else None
