"""What a question asks of an index, as weighted clauses that any engine can render.

The weights are measured, on an archive of 13,736 council papers with judged
queries: titles are a field of their own and bring their own rarity, so they
need no extra weight; parts of compounds count half; words that stand close
together add a little; the form as typed adds a little.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from search.german import Terms


class Field(StrEnum):
    TITLE = "title"
    BODY = "body"
    NAMES = "names"
    FILES = "files"
    EXACT = "exact"
    REFERENCE = "reference"
    KEY_TERM = "key_term"


# A term in one of these scores its weight as it is, however rare it is.
BY_WEIGHT_ALONE = frozenset({Field.REFERENCE, Field.KEY_TERM})


PAPER_FIELDS = {Field.TITLE: 0.7, Field.BODY: 1.0, Field.NAMES: 0.5, Field.FILES: 0.25}
PASSAGE_FIELDS = {Field.BODY: 1.0}

_EXACT = 0.4
_COARSE, _COARSE_RARE, _RARE_PAPERS = 0.5, 0.8, 20
_FINE = 0.4
_PARTS_NEAR, _PARTS_SLOP = 0.3, 3
_WORDS_NEAR, _WORDS_SLOP = 0.3, 2
# More than any words can add up to: who types a number wants that paper.
REFERENCE_SCORE = 100.0
# A word that only begins so finds a paper, and says little about it.
PREFIX_SCORE = 0.1
_FEEDBACK_TITLE = 0.5
_ALSO, _ALSO_SLOP = 0.8, 1


@dataclass(frozen=True, slots=True)
class Asked:
    """One word of the question: its terms and its folded form."""

    terms: Terms
    folded: str
    weight: float = 1.0
    rare: bool = False
    # Other ways to say it, as stems: long forms of an abbreviation, or its short form.
    also: tuple[tuple[str, ...], ...] = ()
    # A likelier spelling that is searched as well.
    beside: "Asked | None" = None

    def with_beside(self) -> Iterator["Asked"]:
        yield self
        if self.beside:
            yield self.beside


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a field; in some fields (`BY_WEIGHT_ALONE`) it scores its weight as it is."""

    field: Field
    term: str
    weight: float


@dataclass(frozen=True, slots=True)
class Near:
    """Terms in this order, at most ``slop`` places apart."""

    field: Field
    terms: tuple[str, ...]
    slop: int
    weight: float


Clause = Term | Near
Weights = dict[Field, float]


def is_rare(papers: int) -> bool:
    return papers < _RARE_PAPERS


def clauses(
    words: Sequence[Asked],
    *,
    fields: Weights,
    references: Iterable[str] = (),
) -> list[Clause]:
    """Return the clauses of a question; each is optional and adds to the score."""
    asked: list[Clause] = []
    seen = set()
    for word in words:
        if word.terms.stem not in seen:
            seen.add(word.terms.stem)
            for one in word.with_beside():
                asked += _word(one, fields)
    for first, second in zip(words, words[1:], strict=False):
        if first.terms.stem != second.terms.stem:
            pair = (first.terms.stem, second.terms.stem)
            asked += _near(pair, _WORDS_SLOP, _WORDS_NEAR, fields)
    if Field.TITLE in fields:
        asked += [Term(Field.REFERENCE, reference, REFERENCE_SCORE) for reference in references]
    return asked


def lifting_clauses(feedback: Iterable[tuple[str, float]], *, fields: Weights) -> list[Clause]:
    """Return clauses for feedback: they lift what the question finds, and find nothing more."""
    return [
        Term(field, term, weight * own * (_FEEDBACK_TITLE if field is Field.TITLE else 1.0))
        for term, weight in feedback
        for field, own in fields.items()
    ]


def _word(word: Asked, fields: Weights) -> Iterator[Clause]:
    for field, own in fields.items():
        yield Term(field, word.terms.stem, own * word.weight)
        for part in word.terms.coarse:
            yield Term(field, part, own * word.weight * (_COARSE_RARE if word.rare else _COARSE))
        for part in word.terms.fine:
            yield Term(field, part, own * word.weight * _FINE)
    for other in word.also:
        yield from _near(other, _ALSO_SLOP, _ALSO * word.weight, fields)
    if Field.TITLE in fields:
        yield Term(Field.EXACT, word.folded, _EXACT * word.weight)
    # "Vereinbarung über Kooperation" for Kooperationsvereinbarung: the parts, turned round.
    for first, second in zip(word.terms.coarse, word.terms.coarse[1:], strict=False):
        if first != second:
            yield from _near((second, first), _PARTS_SLOP, _PARTS_NEAR * word.weight, fields)


def _near(terms: tuple[str, ...], slop: int, weight: float, fields: Weights) -> Iterator[Clause]:
    for field, own in fields.items():
        if len(terms) == 1:
            yield Term(field, terms[0], own * weight)
        else:
            yield Near(field, terms, slop, own * weight)


def marked_terms(words: Iterable[Asked]) -> set[str]:
    """The terms that are marked in passages: everything asked for, no feedback."""
    asked = [one for word in words for one in word.with_beside()]
    terms = {term for one in asked for term in one.terms.all}
    return terms | {term for one in asked for other in one.also for term in other}
