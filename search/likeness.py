"""Papers that are near another one in content.

Of each paper its key terms are kept: those it uses most. Papers that share key terms
are near each other, the more the rarer these are. How rare a term is, is counted in
what the person may see, and a shared term counts its rarity and nothing else: the
list is the same on every engine, and the same as in an archive that never held what
is hidden from them.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from search.contents import clean
from search.german import Analyser
from search.questions import Facet
from search.relevance import Field, Term
from search.sources import all_sources

MOST_PAPERS = 5
# More are read than are shown: equal scores are put in an order of our own.
READ_PAPERS = 20
_KEPT = 25
_ASKED = 15
_SHORTEST = 3
# A title says in few words what its paper is about.
_IN_TITLE = 4
# What two papers must share of what the one is about.
LEAST_SHARE = 0.2


def key_terms(title: str, body: Counter[str], analyser: Analyser) -> list[str]:
    """The terms that a paper uses most, the most frequent first; ``body`` counts its terms."""
    counts = body.copy()
    for term, *_ in analyser.read(clean(title)).placed:
        counts[term] += _IN_TITLE
    telling = [term for term in counts if len(term) >= _SHORTEST and term.isalpha()]
    return sorted(telling, key=lambda term: (-counts[term], term))[:_KEPT]


def likeness_clauses(
    terms: Sequence[str], papers_with: Mapping[str, int], papers: int
) -> list[Term]:
    """What to ask for: the rarest of a paper's key terms, those used most before others.

    ``papers_with`` counts the papers with each term, of all ``papers`` that can be seen.
    """
    worth = {
        term: _rarity(papers_with[term], papers) * (1 - place / (2 * len(terms)))
        for place, term in enumerate(terms)
    }
    best = sorted(worth, key=lambda term: (-worth[term], term))[:_ASKED]
    return [Term(Field.KEY_TERM, term, worth[term]) for term in best if worth[term] > 0]


def least_score(clauses: Iterable[Term]) -> float:
    return LEAST_SHARE * sum(clause.weight for clause in clauses)


def papers_only() -> dict[Facet, frozenset[str]]:
    """The choice of what is a paper: a body is near no paper, it is named in it."""
    return {Facet.KIND: frozenset(one.kind for one in all_sources() if one.is_paper)}


def _rarity(papers_with: int, papers: int) -> float:
    """As in BM25; a term in every paper says nothing."""
    return math.log(1 + (papers - papers_with) / (papers_with + 0.5))
