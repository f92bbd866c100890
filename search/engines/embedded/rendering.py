"""From clauses, wishes and choices to tantivy queries."""

from collections.abc import Iterable, Sequence

import tantivy
from tantivy import Occur, Query

from search.answering import Wanted
from search.facets import CHOSEN, wanted_values
from search.questions import Facet, Question
from search.relevance import BY_WEIGHT_ALONE, PREFIX_SCORE, Clause, Field, Term
from search.wishes import Phrase


def wanted(schema: tantivy.Schema, wanted: Wanted) -> Query:
    """What a paper must, may and must not hold, apart from what only lifts it."""
    return _wanted(schema, wanted, rendered(schema, wanted.optional))


def counted(schema: tantivy.Schema, wanted: Wanted) -> Query:
    """The same papers without an order: several times cheaper where only their number counts.

    Words that stand close together are not looked for where a paper with one of them counts
    anyway.
    """
    terms = {(one.field, one.term) for one in wanted.optional if isinstance(one, Term)}
    alternatives = [
        Query.term_query(schema, field, term, index_option="basic") for field, term in terms
    ]
    near = [one for one in wanted.optional if not isinstance(one, Term)]
    alternatives += [
        _clause(schema, one)
        for one in near
        if all((one.field, term) not in terms for term in one.terms)
    ]
    return condition(_wanted(schema, wanted, alternatives))


def _wanted(schema: tantivy.Schema, wanted: Wanted, alternatives: Iterable[Query]) -> Query:
    optional = [*alternatives, *(prefix(schema, start) for start in wanted.prefixes)]
    required = [phrase(schema, words) for words in wanted.phrases]
    if wanted.everything:
        required = [condition(Query.all_query())]
    return Query.boolean_query(
        [(Occur.Must, query) for query in required]
        + [(Occur.Should, query) for query in optional]
        + [(Occur.MustNot, phrase(schema, words)) for words in wanted.excluded]
    )


def lifted(schema: tantivy.Schema, asked: Query, lifting: Iterable[Clause]) -> Query:
    """The same papers in another order."""
    more = rendered(schema, lifting)
    if not more:
        return asked
    return Query.boolean_query([(Occur.Must, asked)] + [(Occur.Should, query) for query in more])


def scoring(schema: tantivy.Schema, wanted: Wanted) -> list[Query]:
    """What adds to a score, each by itself, in the order of ``Weighed``."""
    return [
        *rendered(schema, wanted.optional),
        *(prefix(schema, start) for start in wanted.prefixes),
        *(phrase(schema, words) for words in wanted.phrases),
        *rendered(schema, wanted.lifting),
    ]


def key(schema: tantivy.Schema, key: str) -> Query:
    """The paper with this key."""
    return Query.term_query(schema, "key", key, index_option="basic")


def rendered(schema: tantivy.Schema, clauses: Iterable[Clause]) -> list[Query]:
    return [_clause(schema, clause) for clause in clauses]


def _clause(schema: tantivy.Schema, clause: Clause) -> Query:
    if isinstance(clause, Term):
        if clause.field in BY_WEIGHT_ALONE:
            term = Query.term_query(schema, clause.field, clause.term, index_option="basic")
            return Query.const_score_query(term, clause.weight)
        query = Query.term_query(schema, clause.field, clause.term)
    else:
        query = Query.phrase_query(schema, clause.field, list(clause.terms), slop=clause.slop)
    return Query.boost_query(query, clause.weight)


def phrase(schema: tantivy.Schema, words: Phrase) -> Query:
    """The folded words, one after the other."""
    if len(words) == 1:
        return Query.term_query(schema, Field.EXACT, words[0])
    return Query.phrase_query(schema, Field.EXACT, list(words))


def prefix(schema: tantivy.Schema, start: str) -> Query:
    """Everything that begins so; ``start`` is a folded word, letters and digits only."""
    return Query.const_score_query(
        Query.regex_query(schema, Field.EXACT, f"{start}.*"), PREFIX_SCORE
    )


def any_of(queries: Sequence[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def all_of(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def condition(query: Query) -> Query:
    """A condition decides, it never scores."""
    return Query.const_score_query(query, 0.0)


def visible(schema: tantivy.Schema, question: Question) -> Query:
    """What this person may find at all; every query of a question contains it."""
    query = Query.term_set_query(schema, "token", sorted(question.tokens))
    more = []
    if question.within:
        parts = Query.term_query(schema, "within", question.within, index_option="basic")
        more.append((Occur.Must, parts))
    if question.without:
        hidden = Query.term_set_query(schema, "key", sorted(question.without))
        more.append((Occur.MustNot, hidden))
    return condition(Query.boolean_query([(Occur.Must, query), *more]) if more else query)


def chosen(
    schema: tantivy.Schema, question: Question, *, except_for: Facet | None = None
) -> list[Query]:
    """The conditions a person has chosen; counts of a facet ignore its own."""
    conditions = []
    if question.among is not None:
        keys = Query.term_set_query(schema, "key", sorted(question.among))
        conditions.append(condition(keys))
    for facet, values in question.facets.items():
        if values and facet is not except_for:
            held = wanted_values(facet, values)
            query = Query.term_set_query(schema, CHOSEN[facet], held)
            conditions.append(condition(query))
    if question.since or question.until:
        # From 1: an unknown date (0) lies in no period.
        first = question.since.toordinal() if question.since else 1
        last = question.until.toordinal() if question.until else None
        if last and last < first:
            return [Query.empty_query()]
        days = Query.range_query(schema, "day", tantivy.FieldType.Integer, first, last)
        conditions.append(condition(days))
    return conditions
