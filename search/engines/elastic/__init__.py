"""The engine for installations that outgrow one machine: Elasticsearch 9."""

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from importlib.metadata import version

from elasticsearch import Elasticsearch, NotFoundError
from elasticsearch.dsl import Search
from elasticsearch.dsl.query import Term

from search.answering import Answering
from search.engines import Change, Info, Reread
from search.engines.elastic import schema
from search.engines.elastic.breaker import Breaker
from search.engines.elastic.connection import Address, Connection, GenerationGone
from search.engines.elastic.generations import Generation, Generations, learn
from search.engines.elastic.lock import RebuildLock
from search.engines.elastic.reading import Reader, Readers
from search.engines.elastic.view import ElasticView
from search.engines.elastic.writing import Writing
from search.entries import Entry
from search.errors import EngineUnavailable
from search.explaining import Explaining, Explanation
from search.german import Analyser, Lexicon
from search.german.abbreviations import LongForms
from search.questions import NOTHING, Answer, Question

_PAGE = 1000
_KEEP_ALIVE = "2m"


class ElasticEngine:
    """An index on a server, for any number of readers and writers on any number of hosts."""

    def __init__(
        self,
        address: Address,
        *,
        breaker: Breaker | None = None,
        schema_version: int = schema.VERSION,
    ) -> None:
        self._prefix = address.prefix
        self._connection = Connection(address, breaker or Breaker())
        self._generations = Generations(address.prefix, schema_version)
        self._readers = Readers(self._connection, self._generations)

    # --- reading ------------------------------------------------------------------

    def ask(self, question: Question) -> Answer:
        if not question.tokens:
            return NOTHING
        begun = time.perf_counter()

        def answered(client: Elasticsearch, reader: Reader) -> Answer:
            return Answering(ElasticView(client, reader, question), question).answer()

        answer = self._readers.read(answered, NOTHING)
        return replace(answer, took_ms=round((time.perf_counter() - begun) * 1000, 2))

    def explain(self, question: Question, key: str) -> Explanation | None:
        if not question.tokens:
            return None

        def explained(client: Elasticsearch, reader: Reader) -> Explanation | None:
            return Explaining(ElasticView(client, reader, question), question).explain(key)

        return self._readers.read(explained, None)

    def suggest(
        self, prefix: str, tokens: frozenset[str], limit: int = 8, *, within: str = ""
    ) -> list[str]:
        if not tokens:
            return []
        question = Question(tokens=tokens, within=within, completing=prefix)

        def completed(client: Elasticsearch, reader: Reader) -> list[str]:
            return Answering(ElasticView(client, reader, question), question).completions(limit)

        return self._readers.read(completed, [])

    def holdings(self) -> Iterator[tuple[str, str]]:
        """Read page by page from one state of the index, whatever is written meanwhile."""
        with self._connection.writing() as client:
            current = self._generations.state(client).current
            if current is None:
                return
            here = Search(using=client, index=current.papers).query(Term(gone=False))
            here = here.source(False).extra(docvalue_fields=["key", "digest"], size=_PAGE)
            for hit in here.iterate(_KEEP_ALIVE):
                yield hit.key[0], hit.digest[0]

    def info(self) -> Info:
        name = f"Elasticsearch (client {version('elasticsearch')})"

        def told(client: Elasticsearch, reader: Reader) -> Info:
            return Info(
                engine=name,
                entries=_entries(client, reader.generation),
                built_at=reader.manifest.built_at,
                stale=reader.manifest.stale_because(reader.analyser.lexicon),
                schema=reader.manifest.schema,
                analysis=reader.manifest.analysis,
            )

        return self._readers.read(told, Info(engine=name))

    # --- writing ------------------------------------------------------------------

    def write(self, changes: Iterable[Change]) -> int:
        """Write into the generation that answers and into one that is being built.

        Where another one appears meanwhile, it is written as well: whichever
        answers in the end, it has the changes.
        """
        drawn: list[Change] | None = None
        done: dict[Generation, int | None] = {}
        with self._connection.writing() as client:
            while True:
                state = self._generations.state(client)
                if not state.current:
                    self._first(client)
                    continue
                due = [one for one in state.written_to if one not in done]
                if not due:
                    return _written(done, state.current)
                drawn = list(changes) if drawn is None else drawn
                for generation in due:
                    done[generation] = self._write_into(client, generation, drawn)

    def _write_into(
        self, client: Elasticsearch, generation: Generation, changes: list[Change]
    ) -> int | None:
        """Return how many changes were new; None when the generation is there no more."""
        try:
            analyser = self._readers.of(client, generation).analyser
            return Writing(client, generation, analyser).write(changes)
        except (GenerationGone, NotFoundError):
            return None

    def _first(self, client: Elasticsearch) -> None:
        with RebuildLock(client, self._prefix).held():
            if not self._generations.state(client).current:
                self._generations.new(client, Lexicon(), building=False)

    def rebuild(self, lexicon: Lexicon, entries: Iterable[Entry], reread: Reread) -> int:
        """Nothing is read again: writers write into both generations while one is built."""
        with (
            self._connection.rebuilding() as client,
            RebuildLock(client, self._prefix).held() as lock,
        ):
            self._generations.remove_strays(client)
            generation = self._generations.new(client, lexicon, building=True)
            # Older than every change: what is written meanwhile stays.
            changes = (Change(entry.key, 0, entry) for entry in entries)
            Writing(client, generation, Analyser(lexicon)).write(changes, after_each=lock.renew)
            self._generations.put_in_place(client, generation)
            return _entries(client, generation)

    def learn(self, abbreviations: Mapping[str, LongForms]) -> bool:
        try:
            with self._connection.writing() as client:
                current = self._generations.state(client).current
                return learn(client, current, abbreviations) if current else False
        except GenerationGone:
            # A rebuild has just put another one in place, and has learnt them itself.
            return False


def _written(done: Mapping[Generation, int | None], current: Generation) -> int:
    """How many were new in any generation. The one that answers must have taken them."""
    if done[current] is None:
        raise EngineUnavailable(f"{current.papers} answers, but cannot be written to")
    return max(written or 0 for written in done.values())


def _entries(client: Elasticsearch, generation: Generation) -> int:
    return Search(using=client, index=generation.papers).query(Term(gone=False)).count()
