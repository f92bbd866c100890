"""Facets with counts, from the buckets that an engine has counted."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from search.contents import SEPARATOR
from search.questions import Facet, FacetValue, Question

# Facet -> the field that is counted.
COUNTED = {
    Facet.KIND: "kind",
    Facet.ORGANISATION: "organisation",
    # Years are numbers of their own: not every engine can count by calendar interval.
    Facet.YEAR: "year",
    Facet.TOPIC: "topic",
    Facet.STATE: "state",
}
# Facet -> the field that is chosen by: an organisation's id outlives its names.
CHOSEN = {**COUNTED, Facet.ORGANISATION: "organisation_id"}
MOST_VALUES = 200


def wanted_values(facet: Facet, values: Iterable[str]) -> list[int] | list[str]:
    """The chosen values as an index holds them; a year that is none is left out."""
    if facet is Facet.YEAR:
        return sorted(int(value) for value in values if value.isdecimal() and len(value) <= 4)
    return sorted(values)


def counted(
    question: Question, buckets: Mapping[Facet, Iterable[Mapping[str, Any]]]
) -> dict[Facet, list[FacetValue]]:
    return {
        facet: _values(facet, _labelled(facet, found), question.facets.get(facet, frozenset()))
        for facet, found in buckets.items()
    }


def _labelled(facet: Facet, buckets: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, int]]:
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
