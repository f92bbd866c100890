"""One state of the index, as one question may see it."""

from collections.abc import Collection, Mapping, Sequence

from tantivy import Query

from search.answering import Found, Ranked, Wanted, Weighed
from search.contents import Piece
from search.engines.embedded import aside, rendering, schema
from search.engines.embedded.facets import count_facets
from search.engines.embedded.reading import Reader
from search.engines.embedded.showing import Shelf
from search.engines.embedded.vocabulary import VisibleVocabulary
from search.questions import Facet, FacetValue, Question
from search.relevance import Asked, Field


class EmbeddedView:
    def __init__(self, reader: Reader, question: Question) -> None:
        self._question = question
        self._schema = reader.papers.schema
        state = reader.state
        self._papers = state.papers
        self._shelf = Shelf(reader, state)
        self._visible = rendering.visible(self._schema, question)
        self.analyser = reader.analyser
        self.vocabulary = VisibleVocabulary(
            state, reader.vocabulary.schema, self._schema, question, self._visible
        )

    def papers_with(self, terms: Collection[str]) -> Mapping[str, int]:
        return {term: self._papers.doc_freq(Field.BODY, term) for term in terms}

    def key_terms(self, key: str) -> Sequence[str]:
        own = self._among_visible(rendering.key(self._schema, key))
        hits = self._papers.search(own, 1, count=False).hits
        return self._papers.doc(hits[0][1]).get_all(Field.KEY_TERM) if hits else []

    def visible_papers_with(self, terms: Collection[str]) -> tuple[int, Mapping[str, int]]:
        return self.vocabulary.entries, {
            term: self._count(
                Query.term_query(self._schema, Field.KEY_TERM, term, index_option="basic")
            )
            for term in terms
        }

    def _count(self, query: Query) -> int:
        return schema.total_of(self._papers.search(self._among_visible(query), 1, count=True))

    def _among_visible(self, query: Query) -> Query:
        return rendering.all_of([query, self._visible])

    def find(
        self, wanted: Wanted, *, limit: int, offset: int = 0, newest: bool, facets: bool = False
    ) -> Found:
        asked = rendering.wanted(self._schema, wanted)
        conditions = rendering.chosen(self._schema, self._question)
        query = rendering.all_of(
            [rendering.lifted(self._schema, asked, wanted.lifting), self._visible, *conditions]
        )
        counting = aside.begun(lambda: self._facets(wanted)) if facets else None
        found = self._papers.search(
            # The engine takes no limit of 0.
            query, max(1, limit), offset=offset, order_by_field="day" if newest else None
        )  # fmt: skip
        papers = [
            Ranked(float(score or 0), self._shelf.shown(address))
            for score, address in found.hits[:limit]
        ]
        return Found(schema.total_of(found), papers, counting.result() if counting else {})

    def _facets(self, wanted: Wanted) -> dict[Facet, list[FacetValue]]:
        """Who counts the hits must find the words in each: nothing that only lifts."""
        visible = [rendering.counted(self._schema, wanted), self._visible]
        return count_facets(self._papers, self._schema, self._question, visible)

    def weigh(self, key: str, wanted: Wanted) -> Weighed | None:
        itself = rendering.condition(rendering.key(self._schema, key))
        asked = rendering.wanted(self._schema, wanted)
        conditions = rendering.chosen(self._schema, self._question)
        total = self._score(
            rendering.lifted(self._schema, asked, wanted.lifting),
            *(self._visible, *conditions, itself),
        )
        if total is None:
            return None
        parts = rendering.scoring(self._schema, wanted)
        return Weighed(total, [self._score(part, itself) or 0.0 for part in parts])

    def _score(self, *queries: Query) -> float | None:
        hits = self._papers.search(rendering.all_of(queries), 1, count=False).hits
        return float(hits[0][0] or 0) if hits else None

    def best_pieces(
        self, papers: Sequence[Ranked], words: Sequence[Asked]
    ) -> Mapping[str, Sequence[Piece]]:
        return self._shelf.best_pieces([paper.key for paper in papers], words)

    def completions(self, start: str, limit: int) -> list[str]:
        found = self._papers.terms_with_prefix(Field.EXACT, start, self._visible, limit=limit)
        return [term for term, _ in found]
