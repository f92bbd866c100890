"""The generation that answers, with the analyser that belongs to it."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from elasticsearch import Elasticsearch

from search.engines.elastic.connection import Connection, GenerationGone
from search.engines.elastic.generations import (
    Generation,
    Generations,
    lexicon_of,
    lexicon_version,
    manifest_of,
)
from search.engines.manifest import Manifest
from search.errors import EngineUnavailable
from search.german import Analyser

Read = TypeVar("Read")

# A generation that was replaced is gone, and whoever asks it hears so. This is for the
# hour when removing the old one failed.
_LOOK_AGAIN_SECONDS = 10.0
# The one that answers and the one that is being built.
_KEPT = 2


@dataclass(frozen=True, slots=True)
class Reader:
    generation: Generation
    manifest: Manifest
    analyser: Analyser
    # Of the lexicon whose abbreviations the analyser knows.
    lexicon_version: int


class Readers:
    """Keeps readers, one set per process: their analysers remember words."""

    def __init__(self, connection: Connection, generations: Generations) -> None:
        self._connection = connection
        self._generations = generations
        self._lock = threading.Lock()
        self._readers: dict[Generation, Reader] = {}
        self._answering: Generation | None = None
        self._looked_at = float("-inf")

    def read(self, read: Callable[[Elasticsearch, Reader], Read], nothing: Read) -> Read:
        """Read from the generation that answers; ``nothing`` before the first write."""
        for last_try in (False, True):
            try:
                with self._connection.reading() as client:
                    reader = self._current(client)
                    return read(client, reader) if reader else nothing
            except GenerationGone as error:
                self._looked_at = float("-inf")
                if last_try:
                    raise EngineUnavailable(f"The index cannot be read: {error}") from error
        return nothing

    def of(self, client: Elasticsearch, generation: Generation) -> Reader:
        with self._lock:
            reader = self._readers.get(generation)
        if reader is None:
            manifest = manifest_of(client, generation, self._generations.version)
            lexicon, version = lexicon_of(client, generation)
            reader = Reader(generation, manifest, Analyser(lexicon), version)
            with self._lock:
                while len(self._readers) >= _KEPT:
                    self._readers.pop(next(iter(self._readers)))
                self._readers[generation] = reader
        return reader

    def _current(self, client: Elasticsearch) -> Reader | None:
        now = time.monotonic()
        if self._answering is None or now > self._looked_at + _LOOK_AGAIN_SECONDS:
            self._answering = self._generations.state(client).current
            self._looked_at = now
            if self._answering:
                self._relearn(client, self._answering)
        return self.of(client, self._answering) if self._answering else None

    def _relearn(self, client: Elasticsearch, generation: Generation) -> None:
        """Take over abbreviations that were learnt meanwhile, here or on another host."""
        with self._lock:
            reader = self._readers.get(generation)
        if reader is None or lexicon_version(client, generation) == reader.lexicon_version:
            return
        lexicon, version = lexicon_of(client, generation)
        reader.analyser.relearn(lexicon)
        with self._lock:
            self._readers[generation] = replace(reader, lexicon_version=version)
