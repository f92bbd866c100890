"""Words that narrow a question: ``jahr:2015``, ``art:Vereinbarung``, ``von:Sozialministerium``.

They become the choices that the filters beside the hits would make, so that a reader
sees them there and can take them off. What names nothing stays text to be searched
for: there is no syntax to get wrong.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from cms.core.values import FuzzyDate
from search.german import fold
from search.questions import Facet, Question
from search.sources import organisations_called
from search.wording import kind_labels, state_labels

_FIELD_WORD = re.compile(
    r"(?<!\S)(?P<name>[^\W\d_]+):(?:[\"„“](?P<quoted>[^\"„“”]+)[\"“”]|(?P<plain>[^\s\"„“”:]+))(?!\S)"
)
_YEARS = re.compile(r"([0-9]{4})(?:-([0-9]{4}))?")

# What a value means for the question; None when it names nothing.
Narrow = Callable[[Question, str], Question | None]


def narrowed(question: Question) -> Question:
    """Turn the field words of a question into choices and leave the rest as its text."""

    def take(found: re.Match[str]) -> str:
        nonlocal question
        narrow = _NARROWERS.get(fold(found["name"]))
        chosen = narrow(question, found["quoted"] or found["plain"]) if narrow else None
        if chosen is None:
            return found.group()
        question = chosen
        return ""

    text = " ".join(_FIELD_WORD.sub(take, question.text).split())
    # Without a field word the text stays as typed, to the last space.
    return question if text == " ".join(question.text.split()) else replace(question, text=text)


def _by_kind(question: Question, value: str) -> Question | None:
    return _by_label(question, Facet.KIND, value, kind_labels())


def _by_state(question: Question, value: str) -> Question | None:
    return _by_label(question, Facet.STATE, value, state_labels())


def _by_label(
    question: Question, facet: Facet, value: str, labels: Mapping[str, str]
) -> Question | None:
    """Every value whose label holds what was typed: an agreement by any of its names."""
    typed = fold(value)
    named = {key for key, label in labels.items() if typed in fold(label) or typed == fold(key)}
    return _choosing(question, facet, named)


def _by_year(question: Question, value: str) -> Question | None:
    years = _YEARS.fullmatch(value)
    if not years:
        return None
    if not years[2]:
        return _choosing(question, Facet.YEAR, {years[1]})
    since, until = _date(years[1]), _date(years[2])
    return replace(question, since=since.earliest, until=until.latest) if since and until else None


def _by_whom_or_since(question: Question, value: str) -> Question | None:
    """``von:`` names who a paper is from, or the day from which it counts."""
    if day := _date(value):
        return replace(question, since=day.earliest)
    return _choosing(question, Facet.ORGANISATION, organisations_called(value))


def _until(question: Question, value: str) -> Question | None:
    day = _date(value)
    return replace(question, until=day.latest) if day else None


def _date(text: str) -> FuzzyDate:
    try:
        return FuzzyDate.parse(text)
    except ValueError:
        return FuzzyDate.UNKNOWN


def _choosing(question: Question, facet: Facet, values: set[str]) -> Question | None:
    if not values:
        return None
    chosen = question.facets.get(facet, frozenset()) | values
    return replace(question, facets={**question.facets, facet: chosen})


_NARROWERS: Mapping[str, Narrow] = {
    "art": _by_kind,
    "stand": _by_state,
    "jahr": _by_year,
    "von": _by_whom_or_since,
    "bis": _until,
}
