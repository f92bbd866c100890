"""One question to one state of the index, from words to a page of hits."""

from collections.abc import Sequence

import tantivy
from tantivy import Occur, Query

from search.engines.embedded import feedback, rendering, schema
from search.engines.embedded.facets import count_facets
from search.engines.embedded.reading import Reader
from search.engines.embedded.showing import Shelf
from search.engines.embedded.vocabulary import VisibleVocabulary
from search.engines.embedded.words import Spelled, WordReader, with_corrections
from search.german import fold
from search.german.words import QUESTION_WORDS
from search.questions import Answer, Correction, Hit, Question, Sort
from search.relevance import PAPER_FIELDS, Asked, Field, clauses, lifting_clauses, marked_terms
from search.wishes import folded_reference, read_wish

# Nobody finds anything on a deeper page; the limit keeps the last ones cheap.
DEEPEST = 10_000
_MOST_EXPANSIONS = 20


class Asking:
    def __init__(self, reader: Reader, question: Question) -> None:
        self._question = question
        self._wish = read_wish(question.text)
        self._analyser = reader.analyser
        self._schema = reader.papers.schema
        self._papers = reader.papers.searcher()
        self._shelf = Shelf(reader, self._papers)
        self._visible = rendering.visible(self._schema, question)
        vocabulary = VisibleVocabulary(reader.vocabulary, self._papers, self._schema, self._visible)
        self._words = WordReader(reader.analyser, vocabulary, self._papers_with)

    def answer(self) -> Answer:
        spelled = self._words.spell(self._wish.words)
        read = self._words.verbatim if self._question.verbatim else self._words.corrected
        words = read(spelled)
        asked = self._text(words)
        text = self._lifted(asked, self._feedback(words, asked))
        limit = max(0, min(self._question.per_page, DEEPEST - self._question.offset))
        found = self._search(text, limit, self._question.offset)
        total = schema.total_of(found)
        suggestion, corrections = self._spelling(spelled, total)
        return Answer(
            total=total,
            hits=self._hits(found, words),
            facets=self._facets(asked),
            suggestion=suggestion,
            corrections=corrections,
        )

    def completions(self, start: str, limit: int) -> list[str]:
        """Words of visible papers that begin so, the most frequent first."""
        found = self._papers.terms_with_prefix(
            Field.EXACT, fold(start), self._visible, limit=4 * limit
        )
        words = [term for term, _ in found if term.isalpha() and term not in QUESTION_WORDS]
        return [self._words.usual(word) for word in words[:limit]]

    # --- the query ----------------------------------------------------------------

    def _text(self, words: Sequence[Asked]) -> Query:
        """The words, phrases and exclusions; everything when none is asked for."""
        asked = clauses(words, fields=PAPER_FIELDS, references=self._wish.references)
        optional = rendering.rendered(self._schema, asked)
        for start in self._wish.prefixes:
            optional.append(rendering.prefix(self._schema, fold(start)))
        required = [rendering.phrase(self._schema, words) for words in self._wish.phrases]
        excluded = [rendering.phrase(self._schema, words) for words in self._wish.excluded]
        if not optional and not required:
            required = [rendering.condition(Query.all_query())]
        return Query.boolean_query(
            [(Occur.Must, query) for query in required]
            + [(Occur.Should, query) for query in optional]
            + [(Occur.MustNot, query) for query in excluded]
        )

    def _lifted(self, asked: Query, more: Sequence[tuple[str, float]]) -> Query:
        """The same papers in a better order: who counts the hits must find the words in each."""
        if not more:
            return asked
        lifting = rendering.rendered(self._schema, lifting_clauses(more, fields=PAPER_FIELDS))
        return Query.boolean_query(
            [(Occur.Must, asked)] + [(Occur.Should, query) for query in lifting]
        )

    def _search(self, text: Query, limit: int, offset: int = 0) -> tantivy.SearchResult:
        conditions = rendering.chosen(self._schema, self._question)
        query = rendering.all_of([text, self._visible, *conditions])
        newest = self._question.sort is Sort.NEWEST or not self._wish
        # The engine takes no limit of 0.
        return self._papers.search(
            query, max(1, limit), offset=offset, order_by_field="day" if newest else None
        )

    def _papers_with(self, term: str) -> int:
        return self._papers.doc_freq(Field.BODY, term)

    # --- feedback -----------------------------------------------------------------

    def _feedback(self, words: Sequence[Asked], asked: Query) -> list[tuple[str, float]]:
        """Terms from the best passages; none where a person says exactly what they want."""
        wish, question = self._wish, self._question
        if not words or wish.phrases or question.sort is Sort.NEWEST:
            return []
        found = self._search(asked, feedback.PAPERS)
        if self._is_known_item(found, words):
            return []
        best = self._shelf.best_passages(found.hits, words)
        examples = [
            feedback.Example(score, best[number][0].text)
            for (score, _), number in zip(found.hits, self._shelf.numbers(found.hits), strict=True)
            if best.get(number)
        ]
        return feedback.feedback_terms(
            examples,
            analyser=self._analyser,
            asked=marked_terms(words),
            entries=self._papers.num_docs,
            papers_with=self._papers_with,
        )

    def _is_known_item(self, found: tantivy.SearchResult, words: Sequence[Asked]) -> bool:
        """Who types a title or a number wants that paper; more words would only blur it."""
        if not found.hits:
            return False
        first = self._shelf.shown(found.hits[0][1])
        if folded_reference(first["reference_number"]) in self._wish.references:
            return True
        if len(words) < 2:
            return False
        terms = {placed[0] for placed in self._analyser.read(first["title"]).placed}
        return all(word.terms.stem in terms for word in words)

    # --- the answer ---------------------------------------------------------------

    def _hits(self, found: tantivy.SearchResult, words: Sequence[Asked]) -> list[Hit]:
        room = DEEPEST - self._question.offset
        return self._shelf.hits(found.hits[: max(0, room)], self._to_show(words))

    def _to_show(self, words: Sequence[Asked]) -> list[Asked]:
        """What passages are chosen by and marked with: phrases and prefixes as well."""
        more = [word for phrase in self._wish.phrases for word in phrase]
        for start in self._wish.prefixes:
            more += [
                term for term, _ in self._papers.terms_with_prefix(
                    Field.EXACT, fold(start), self._visible, limit=_MOST_EXPANSIONS
                )
            ]  # fmt: skip
        return [*words, *(self._words.asked(word) for word in more)]

    def _facets(self, text: Query) -> dict:
        if not self._question.with_facets:
            return {}
        return count_facets(self._papers, self._schema, self._question, [text, self._visible])

    def _spelling(self, spelled: Sequence[Spelled], total: int) -> tuple[str, list[Correction]]:
        """The other spelling, as done or, to a verbatim question, as an offer.

        Only with hits for this person: an offer must not tell of hidden papers.
        """
        corrections = self._words.corrections(spelled)
        if not corrections:
            return "", []
        suggestion = with_corrections(self._question.text, corrections)
        if not self._question.verbatim:
            return (suggestion, corrections) if total else ("", [])
        offered = self._search(self._text(self._words.corrected(spelled)), 1)
        return (suggestion if schema.total_of(offered) else "", [])
