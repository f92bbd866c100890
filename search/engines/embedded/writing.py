"""Writing entries into one generation. The caller holds the writer lock."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Self

import tantivy

from cms.core.values import FuzzyDate
from search import passages
from search.engines import Change
from search.engines.embedded import schema
from search.engines.embedded.layout import Generation
from search.engines.embedded.vocabulary import VocabularyWriter
from search.entries import Entry
from search.german import Analyser, join_hyphens, words_of
from search.relevance import Field
from search.wishes import folded_reference

# Between two pieces of text, so that no phrase reaches from one into the other.
_GAP = 10
_GAP_WORDS = " ".join("¶" * _GAP)
# What stands between the id and the name of an organisation in its facet.
SEPARATOR = "\x1f"
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class _Piece:
    """A passage and where it stands: in which file (none: the paper's own text), on which page."""

    text: str
    file: int | None
    page: int | None


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
        pieces = list(_pieces(entry))
        self._add_paper(entry, version, self._add_passages(entry, pieces))
        texts = (entry.title, *(piece.text for piece in pieces), *_names(entry))
        self._surfaces.update(set(words_of("\n".join(texts))))

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

    def _add_passages(self, entry: Entry, pieces: list[_Piece]) -> "_Body":
        """Add the passages of an entry and return them joined into one body."""
        number = schema.number_of(entry.key)
        body = _Body()
        for place, piece in enumerate(pieces):
            read = self._analyser.read(piece.text)
            document = tantivy.Document()
            document.add_unsigned("number", number)
            document.add_unsigned("place", place)
            shown = {"text": piece.text, "file": piece.file, "page": piece.page}
            document.add_bytes("shown", json.dumps(shown, ensure_ascii=False).encode())
            tokens = [tantivy.Token(*placed) for placed in read.placed]
            document.add_pre_tokenized_text(Field.BODY, tantivy.PreTokenizedString("", tokens))
            self._passages.add_document(document)
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
        document.add_bytes("shown", json.dumps(_shown(entry), ensure_ascii=False).encode())
        exact = []
        short = {
            Field.TITLE: [entry.title],
            Field.NAMES: _names(entry),
            Field.FILES: [file.name for file in entry.files],
        }
        for field, texts in short.items():
            tokens, folded = self._short_field(texts)
            document.add_pre_tokenized_text(field, tantivy.PreTokenizedString("", tokens))
            exact += folded
        document.add_pre_tokenized_text(Field.BODY, tantivy.PreTokenizedString("", body.tokens))
        exact.append(" ".join(body.folded))
        document.add_text(Field.EXACT, f" {_GAP_WORDS} ".join(exact))
        _add_facets(document, entry)
        self._papers.add_document(document)

    def _short_field(self, texts: Iterable[str]) -> tuple[list[tantivy.Token], list[str]]:
        tokens: list[tantivy.Token] = []
        folded: list[str] = []
        offset = 0
        for text in texts:
            read = self._analyser.read(_clean(text))
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
        self.folded: list[str] = []
        self.length = 0


def _clean(text: str) -> str:
    """Join broken words; what is no valid text (a lone surrogate) becomes a question mark."""
    return join_hyphens(text.encode("utf-8", "replace").decode("utf-8"))


def _pieces(entry: Entry) -> Iterator[_Piece]:
    for text in passages.cut(_clean(entry.text)):
        yield _Piece(text, None, None)
    for number, file in enumerate(entry.files):
        pages = file.pages if file.numbered else ["\n".join(file.pages)]
        for page, content in enumerate(pages, 1):
            for text in passages.cut(_clean(content)):
                yield _Piece(text, number, page if file.numbered else None)


def _names(entry: Entry) -> list[str]:
    names = [name for _, name in entry.organisations]
    return list(dict.fromkeys([*names, *entry.organisation_names, *entry.persons, *entry.topics]))


def _shown(entry: Entry) -> dict[str, Any]:
    """What a hit shows, as stored with the paper."""
    return {
        "key": entry.key,
        "kind": entry.kind,
        "title": _clean(entry.title),
        "url": entry.url,
        "reference_number": entry.reference_number,
        "when": entry.when.iso,
        "state": entry.state,
        "organisations": [list(pair) for pair in entry.organisations],
        "topics": list(entry.topics),
        "language": entry.language,
        "source_id": entry.source_id,
        "files": [[file.name, file.url] for file in entry.files],
        "digest": entry.content_digest,
    }


def _add_facets(document: tantivy.Document, entry: Entry) -> None:
    document.add_text("key", entry.key)
    document.add_text("kind", entry.kind)
    for token in entry.tokens:
        document.add_text("token", token)
    if entry.reference_number:
        document.add_text(Field.REFERENCE, folded_reference(entry.reference_number))
    for identity, name in entry.organisations:
        document.add_text("organisation_id", identity)
        document.add_text("organisation", f"{identity}{SEPARATOR}{name}")
    for topic in entry.topics:
        document.add_text("topic", topic)
    if entry.state:
        document.add_text("state", entry.state)
    if entry.when.year:
        document.add_unsigned("year", entry.when.year)
    document.add_integer("day", day_of(entry.when))


def day_of(when: FuzzyDate) -> int:
    """A number that sorts by date; 0 when nothing is known."""
    return when.earliest.toordinal() if when.earliest else 0
