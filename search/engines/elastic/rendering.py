"""From clauses, wishes and choices to queries of elasticsearch.dsl."""

from collections.abc import Iterable, Sequence
from typing import Any

from elasticsearch.dsl.query import (
    Bool,
    ConstantScore,
    MatchAll,
    MatchPhrase,
    Prefix,
    Query,
    Range,
    Term,
    Terms,
)

from search import relevance
from search.answering import Wanted
from search.facets import CHOSEN, wanted_values
from search.questions import Facet, Question
from search.relevance import BY_WEIGHT_ALONE, PREFIX_SCORE, Clause, Field
from search.wishes import Phrase


def wanted(wanted: Wanted) -> Query:
    """What a paper must, may and must not hold, in the order that the lifting gives."""
    optional = rendered(wanted.optional)
    optional += [_prefix(start) for start in wanted.prefixes]
    required: list[Query] = [_phrase(words) for words in wanted.phrases]
    if wanted.everything:
        required = [ConstantScore(filter=MatchAll(), boost=0)]
    asked = Bool(
        must=required,
        should=optional,
        must_not=[_phrase(words) for words in wanted.excluded],
        minimum_should_match=0 if required else 1,
    )
    if not wanted.lifting:
        return asked
    return Bool(must=[asked], should=rendered(wanted.lifting))


def scoring(wanted: Wanted) -> list[Query]:
    """What adds to a score, each by itself, in the order of ``Weighed``."""
    return [
        *rendered(wanted.optional),
        *(_prefix(start) for start in wanted.prefixes),
        *(_phrase(words) for words in wanted.phrases),
        *rendered(wanted.lifting),
    ]


def rendered(clauses: Iterable[Clause], *, within: str = "") -> list[Query]:
    """Render clauses; ``within`` goes before the names of their fields."""
    return [_clause(clause, within) for clause in clauses]


def _clause(clause: Clause, within: str) -> Query:
    field = f"{within}{clause.field}"
    if isinstance(clause, relevance.Near):
        words = {"query": " ".join(clause.terms), "slop": clause.slop, "boost": clause.weight}
        return MatchPhrase(**{field: words})
    if clause.field in BY_WEIGHT_ALONE:
        return ConstantScore(filter=Term(**{field: clause.term}), boost=clause.weight)
    return Term(**{field: {"value": clause.term, "boost": clause.weight}})


def _phrase(words: Phrase) -> Query:
    """The folded words, one after the other."""
    if len(words) == 1:
        return Term(**{Field.EXACT: {"value": words[0]}})
    return MatchPhrase(**{Field.EXACT: {"query": " ".join(words)}})


def _prefix(start: str) -> Query:
    """Everything that begins so; ``start`` is a folded word, letters and digits only."""
    return ConstantScore(filter=Prefix(**{Field.EXACT: {"value": start}}), boost=PREFIX_SCORE)


def any_of(queries: Sequence[Query]) -> Query:
    return Bool(should=list(queries), minimum_should_match=1)


def all_conditions(conditions: Iterable[Query]) -> Query:
    """Conditions decide, they never score."""
    return Bool(filter=list(conditions))


def visible(question: Question) -> Query:
    """What this person may find at all; every query of a question contains it."""
    hidden = [Terms(key=sorted(question.without))] if question.without else []
    parts = [Term(within=question.within)] if question.within else []
    return Bool(filter=[Terms(token=sorted(question.tokens)), *parts], must_not=hidden)


def chosen(question: Question, *, except_for: Facet | None = None) -> Query:
    """The conditions a person has chosen; counts of a facet ignore its own."""
    conditions: list[Query] = []
    if question.among is not None:
        conditions.append(Terms(key=sorted(question.among)))
    for facet, values in question.facets.items():
        if values and facet is not except_for:
            held: dict[str, Any] = {CHOSEN[facet]: wanted_values(facet, values)}
            conditions.append(Terms(**held))
    if question.since or question.until:
        # From 1: an unknown date (0) lies in no period.
        days = {"gte": question.since.toordinal() if question.since else 1}
        if question.until:
            days["lte"] = question.until.toordinal()
        conditions.append(Range(day=days))
    return all_conditions(conditions)
