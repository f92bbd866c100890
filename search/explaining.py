"""Why a paper has its score: every clause of a question with what it adds.

The engine itself is asked for each clause, by the same queries that the list is made
with, so that the parts add up to the score in the list.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from search.answering import Answering, Wanted
from search.german import fold
from search.relevance import PAPER_FIELDS, Asked, Clause, Field, Near, Term, clauses
from search.words import Spelled


class Why(Enum):
    WORD = auto()
    PART = auto()
    SMALLER_PART = auto()
    SAID_OTHERWISE = auto()
    AS_TYPED = auto()
    PARTS_NEAR = auto()
    WORDS_NEAR = auto()
    REFERENCE = auto()
    BEGINNING = auto()
    PHRASE = auto()
    FEEDBACK = auto()


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one clause adds. ``weight`` multiplies what the engine makes of the term's rarity,
    of how often it stands there and of the field's length; a phrase has none of ours."""

    why: Why
    text: str
    field: Field
    weight: float
    score: float


@dataclass(frozen=True, slots=True)
class WordAsked:
    """A word of the question as it was searched; ``used`` is its other spelling, if it was
    corrected, and ``beside`` one that is searched as well."""

    typed: str
    used: str
    stem: str
    parts: Sequence[str]
    otherwise: Sequence[str]
    beside: str


@dataclass(frozen=True, slots=True)
class Explanation:
    total: float
    words: Sequence[WordAsked] = ()
    # Words of the question that carry nothing beside others that do.
    left_out: Sequence[str] = ()
    contributions: Sequence[Contribution] = field(default_factory=tuple)

    @property
    def found(self) -> list[Contribution]:
        """What adds something, the most first."""
        adding = [one for one in self.contributions if one.score]
        return sorted(adding, key=lambda one: -one.score)

    @property
    def missing(self) -> list[str]:
        """What was searched and stands nowhere in the paper."""
        found = {one.text for one in self.found}
        asked = (one.text for one in self.contributions if one.why is not Why.FEEDBACK)
        return [text for text in dict.fromkeys(asked) if text not in found]


class Explaining(Answering):
    def explain(self, key: str) -> Explanation | None:
        """Explain the score of one paper; None when this question does not find it."""
        spelled, words = self._asked()
        wanted, _ = self._found(words)
        weighed = self._view.weigh(key, wanted)
        if weighed is None:
            return None
        carrying = [word.typed for word in spelled]
        return Explanation(
            total=weighed.total,
            words=[_word_asked(*pair) for pair in zip(spelled, words, strict=True)],
            left_out=[word for word in self._wish.words if word not in carrying],
            contributions=list(_contributions(words, wanted, weighed.scores)),
        )


def _contributions(
    words: Sequence[Asked], wanted: Wanted, scores: Sequence[float]
) -> Iterator[Contribution]:
    reasons = _reasons(words)
    added = iter(scores)
    for clause in wanted.optional:
        # The same clause twice comes from two words, in their order.
        known = reasons[clause]
        yield _of_clause(clause, known.pop(0) if known else _between(clause), next(added))
    for start in wanted.prefixes:
        yield Contribution(Why.BEGINNING, f"{start}*", Field.EXACT, 1.0, next(added))
    for phrase in wanted.phrases:
        yield Contribution(Why.PHRASE, " ".join(phrase), Field.EXACT, 1.0, next(added))
    for clause in wanted.lifting:
        yield _of_clause(clause, Why.FEEDBACK, next(added))


def _of_clause(clause: Clause, why: Why, score: float) -> Contribution:
    text = clause.term if isinstance(clause, Term) else " ".join(clause.terms)
    return Contribution(why, text, clause.field, clause.weight, score)


def _reasons(words: Sequence[Asked]) -> Mapping[Clause, list[Why]]:
    """What each clause that comes from a single word is there for."""
    reasons: dict[Clause, list[Why]] = defaultdict(list)
    for word in words:
        for one in word.with_beside():
            for clause in clauses([replace(one, beside=None)], fields=PAPER_FIELDS):
                reasons[clause].append(_reason(clause, one))
    return reasons


def _reason(clause: Clause, word: Asked) -> Why:
    if isinstance(clause, Near):
        return Why.SAID_OTHERWISE if clause.terms in word.also else Why.PARTS_NEAR
    if clause.field is Field.EXACT:
        return Why.AS_TYPED
    if clause.term == word.terms.stem:
        return Why.WORD
    if clause.term in word.terms.coarse:
        return Why.PART
    return Why.SMALLER_PART if clause.term in word.terms.fine else Why.SAID_OTHERWISE


def _between(clause: Clause) -> Why:
    """What no single word asks for."""
    return Why.WORDS_NEAR if isinstance(clause, Near) else Why.REFERENCE


def _word_asked(spelled: Spelled, asked: Asked) -> WordAsked:
    return WordAsked(
        typed=spelled.typed,
        used="" if asked.folded == fold(spelled.typed) else spelled.spelt.word,
        stem=asked.terms.stem,
        parts=[*asked.terms.coarse, *asked.terms.fine],
        otherwise=[" ".join(stems) for stems in asked.also],
        beside=asked.beside.folded if asked.beside else "",
    )
