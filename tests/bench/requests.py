"""How long the requests alone take that an answer of Elasticsearch is made of."""

import time
from collections.abc import Callable
from typing import Any, Self

from elastic_transport import Transport
from elasticsearch import Elasticsearch

from search.engines.elastic.connection import Address
from tests.bench.measuring import Times, times_of


class Recorder:
    """While it is open, adds up what passes between the client and the server."""

    def __init__(self) -> None:
        self._each: list[float] = []
        self._spent = 0.0
        self._perform = Transport.perform_request

    def noting(self, work: Callable[[Any], object]) -> Callable[[Any], object]:
        """The same work; the requests that it makes are one measurement."""

        def noted(given: Any) -> object:
            self._each.append(0.0)
            return work(given)

        return noted

    @property
    def times(self) -> Times:
        return times_of(self._each, self._spent)

    def __enter__(self) -> Self:
        perform = self._perform

        def timed(transport: Transport, *given: Any, **more: Any) -> Any:
            begun, spent = time.perf_counter(), time.process_time()
            try:
                return perform(transport, *given, **more)
            finally:
                self._each[-1] += (time.perf_counter() - begun) * 1000
                self._spent += time.process_time() - spent

        Transport.perform_request = timed  # type: ignore[method-assign]
        return self

    def __exit__(self, *error: object) -> None:
        Transport.perform_request = self._perform  # type: ignore[method-assign]


def removed(address: Address) -> None:
    """Remove all indexes with this prefix."""
    server = Elasticsearch(list(address.urls))
    for name in server.indices.get_alias(index=f"{address.prefix}-*"):
        server.indices.delete(index=name)
