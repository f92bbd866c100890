"""One generation, open for reading."""

import threading

import tantivy

from search.engines.embedded import schema
from search.engines.embedded.layout import Generation, Layout
from search.errors import EngineUnavailable
from search.german import Analyser


class Reader:
    """The three indexes and the analyser that belongs to them."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self.manifest = generation.manifest()
        self.analyser = Analyser(generation.lexicon())
        self.papers = schema.opened(generation.papers)
        self.passages = schema.opened(generation.passages)
        self.vocabulary = schema.opened(generation.vocabulary)

    def reload(self) -> None:
        """See what was committed since; costs next to nothing when nothing was."""
        self.papers.reload()
        self.passages.reload()
        self.vocabulary.reload()


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
