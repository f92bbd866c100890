"""Feedback from the best passages of a first search (a relevance model, RM3).

Words that the best passages share with each other, and not with the whole
archive, lift the papers that have them as well: for "PV-Anlagen auf Dächern"
those with Solarpark. They find no paper that the question does not match, so
that the number of hits stays true: on the council archive this costs .006 of
nDCG@10, and without any feedback it would be .017.

Only passages of papers that this person may see are read.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence, Set
from typing import NamedTuple

from search.german import terms_of_words

PAPERS = 8
_TERMS = 10
_WEIGHT = 0.3
_SHORTEST = 4
_FEWEST_PAPERS = 3
_MOST_SHARE = 0.1


class Example(NamedTuple):
    """A paper of the first search: its score, and the terms of its best passage."""

    score: float
    terms: str


def feedback_terms(
    examples: Sequence[Example],
    *,
    asked: Set[str],
    entries: int,
    papers_with: Callable[[Collection[str]], Mapping[str, int]],
) -> list[tuple[str, float]]:
    """Return further terms to ask for, with their weights."""
    if not examples:
        return []
    shares = {
        term: share
        for term, share in _shares(examples).items()
        if len(term) >= _SHORTEST and term.isalpha() and term not in asked
    }
    found_in = papers_with(shares)
    worth: dict[str, float] = {}
    for term, share in shares.items():
        papers = found_in[term]
        if _FEWEST_PAPERS <= papers <= _MOST_SHARE * entries:
            rarity = math.log(1 + (entries - papers + 0.5) / (papers + 0.5))
            worth[term] = share * rarity
    best = sorted(worth.items(), key=lambda item: (-item[1], item[0]))[:_TERMS]
    return [(term, _WEIGHT * value / best[0][1]) for term, value in best]


def _shares(examples: Sequence[Example]) -> Mapping[str, float]:
    """How much of the passages a term makes up, better papers counting more."""
    shares: dict[str, float] = defaultdict(float)
    for score, passage in examples:
        counts = Counter(word.partition("|")[0] for word in terms_of_words(passage) if word)
        length = sum(counts.values()) or 1
        for term, count in counts.items():
            shares[term] += score / examples[0].score * count / length
    return shares
