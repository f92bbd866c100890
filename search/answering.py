"""One question from words to a page of hits, over whatever index holds the papers.

An engine lends a view of its index as the question may see it; here is decided
what to ask it for.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, Protocol

from search import feedback, likeness
from search.contents import Piece
from search.german import Analyser, fold, words_of
from search.german.words import QUESTION_WORDS
from search.passages import Marker
from search.questions import (
    NOTHING,
    Answer,
    Correction,
    Facet,
    FacetValue,
    Hit,
    Question,
    Sort,
)
from search.relevance import PAPER_FIELDS, Asked, Clause, clauses, lifting_clauses, marked_terms
from search.showing import hit_of
from search.spelling import Vocabulary
from search.wishes import Phrase, folded_reference, read_wish
from search.words import Spelled, WordReader, with_corrections

# Nobody finds anything on a deeper page; the limit keeps the last ones cheap.
DEEPEST = 10_000
_MOST_EXPANSIONS = 20
MOST_COMPLETIONS = 8
_SHORTEST_START = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a paper must hold (``phrases``), must not hold (``excluded``) and may hold
    (``optional`` and ``prefixes``, at least one if nothing else is wanted). ``lifting`` changes
    the order of what is found, and finds nothing more. Words are folded; empty: every paper."""

    optional: Sequence[Clause] = ()
    prefixes: Sequence[str] = ()
    phrases: Sequence[Phrase] = ()
    excluded: Sequence[Phrase] = ()
    lifting: Sequence[Clause] = ()

    @property
    def everything(self) -> bool:
        """Nothing is asked for, perhaps something is excluded."""
        return not (self.optional or self.prefixes or self.phrases)


class Ranked(NamedTuple):
    """A paper that was found, as ``search.contents.shown_of`` stored it."""

    score: float
    shown: Mapping[str, Any]

    @property
    def key(self) -> str:
        return str(self.shown["key"])


class Weighed(NamedTuple):
    """The score of one paper: in all, and what each scoring part of ``Wanted`` adds to it,
    in the order optional, prefixes, phrases, lifting."""

    total: float
    scores: Sequence[float]


@dataclass(frozen=True, slots=True)
class Found:
    total: int
    papers: Sequence[Ranked] = ()
    facets: Mapping[Facet, Sequence[FacetValue]] = field(default_factory=dict)


class View(Protocol):
    """An index as one question may see it: tokens, exclusions and choices are in force."""

    @property
    def analyser(self) -> Analyser: ...

    @property
    def vocabulary(self) -> Vocabulary: ...

    def papers_with(self, terms: Collection[str]) -> Mapping[str, int]:
        """In how many papers of the whole archive the body has each of these terms."""
        ...

    def key_terms(self, key: str) -> Sequence[str]:
        """The key terms of a visible paper, see ``search.likeness``; none of any other."""
        ...

    def visible_papers_with(self, terms: Collection[str]) -> tuple[int, Mapping[str, int]]:
        """How many papers can be seen, and how many of them have each of these key terms."""
        ...

    def find(
        self, wanted: Wanted, *, limit: int, offset: int = 0, newest: bool, facets: bool = False
    ) -> Found: ...

    def best_pieces(
        self, papers: Sequence[Ranked], words: Sequence[Asked]
    ) -> Mapping[str, Sequence[Piece]]:
        """The best passages of each paper, by its key; the beginning where none fits."""
        ...

    def completions(self, start: str, limit: int) -> list[str]:
        """Folded words of visible papers that begin so, the most frequent first."""
        ...

    def weigh(self, key: str, wanted: Wanted) -> Weighed | None:
        """What makes up the score of one paper; None when it is not found so."""
        ...


class Answering:
    def __init__(self, view: View, question: Question) -> None:
        self._view = view
        self._question = question
        self._wish = read_wish(question.text)
        self._newest = question.sort is Sort.NEWEST or not self._wish
        self._words = WordReader(view.analyser, view.vocabulary, view.papers_with)

    def answer(self) -> Answer:
        return self._near() if self._question.near else self._answered()

    def _answered(self) -> Answer:
        spelled, words = self._asked()
        _, found = self._found(words)
        suggestion, corrections = self._spelling(spelled, found.total)
        return Answer(
            total=found.total,
            hits=self._hits(found.papers, words),
            facets=found.facets,
            suggestion=suggestion,
            corrections=corrections,
            completions=self.completions(),
        )

    def completions(self, limit: int = MOST_COMPLETIONS) -> list[str]:
        """Words of visible papers that continue the last one, as usually written."""
        typed = words_of(self._question.completing)
        if not typed or len(typed[-1]) < _SHORTEST_START:
            return []
        found = self._view.completions(fold(typed[-1]), 4 * limit)
        words = [word for word in found if word.isalpha() and word not in QUESTION_WORDS][:limit]
        self._view.vocabulary.expect(words)
        return [self._words.usual(word) for word in words]

    # --- the query ----------------------------------------------------------------

    def _asked(self) -> tuple[list[Spelled], list[Asked]]:
        """Read the words of the question: as they are spelt and as they are searched."""
        spelled = self._words.spell(self._wish.words)
        read = self._words.verbatim if self._question.verbatim else self._words.corrected
        return spelled, read(spelled)

    def _wanted(self, words: Sequence[Asked]) -> Wanted:
        wish = self._wish
        return Wanted(
            optional=clauses(words, fields=PAPER_FIELDS, references=wish.references),
            prefixes=[fold(start) for start in wish.prefixes],
            phrases=[_folded(phrase) for phrase in wish.phrases],
            excluded=[_folded(phrase) for phrase in wish.excluded],
        )

    def _found(self, words: Sequence[Asked]) -> tuple[Wanted, Found]:
        """The page that is asked for, and what it was found by. Feedback lifts from the papers
        of a first look; where there is none, a look at the first page was all that is needed."""
        wanted = self._wanted(words)
        offset = self._question.offset
        limit = max(0, min(self._question.per_page, DEEPEST - offset))
        facets = self._question.with_facets
        if not words or self._wish.phrases or self._newest:
            # A person says exactly what they want.
            return wanted, self._view.find(
                wanted, limit=limit, offset=offset, newest=self._newest, facets=facets
            )
        first = self._view.find(
            wanted, limit=max(limit, feedback.PAPERS), newest=False, facets=facets
        )
        terms = self._feedback(words, first.papers[: feedback.PAPERS])
        if not terms and not offset:
            return wanted, replace(first, papers=first.papers[:limit])
        wanted = replace(wanted, lifting=lifting_clauses(terms, fields=PAPER_FIELDS))
        page = self._view.find(wanted, limit=limit, offset=offset, newest=False)
        return wanted, replace(page, facets=first.facets)

    # --- feedback -----------------------------------------------------------------

    def _feedback(
        self, words: Sequence[Asked], papers: Sequence[Ranked]
    ) -> list[tuple[str, float]]:
        """Terms from the best passages; none where a single paper is sought."""
        if self._is_known_item(papers, words):
            return []
        best = self._view.best_pieces(papers, words)
        examples = [
            feedback.Example(paper.score, best[paper.key][0].terms)
            for paper in papers
            if best.get(paper.key)
        ]
        return feedback.feedback_terms(
            examples,
            asked=marked_terms(words),
            entries=self._view.vocabulary.entries,
            papers_with=self._view.papers_with,
        )

    def _is_known_item(self, papers: Sequence[Ranked], words: Sequence[Asked]) -> bool:
        """Who types a title or a number wants that paper; more words would only blur it."""
        if not papers:
            return False
        first = papers[0].shown
        if folded_reference(first["reference_number"]) in self._wish.references:
            return True
        if len(words) < 2:
            return False
        terms = {placed[0] for placed in self._view.analyser.read(first["title"]).placed}
        return all(word.terms.stem in terms for word in words)

    # --- what is like a paper -----------------------------------------------------

    def _near(self) -> Answer:
        own = self._question.near
        terms = self._view.key_terms(own)
        papers, papers_with = self._view.visible_papers_with(terms) if terms else (0, {})
        asked = likeness.likeness_clauses(terms, papers_with, papers)
        if not asked:
            return NOTHING
        found = self._view.find(Wanted(optional=asked), limit=likeness.READ_PAPERS, newest=False)
        least = likeness.least_score(asked)
        near = [one for one in found.papers if one.key != own and one.score >= least]
        near.sort(key=lambda one: (-round(one.score, 3), one.key))
        return Answer(total=len(near), hits=self._bare(near[: self._question.per_page]))

    # --- the answer ---------------------------------------------------------------

    def _hits(self, papers: Sequence[Ranked], words: Sequence[Asked]) -> list[Hit]:
        if not papers:
            return []
        if not self._question.with_passages:
            return self._bare(papers)
        to_show = self._to_show(words)
        marker = Marker(self._view.analyser, marked_terms(to_show))
        best = self._view.best_pieces(papers, to_show)
        return [
            hit_of(paper.shown, paper.score, best.get(paper.key, ()), marker) for paper in papers
        ]

    def _bare(self, papers: Sequence[Ranked]) -> list[Hit]:
        """Hits without passages and marks."""
        unmarked = Marker(self._view.analyser, frozenset())
        return [hit_of(paper.shown, paper.score, (), unmarked) for paper in papers]

    def _to_show(self, words: Sequence[Asked]) -> list[Asked]:
        """What passages are chosen by and marked with: phrases and prefixes as well."""
        more = [word for phrase in self._wish.phrases for word in phrase]
        for start in self._wish.prefixes:
            more += self._view.completions(fold(start), _MOST_EXPANSIONS)
        return [*words, *self._words.asked_all(more)]

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
        corrected = self._wanted(self._words.corrected(spelled))
        offered = self._view.find(corrected, limit=0, newest=self._newest)
        return (suggestion if offered.total else "", [])


def _folded(phrase: Phrase) -> Phrase:
    return tuple(fold(word) for word in phrase)
