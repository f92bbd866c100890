"""One generation, open for reading."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import tantivy

from search.engines.embedded import schema
from search.engines.embedded.layout import Generation, Layout
from search.errors import EngineUnavailable
from search.german import Analyser

# Words counted for one audience each; a few megabytes.
_MOST_COUNTED = 50_000


class Counts:
    """In how many papers a word stands that an audience may see, as long as nothing is written."""

    def __init__(self) -> None:
        self._counts: dict[tuple[frozenset[str], str], int] = {}

    def of(self, tokens: frozenset[str], word: str, count: Callable[[str], int]) -> int:
        known = self._counts.get((tokens, word))
        if known is None:
            if len(self._counts) >= _MOST_COUNTED:
                self._counts.clear()
            known = self._counts[tokens, word] = count(word)
        return known


@dataclass(frozen=True, slots=True)
class State:
    """The three indexes as they were at one time, and what was counted in that state."""

    papers: tantivy.Searcher
    passages: tantivy.Searcher
    vocabulary: tantivy.Searcher
    counts: Counts = field(default_factory=Counts)


class Reader:
    """The three indexes and the analyser that belongs to them."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self.manifest = generation.manifest()
        self._learnt = self._lexicon_stamp()
        self.analyser = Analyser(generation.lexicon())
        self.papers = schema.opened(generation.papers)
        self.passages = schema.opened(generation.passages)
        self.vocabulary = schema.opened(generation.vocabulary)
        self._committed = generation.committed()
        self.state = self._opened()

    def reload(self) -> None:
        """See what was committed since. Where nothing was, what was opened stays open:
        opening anew costs more than the search."""
        committed = self.generation.committed()
        if committed != self._committed:
            self.state = self._opened()
            # What is committed while the indexes are opened is seen the next time.
            self._committed = committed
        # Other abbreviations may have been learnt; nothing else in the lexicon ever changes.
        if (stamp := self._lexicon_stamp()) != self._learnt:
            self.analyser.relearn(self.generation.lexicon())
            self._learnt = stamp

    def _opened(self) -> State:
        """Papers first: whoever writes them has written their passages before."""
        for index in (self.papers, self.passages, self.vocabulary):
            index.reload()
        return State(self.papers.searcher(), self.passages.searcher(), self.vocabulary.searcher())

    def _lexicon_stamp(self) -> tuple[int, int]:
        state = self.generation.lexicon_file.stat()
        return state.st_ino, state.st_mtime_ns


class Readers:
    """Keeps the reader of the generation that answers, one per process."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._lock = threading.Lock()
        self._reader: Reader | None = None

    def current(self) -> Reader | None:
        """Return the reader, up to date; None as long as nothing was ever written."""
        for last_try in (False, True):
            try:
                return self._current()
            except (OSError, ValueError) as error:
                # A rebuild may have put another generation in place just now.
                if last_try:
                    raise EngineUnavailable(f"The index cannot be read: {error}") from error
        return None

    def _current(self) -> Reader | None:
        generation = self._layout.current()
        if generation is None:
            return None
        with self._lock:
            if self._reader is None or self._reader.generation != generation:
                self._reader = Reader(generation)
                self._layout.note_host()
            self._reader.reload()
            return self._reader


def number_query(index: tantivy.Index, numbers: list[int]) -> tantivy.Query:
    return tantivy.Query.const_score_query(
        tantivy.Query.term_set_query(index.schema, "number", numbers), 0.0
    )
