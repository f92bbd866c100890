"""The embedded engine: tantivy in a folder, no server. The default."""

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import tantivy

from search.answering import Answering
from search.engines import Change, Info, Reread
from search.engines.embedded import schema
from search.engines.embedded.layout import Generation, Layout
from search.engines.embedded.reading import Reader, Readers
from search.engines.embedded.showing import stored
from search.engines.embedded.view import EmbeddedView
from search.engines.embedded.writing import MEGABYTE, Writing
from search.entries import Entry
from search.explaining import Explaining, Explanation
from search.german import Analyser, Lexicon
from search.german.abbreviations import LongForms
from search.questions import NOTHING, Answer, Question

_WAIT_SECONDS = 20.0
_SMALL_HEAP = 30 * MEGABYTE
_LARGE_HEAP = 150 * MEGABYTE


class EmbeddedEngine:
    """One folder on one machine. Any number of readers, one writer at a time."""

    def __init__(self, folder: str | Path, *, wait_seconds: float = _WAIT_SECONDS) -> None:
        self._layout = Layout(folder)
        self._readers = Readers(self._layout)
        self._wait_seconds = wait_seconds
        # Kept between writes for its cache of words; belongs to one generation.
        self._analyser: tuple[Generation, Analyser] | None = None

    # --- reading ------------------------------------------------------------------

    def ask(self, question: Question) -> Answer:
        begun = time.perf_counter()
        reader = self._readers.current()
        if reader is None or not question.tokens:
            return NOTHING
        answer = Answering(EmbeddedView(reader, question), question).answer()
        return replace(answer, took_ms=round((time.perf_counter() - begun) * 1000, 2))

    def explain(self, question: Question, key: str) -> Explanation | None:
        reader = self._readers.current()
        if reader is None or not question.tokens:
            return None
        return Explaining(EmbeddedView(reader, question), question).explain(key)

    def suggest(
        self, prefix: str, tokens: frozenset[str], limit: int = 8, *, within: str = ""
    ) -> list[str]:
        reader = self._readers.current()
        if reader is None or not tokens:
            return []
        question = Question(tokens=tokens, within=within, completing=prefix)
        return Answering(EmbeddedView(reader, question), question).completions(limit)

    def holdings(self) -> Iterator[tuple[str, str]]:
        reader = self._readers.current()
        if reader is None:
            return
        papers = reader.state.papers
        here = tantivy.Query.term_query(reader.papers.schema, "gone", 0, index_option="basic")
        for _, address in papers.search(here, max(1, papers.num_docs), count=False).hits:
            shown = stored(papers, address)
            yield shown["key"], shown["digest"]

    def info(self) -> Info:
        name = f"tantivy {version('tantivy')}"
        reader = self._readers.current()
        if reader is None:
            return Info(engine=name)
        return Info(
            engine=name,
            entries=_entries(reader),
            built_at=reader.manifest.built_at,
            stale=reader.manifest.stale_because(reader.analyser.lexicon),
            schema=reader.manifest.schema,
            analysis=reader.manifest.analysis,
        )

    # --- writing ------------------------------------------------------------------

    def write(self, changes: Iterable[Change]) -> int:
        with self._layout.locked(wait_seconds=self._wait_seconds):
            self._layout.note_host()
            generation = self._layout.current() or self._first()
            # An index of another schema takes no writes; the rows wait for the rebuild.
            generation.manifest()
            noted: dict[str, int] = {}
            with Writing(generation, self._analyser_of(generation), _SMALL_HEAP) as writing:
                written = writing.write(_noting(changes, noted))
            for building in self._layout.being_built():
                building.note_touched(noted)
        return written

    def rebuild(self, lexicon: Lexicon, entries: Iterable[Entry], reread: Reread) -> int:
        with self._layout.locked("rebuild.lock", wait_seconds=0):
            with self._layout.locked(wait_seconds=self._wait_seconds):
                self._layout.remove_strays()
                generation = self._layout.new()
                generation.create(lexicon)
                generation.note_touched({})
            with Writing(generation, Analyser(lexicon), _LARGE_HEAP) as writing:
                for entry in entries:
                    writing.add(entry, version=0)
            with self._layout.locked(wait_seconds=self._wait_seconds):
                self._catch_up(generation, reread)
                self._layout.point_to(generation)
                self._layout.remove_strays()
        reader = self._readers.current()
        return _entries(reader) if reader else 0

    def learn(self, abbreviations: Mapping[str, LongForms]) -> bool:
        with self._layout.locked(wait_seconds=self._wait_seconds):
            generation = self._layout.current()
            return generation.learn(abbreviations) if generation else False

    def _catch_up(self, generation: Generation, reread: Reread) -> None:
        if touched := generation.touched():
            with Writing(generation, self._analyser_of(generation), _SMALL_HEAP) as writing:
                writing.write(reread(touched))
        generation.touched_file.unlink()

    def _first(self) -> Generation:
        generation = self._layout.new()
        generation.create(Lexicon())
        self._layout.point_to(generation)
        return generation

    def _analyser_of(self, generation: Generation) -> Analyser:
        if self._analyser is None or self._analyser[0] != generation:
            self._analyser = (generation, Analyser(generation.lexicon()))
        return self._analyser[1]


def _noting(changes: Iterable[Change], noted: dict[str, int]) -> Iterator[Change]:
    for change in changes:
        noted[change.key] = change.version
        yield change


def _entries(reader: Reader) -> int:
    here = tantivy.Query.term_query(reader.papers.schema, "gone", 0, index_option="basic")
    return schema.total_of(reader.state.papers.search(here, 1, count=True))
