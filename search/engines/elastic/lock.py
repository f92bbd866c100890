"""One rebuild at a time, whatever host it runs on: a document says who is at it."""

import contextlib
import os
import socket
import time
from collections.abc import Iterator
from typing import Any

from elasticsearch import BadRequestError, ConflictError, Elasticsearch, NotFoundError

from search.errors import EngineBusy

_ID = "rebuild"
# Who gave no sign of life for so long has died; on the same host we see it at once.
_EXPIRES_SECONDS = 120.0
_RENEWED_SECONDS = 15.0


class RebuildLock:
    def __init__(self, client: Elasticsearch, prefix: str) -> None:
        self._client = client
        self._index = f"{prefix}-lock"
        self._place: dict[str, Any] = {}
        self._renewed = 0.0

    @contextlib.contextmanager
    def held(self) -> Iterator["RebuildLock"]:
        """Hold the lock; raise EngineBusy when another rebuild runs."""
        with contextlib.suppress(BadRequestError):  # it is there
            self._client.indices.create(
                index=self._index, mappings={"dynamic": False}, settings={"number_of_shards": 1}
            )
        self._take()
        try:
            yield self
        finally:
            with contextlib.suppress(ConflictError, NotFoundError):
                self._client.delete(index=self._index, id=_ID, **self._place)

    def renew(self) -> None:
        """Give a sign of life. Raises EngineBusy when another one has taken over."""
        if time.monotonic() < self._renewed + _RENEWED_SECONDS:
            return
        try:
            self._note(**self._place)
        except ConflictError as error:
            raise EngineBusy("another rebuild took this one for dead") from error

    def _take(self) -> None:
        with contextlib.suppress(ConflictError):
            self._note(op_type="create")
            return
        try:
            held = self._client.get(index=self._index, id=_ID)
            if _is_alive(held["_source"]):
                raise EngineBusy("another rebuild is running")
            self._note(if_seq_no=held["_seq_no"], if_primary_term=held["_primary_term"])
        except (ConflictError, NotFoundError) as error:
            raise EngineBusy("another rebuild is running") from error

    def _note(self, **how: Any) -> None:
        sign = {"host": socket.gethostname(), "pid": os.getpid(), "at": time.time()}
        noted = self._client.index(index=self._index, id=_ID, document=sign, **how)
        self._place = {"if_seq_no": noted["_seq_no"], "if_primary_term": noted["_primary_term"]}
        self._renewed = time.monotonic()


def _is_alive(sign: dict[str, Any]) -> bool:
    if time.time() > sign["at"] + _EXPIRES_SECONDS:
        return False
    if sign["host"] != socket.gethostname():
        return True
    try:
        os.kill(sign["pid"], 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
