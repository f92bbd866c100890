"""Writing entries into one generation. The caller holds the writer lock."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Self

import tantivy

from search.contents import (
    Piece,
    day_of,
    keywords_of,
    pieces_of,
    short_texts,
    shown_of,
    surfaces_of,
)
from search.engines import Change
from search.engines.embedded import schema
from search.engines.embedded.layout import Generation
from search.engines.embedded.vocabulary import VocabularyWriter
from search.entries import Entry
from search.german import Analyser
from search.likeness import key_terms
from search.relevance import Field

# Between two pieces of text, so that no phrase reaches from one into the other.
_GAP = 10
_GAP_WORDS = " ".join("¶" * _GAP)
MEGABYTE = 1_000_000


class Writing:
    """One turn of writing: open afresh, add, commit once, wait for the merges.

    A context manager: an error inside leaves the index as it was, and frees the
    writers at once, not when somebody collects the traceback that holds them.
    """

    def __init__(self, generation: Generation, analyser: Analyser, heap: int) -> None:
        self._analyser = analyser
        self._papers_index = schema.opened(generation.papers)
        self._present = self._papers_index.searcher()
        self._papers_schema = self._papers_index.schema
        # One thread each: the analysis in Python is what takes the time.
        self._papers = self._papers_index.writer(heap, 1)
        passages_index = schema.opened(generation.passages)
        self._passages_schema = passages_index.schema
        self._passages = passages_index.writer(heap, 1)
        self._vocabulary = VocabularyWriter(generation.vocabulary)
        self._surfaces: Counter[str] = Counter()

    def write(self, changes: Iterable[Change]) -> int:
        written = 0
        for change in changes:
            if self._version_of(change.key) > change.version:
                continue
            self._remove(change.key)
            if change.entry is None:
                self._bury(change)
            else:
                self.add(change.entry, change.version)
            written += 1
        return written

    def add(self, entry: Entry, version: int) -> None:
        """Add an entry that is not there yet, or was removed in this turn."""
        pieces = list(pieces_of(entry))
        self._add_paper(entry, version, self._add_passages(entry, pieces))
        self._surfaces.update(surfaces_of(entry, pieces))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, error: type[BaseException] | None, *rest: object) -> None:
        try:
            if error is None:
                self._commit()
        finally:
            # Waiting also releases the writers. Without it, every turn would
            # leave another segment behind.
            for writer in (self._passages, self._papers):
                writer.wait_merging_threads()
            self._vocabulary.close()

    def _commit(self) -> None:
        """Passages first: a paper is never found before what is shown of it."""
        self._passages.commit()
        self._papers.commit()
        self._papers_index.reload()
        self._vocabulary.learn(self._surfaces, self._papers_index.searcher())

    # --- one entry ----------------------------------------------------------------

    def _version_of(self, key: str) -> int:
        hits = self._present.search(self._owner(key), 1, count=False).hits
        if not hits:
            return -1
        return int(self._present.fast_field_values("version", [hits[0][1]])[0] or 0)

    def _remove(self, key: str) -> None:
        self._papers.delete_documents_by_query(self._owner(key))
        self._passages.delete_documents_by_query(
            _number_query(self._passages_schema, schema.number_of(key))
        )

    def _owner(self, key: str) -> tantivy.Query:
        return _number_query(self._papers_schema, schema.number_of(key))

    def _bury(self, change: Change) -> None:
        """Keep the version of what is gone, so that no older state comes back."""
        stone = tantivy.Document()
        stone.add_unsigned("number", schema.number_of(change.key))
        stone.add_unsigned("version", change.version)
        stone.add_unsigned("gone", 1)
        self._papers.add_document(stone)

    def _add_passages(self, entry: Entry, pieces: list[Piece]) -> "_Body":
        """Add the passages of an entry and return them joined into one body."""
        number = schema.number_of(entry.key)
        body = _Body()
        for place, piece in enumerate(pieces):
            read = self._analyser.read(piece.text)
            document = tantivy.Document()
            document.add_unsigned("number", number)
            document.add_unsigned("place", place)
            stored = replace(piece, terms=read.word_by_word())
            shown = json.dumps(asdict(stored), ensure_ascii=False)
            document.add_bytes("shown", shown.encode())
            tokens = [tantivy.Token(*placed) for placed in read.placed]
            document.add_pre_tokenized_text(Field.BODY, tantivy.PreTokenizedString("", tokens))
            self._passages.add_document(document)
            body.counts.update(term for term, *_ in read.placed)
            body.tokens += [
                tantivy.Token(term, position + body.length, start, end)
                for term, position, start, end in read.placed
            ]
            body.folded.append(" ".join(read.folded))
            body.length += len(read.folded)
        return body

    def _add_paper(self, entry: Entry, version: int, body: "_Body") -> None:
        document = tantivy.Document()
        document.add_unsigned("number", schema.number_of(entry.key))
        document.add_unsigned("version", version)
        document.add_unsigned("gone", 0)
        document.add_bytes("shown", json.dumps(shown_of(entry), ensure_ascii=False).encode())
        exact = []
        for field, texts in short_texts(entry).items():
            tokens, folded = self._short_field(texts)
            document.add_pre_tokenized_text(field, tantivy.PreTokenizedString("", tokens))
            exact += folded
        document.add_pre_tokenized_text(Field.BODY, tantivy.PreTokenizedString("", body.tokens))
        exact.append(" ".join(body.folded))
        document.add_text(Field.EXACT, f" {_GAP_WORDS} ".join(exact))
        for term in key_terms(entry.title, body.counts, self._analyser):
            document.add_text(Field.KEY_TERM, term)
        _add_facets(document, entry)
        self._papers.add_document(document)

    def _short_field(self, texts: Iterable[str]) -> tuple[list[tantivy.Token], list[str]]:
        tokens: list[tantivy.Token] = []
        folded: list[str] = []
        offset = 0
        for text in texts:
            read = self._analyser.read(text)
            tokens += [
                tantivy.Token(term, position + offset, start, end)
                for term, position, start, end in read.placed
            ]
            folded.append(" ".join(read.folded))
            offset += len(read.folded) + _GAP
        return tokens, folded


def _number_query(of: tantivy.Schema, number: int) -> tantivy.Query:
    # Deleting by term would take the number for a signed one and find nothing.
    return tantivy.Query.term_query(of, "number", number, index_option="basic")


class _Body:
    """The passages of a paper, joined with running positions."""

    def __init__(self) -> None:
        self.tokens: list[tantivy.Token] = []
        self.counts: Counter[str] = Counter()
        self.folded: list[str] = []
        self.length = 0


def _add_facets(document: tantivy.Document, entry: Entry) -> None:
    for name, values in keywords_of(entry).items():
        for value in values:
            document.add_text(name, value)
    if entry.when.year:
        document.add_unsigned("year", entry.when.year)
    document.add_integer("day", day_of(entry.when))
