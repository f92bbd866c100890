"""Facets with counts, over what the person may see and nothing else."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import tantivy
from tantivy import Query

from search.engines.embedded import rendering
from search.engines.embedded.writing import SEPARATOR
from search.questions import Facet, FacetValue, Question

_FIELDS = {
    Facet.KIND: "kind",
    Facet.ORGANISATION: "organisation",
    # Years are numbers of their own: the engine cannot count by calendar interval.
    Facet.YEAR: "year",
    Facet.TOPIC: "topic",
    Facet.STATE: "state",
}
_MOST_VALUES = 200


def count_facets(
    papers: tantivy.Searcher,
    schema: tantivy.Schema,
    question: Question,
    query: Sequence[Query],
) -> dict[Facet, list[FacetValue]]:
    """Count each facet without its own choice, so that further values can be added."""
    counts: dict[Facet, Mapping[str, tuple[str, int]]] = {}
    own = [facet for facet in Facet if question.facets.get(facet)]
    others = [facet for facet in Facet if facet not in own]
    for group, left_out in [(others, None), *(([facet], facet) for facet in own)]:
        conditions = rendering.chosen(schema, question, except_for=left_out)
        found = papers.aggregate(
            rendering.all_of([*query, *conditions]), {facet: _terms(facet) for facet in group}
        )
        for facet in group:
            counts[facet] = _labelled(facet, found[facet]["buckets"])
    return {
        facet: _values(facet, counts[facet], question.facets.get(facet, frozenset()))
        for facet in Facet
    }


def _terms(facet: Facet) -> dict[str, Any]:
    return {"terms": {"field": _FIELDS[facet], "size": _MOST_VALUES}}


def _labelled(facet: Facet, buckets: list[dict[str, Any]]) -> dict[str, tuple[str, int]]:
    """Value -> (label, count). An organisation that was renamed counts once."""
    labels: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for bucket in buckets:
        key = str(int(bucket["key"])) if facet is Facet.YEAR else str(bucket["key"])
        value, _, label = key.partition(SEPARATOR)
        labels.setdefault(value, label or value)
        counts[value] += int(bucket["doc_count"])
    return {value: (labels[value], count) for value, count in counts.items()}


def _values(
    facet: Facet, counts: Mapping[str, tuple[str, int]], chosen: frozenset[str]
) -> list[FacetValue]:
    """Most frequent first, years newest first. What is chosen stays, even with no hits."""
    values = [
        FacetValue(value=value, label=label, count=count, chosen=value in chosen)
        for value, (label, count) in counts.items()
    ]
    values += [
        FacetValue(value=value, label=value, count=0, chosen=True)
        for value in sorted(chosen - counts.keys())
    ]
    if facet is Facet.YEAR:
        return sorted(values, key=lambda one: one.value, reverse=True)
    return sorted(values, key=lambda one: (-one.count, one.label))
