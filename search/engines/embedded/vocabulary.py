"""The words of the archive, for spelling: one writer, one view per person."""

from collections.abc import Iterable, Mapping, Sequence

import tantivy

from search.contents import is_renewed, usual_spellings
from search.engines.embedded import schema
from search.engines.embedded.reading import Counts, State
from search.questions import Question
from search.relevance import Field
from search.spelling import MANY_TIMES, Known, most_papers_first

_HEAP = 30_000_000
# No word: what can be seen at all, counted like one.
_EVERYTHING = ""


class VocabularyWriter:
    """Keeps words and their usual spelling."""

    def __init__(self, path: str) -> None:
        self._index = schema.opened(path)
        self._present = self._index.searcher()
        self._writer = self._index.writer(_HEAP, 1)

    def learn(self, surfaces: Mapping[str, int], papers: tantivy.Searcher) -> None:
        """Take in the words of the entries just written, as they were spelt."""
        for folded, usual in usual_spellings(surfaces).items():
            frequency = papers.doc_freq(Field.EXACT, folded)
            if self._present.doc_freq("folded", folded):
                stored = _stored(self._present, self._index.schema, folded)
                if stored is None or not is_renewed(frequency, stored.papers):
                    continue
                usual = stored.usual
                self._writer.delete_documents_by_term("folded", folded)
            word = tantivy.Document(folded=folded, usual=usual)
            word.add_unsigned("papers", frequency)
            self._writer.add_document(word)
        self._writer.commit()

    def close(self) -> None:
        """Release the writer; what was not learnt completely is forgotten."""
        self._writer.wait_merging_threads()


def _stored(searcher: tantivy.Searcher, of: tantivy.Schema, folded: str) -> Known | None:
    query = tantivy.Query.term_query(of, "folded", folded, index_option="basic")
    hits = searcher.search(query, 1, count=False).hits
    if not hits:
        return None
    papers = searcher.fast_field_values("papers", [hits[0][1]])[0]
    document = searcher.doc(hits[0][1])
    return Known(folded, int(papers or 0), str(document.get_first("usual")))


class VisibleVocabulary:
    """The vocabulary as one person may know it: counted in what they can find."""

    def __init__(
        self, state: State, words: tantivy.Schema, papers: tantivy.Schema,
        question: Question, visible: tantivy.Query,
    ) -> None:  # fmt: skip
        self._words = state.vocabulary
        self._words_schema = words
        self._papers = state.papers
        self._papers_schema = papers
        self._visible = visible
        self._tokens = question.tokens
        # What is counted in a part only is counted for this question alone.
        narrowed = question.without or question.within
        self._counts = Counts() if narrowed else state.counts

    @property
    def entries(self) -> int:
        return self._counts.of(self._tokens, _EVERYTHING, lambda _: self._total(self._visible))

    def expect(self, folded: Iterable[str]) -> None:
        """The way to the words is short."""

    def look_up(self, folded: str) -> Known:
        papers = self._visible_papers(folded)
        stored = _stored(self._words, self._words_schema, folded) if papers else None
        return Known(folded, papers, stored.usual if stored else folded)

    def near(self, folded: str, edits: int, limit: int) -> Sequence[Known]:
        query = tantivy.Query.fuzzy_term_query(
            self._words_schema, "folded", folded, distance=edits, transposition_cost_one=True
        )
        # The most frequent of the whole archive: hidden words crowd nothing out.
        many = MANY_TIMES * limit
        hits = self._words.search(query, many, count=False, order_by_field="papers").hits
        found = []
        for _, address in hits:
            document = self._words.doc(address)
            word = str(document.get_first("folded"))
            if papers := self._visible_papers(word):
                found.append(Known(word, papers, str(document.get_first("usual"))))
        return sorted(found, key=most_papers_first)[:limit]

    def _visible_papers(self, folded: str) -> int:
        return self._counts.of(self._tokens, folded, self._count)

    def _count(self, folded: str) -> int:
        if not self._papers.doc_freq(Field.EXACT, folded):
            return 0
        term = tantivy.Query.term_query(
            self._papers_schema, Field.EXACT, folded, index_option="basic"
        )
        both = [(tantivy.Occur.Must, term), (tantivy.Occur.Must, self._visible)]
        return self._total(tantivy.Query.boolean_query(both))

    def _total(self, query: tantivy.Query) -> int:
        return schema.total_of(self._papers.search(query, 1, count=True))
