"""The port to an engine: what search asks of an index, whatever holds it.

Contract tests in tests/search hold every engine to the same behaviour. Two
promises matter most: an older version never overwrites a newer one, and only
entries that share a token with the question count for anything, facets,
suggestions and corrections included.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from django.conf import settings

from search.entries import Entry
from search.explaining import Explanation
from search.german import Lexicon
from search.german.abbreviations import LongForms
from search.questions import Answer, Question


@dataclass(frozen=True, slots=True)
class Change:
    """The state of one entry at a version; ``entry`` is None when it is gone."""

    key: str
    version: int
    entry: Entry | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Info:
    """``stale`` says in English why the index must be built anew; empty when it need not.
    ``schema`` and ``analysis`` are the versions it was built with."""

    engine: str
    entries: int = 0
    built_at: str = ""
    stale: str = ""
    schema: int = 0
    analysis: int = 0


# Reads the present state of keys that changed at a version.
Reread = Callable[[Mapping[str, int]], Iterable[Change]]


class Engine(Protocol):
    def write(self, changes: Iterable[Change]) -> int:
        """Write changes, return how many were new.

        The changes are drawn once. Where one writer at a time holds a lock, they are
        drawn under it; where there are many, the server compares versions: a state is
        read after the row that gave its version was written.
        Raises EngineBusy when the lock is not free within a few seconds, and
        EngineUnavailable when a server takes no writes.
        """
        ...

    def ask(self, question: Question) -> Answer: ...

    def explain(self, question: Question, key: str) -> Explanation | None:
        """What makes up the score of one hit; None when the question does not find it."""
        ...

    def suggest(
        self, prefix: str, tokens: frozenset[str], limit: int = 8, *, within: str = ""
    ) -> list[str]:
        """Words that begin so and stand in entries these tokens open, perhaps of one whole."""
        ...

    def rebuild(self, lexicon: Lexicon, entries: Iterable[Entry], reread: Reread) -> int:
        """Build a new index beside the one that answers, then put it in place.

        What was written to the old one meanwhile is read again before the swap, or
        was written to both. Returns the number of entries. Raises EngineBusy when another
        rebuild runs.
        """
        ...

    def learn(self, abbreviations: Mapping[str, LongForms]) -> bool:
        """Let questions be widened by these abbreviations, and no others, from now on.

        Returns whether they are others than before. Raises EngineBusy and
        EngineUnavailable as ``write`` does.
        """
        ...

    def holdings(self) -> Iterator[tuple[str, str]]:
        """Key and content digest of every entry, to compare with the sources."""
        ...

    def info(self) -> Info: ...


@lru_cache(maxsize=4)
def _embedded(folder: str) -> Engine:
    from search.engines.embedded import EmbeddedEngine

    return EmbeddedEngine(folder)


@lru_cache(maxsize=4)
def _elastic(urls: tuple[str, ...], **address: str) -> Engine:
    from search.engines.elastic import ElasticEngine
    from search.engines.elastic.connection import Address

    return ElasticEngine(Address(urls=urls, **address))


def get_engine() -> Engine:
    """Return this installation's engine; cheap, call it every time."""
    if not settings.ELASTICSEARCH_URL:
        return _embedded(str(settings.SEARCH_INDEX_DIR))
    return _elastic(
        tuple(settings.ELASTICSEARCH_URL),
        prefix=settings.ELASTICSEARCH_PREFIX,
        user=settings.ELASTICSEARCH_USER,
        password=settings.ELASTICSEARCH_PASSWORD,
        api_key=settings.ELASTICSEARCH_API_KEY,
        ca_file=settings.ELASTICSEARCH_CA,
    )
