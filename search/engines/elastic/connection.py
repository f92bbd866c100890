"""The way to the server: short waits, one kind of error, a breaker before it."""

import contextlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError

from search.engines.elastic.breaker import Breaker
from search.errors import EngineUnavailable

log = logging.getLogger("umlauf.search")

_READ_SECONDS = 2.0
# Who hangs at a server that comes back must have let go soon: the index is to follow quickly.
_WRITE_SECONDS = 6.0
_REBUILD_SECONDS = 60.0
# Too many requests, and what a server says that is starting, stopping or behind a proxy.
_AWAY = frozenset({429, 502, 503, 504})
_NOT_LET_IN = frozenset({401, 403})


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where the server is and who we are; empty means: not needed."""

    urls: tuple[str, ...]
    prefix: str = "umlauf"
    user: str = ""
    password: str = ""
    api_key: str = ""
    ca_file: str = ""

    def client(self) -> Elasticsearch:
        options: dict[str, Any] = {}
        if self.api_key:
            options["api_key"] = self.api_key
        elif self.user:
            options["basic_auth"] = (self.user, self.password)
        if self.ca_file:
            options["ca_certs"] = self.ca_file
        # One try: the breaker and the outbox decide when it is time for another.
        return Elasticsearch(list(self.urls), max_retries=0, retry_on_timeout=False, **options)


class GenerationGone(Exception):
    """An index that was there a moment ago is not: another one has taken its place."""


class Connection:
    def __init__(self, address: Address, breaker: Breaker) -> None:
        self._client = address.client()
        self._breaker = breaker

    def reading(self) -> contextlib.AbstractContextManager[Elasticsearch]:
        return self._guarded(_READ_SECONDS)

    def writing(self) -> contextlib.AbstractContextManager[Elasticsearch]:
        return self._guarded(_WRITE_SECONDS)

    def rebuilding(self) -> contextlib.AbstractContextManager[Elasticsearch]:
        return self._guarded(_REBUILD_SECONDS)

    @contextlib.contextmanager
    def _guarded(self, seconds: float) -> Iterator[Elasticsearch]:
        """Lend the client. Raises EngineUnavailable for whatever the server does wrong."""
        if not self._breaker.lets_through():
            raise EngineUnavailable("Elasticsearch failed repeatedly; it is asked again shortly")
        try:
            yield self._client.options(request_timeout=seconds)
        except ApiError as error:
            if _is_gone(error):
                self._breaker.succeeded()
                raise GenerationGone(str(error)) from error
            raise self._unavailable(error) from error
        except TransportError as error:
            self._breaker.failed()
            raise EngineUnavailable(f"Elasticsearch cannot be reached: {error}") from error
        else:
            self._breaker.succeeded()

    def _unavailable(self, error: ApiError) -> EngineUnavailable:
        status = error.status_code
        if status in _AWAY:
            self._breaker.failed()
            return EngineUnavailable(f"Elasticsearch answers {status}")
        if status in _NOT_LET_IN:
            return EngineUnavailable(f"Elasticsearch does not let us in ({status})")
        log.error("search: Elasticsearch refuses a request: %s", error)
        return EngineUnavailable(f"Elasticsearch refuses a request ({status})")


def _is_gone(error: ApiError) -> bool:
    """One of several searches in one request tells it in its own body."""
    body = error.body if isinstance(error.body, dict) else {}
    return isinstance(error, NotFoundError) or body.get("status") == 404
