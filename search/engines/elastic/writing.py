"""Writing entries into one generation, each with its version.

The server lets no older version overwrite a newer one, so that any number of
writers on any number of hosts end in the same index.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from elasticsearch import Elasticsearch, helpers

from search.engines import Change
from search.engines.elastic.connection import GenerationGone
from search.engines.elastic.documents import document_of, tombstone
from search.engines.elastic.generations import Generation, written_by
from search.engines.elastic.vocabulary import learnt
from search.errors import EngineUnavailable, SearchError
from search.german import Analyser

_PER_REQUEST = 100
_BYTES_PER_REQUEST = 8_000_000
_CONFLICT, _NO_SUCH_INDEX = 409, 404
# The server has no room for it just now.
_LATER = frozenset({429, 503})


class Writing:
    def __init__(self, client: Elasticsearch, generation: Generation, analyser: Analyser) -> None:
        self._client = client
        self._generation = generation
        self._analyser = analyser
        self._surfaces: Counter[str] = Counter()

    def write(
        self, changes: Iterable[Change], *, after_each: Callable[[], None] | None = None
    ) -> int:
        """Write changes and see that they are found; return how many were new.

        Raises GenerationGone when it was removed meanwhile, and EngineUnavailable
        when the server refuses for want of room.
        """
        actions = (self._action(change) for change in changes)
        written = 0
        for is_new in self._sent(self._generation.papers, actions):
            written += is_new
            if after_each:
                after_each()
        self._refresh(self._generation.papers)
        if self._surfaces:
            words = learnt(self._client, self._generation, self._surfaces)
            for _ in self._sent(self._generation.words, words):
                if after_each:
                    after_each()
            self._refresh(self._generation.words)
        return written

    def _action(self, change: Change) -> dict[str, Any]:
        if change.entry is None:
            document = tombstone(change.key)
        else:
            document, surfaces = document_of(change.entry, self._analyser)
            self._surfaces.update(surfaces)
        return {
            "_id": change.key,
            "_source": document,
            "version": change.version,
            "version_type": "external_gte",
        }

    def _sent(self, index: str, actions: Iterable[dict[str, Any]]) -> Iterator[bool]:
        """Send actions; yield for each whether it was new."""
        for succeeded, answer in helpers.streaming_bulk(
            self._client,
            actions,
            index=written_by(index),
            require_alias=True,
            chunk_size=_PER_REQUEST,
            max_chunk_bytes=_BYTES_PER_REQUEST,
            raise_on_error=False,
            max_retries=0,
        ):
            if not succeeded:
                _examine(answer["index"])
            yield succeeded

    def _refresh(self, index: str) -> None:
        self._client.indices.refresh(index=index, ignore_unavailable=True)


def _examine(refusal: dict[str, Any]) -> None:
    """Raise for what must not be passed over: a newer version is there is no error."""
    status = refusal["status"]
    if status in _LATER:
        raise EngineUnavailable(f"Elasticsearch takes no writes just now ({status})")
    if status == _NO_SUCH_INDEX:
        raise GenerationGone(refusal["error"])
    if status != _CONFLICT:
        raise SearchError(f"Elasticsearch refuses {refusal['_id']}: {refusal['error']}")
