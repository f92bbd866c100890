"""Facets with counts, over what the person may see and nothing else."""

from collections.abc import Sequence
from typing import Any

import tantivy
from tantivy import Query

from search.engines.embedded import rendering
from search.facets import COUNTED, MOST_VALUES, counted
from search.questions import Facet, FacetValue, Question


def count_facets(
    papers: tantivy.Searcher,
    schema: tantivy.Schema,
    question: Question,
    query: Sequence[Query],
) -> dict[Facet, list[FacetValue]]:
    """Count each facet without its own choice, so that further values can be added."""
    found: dict[Facet, list[dict[str, Any]]] = {}
    own = [facet for facet in Facet if question.facets.get(facet)]
    others = [facet for facet in Facet if facet not in own]
    for group, left_out in [(others, None), *(([facet], facet) for facet in own)]:
        conditions = rendering.chosen(schema, question, except_for=left_out)
        counts = papers.aggregate(
            rendering.all_of([*query, *conditions]), {facet: _terms(facet) for facet in group}
        )
        found |= {facet: counts[facet]["buckets"] for facet in group}
    return counted(question, {facet: found[facet] for facet in Facet})


def _terms(facet: Facet) -> dict[str, Any]:
    return {"terms": {"field": COUNTED[facet], "size": MOST_VALUES}}
