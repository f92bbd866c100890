"""The search page's address holds its whole state; here it is read and written."""

import datetime
import re
from dataclasses import replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.dateparse import parse_date

from search.questions import Facet, Question, Sort
from search.wishes import LONGEST

# German, because people read and share addresses.
FACET_NAMES = {
    Facet.KIND: "art",
    Facet.ORGANISATION: "organisation",
    Facet.YEAR: "jahr",
    Facet.TOPIC: "thema",
    Facet.STATE: "stand",
}
NEWEST = "neueste"
WITHIN = "in"
_WHOLE = re.compile(r"[a-z_]{1,40}:[0-9]{1,12}", re.ASCII)
_LAST_PAGE = 1000
_MOST_VALUES = 30


def read_address(given: QueryDict) -> Question:
    """Read a question. What makes no sense in an address is left out, never an error."""
    facets = {facet: _values(facet, given.getlist(name)) for facet, name in FACET_NAMES.items()}
    return Question(
        text=given.get("q", "").replace("\0", "").strip()[:LONGEST],
        facets={facet: values for facet, values in facets.items() if values},
        since=_date(given.get("von", "")),
        until=_date(given.get("bis", "")),
        within=_whole(given.get(WITHIN, "")),
        sort=Sort.NEWEST if given.get("sortierung") == NEWEST else Sort.RELEVANCE,
        page=_page(given.get("seite", "")),
        verbatim="genau" in given,
    )


def write_address(question: Question) -> str:
    """The query string of a question, from ``?`` on; the same question has one address."""
    pairs: list[tuple[str, str]] = [("q", question.text)] if question.text else []
    if question.within:
        pairs.append((WITHIN, question.within))
    for facet, name in FACET_NAMES.items():
        pairs += [(name, value) for value in sorted(question.facets.get(facet, ()))]
    if question.since:
        pairs.append(("von", question.since.isoformat()))
    if question.until:
        pairs.append(("bis", question.until.isoformat()))
    if question.sort is Sort.NEWEST:
        pairs.append(("sortierung", NEWEST))
    if question.verbatim:
        pairs.append(("genau", "1"))
    if question.page > 1:
        pairs.append(("seite", str(question.page)))
    return f"?{urlencode(pairs)}"


def without_filters(question: Question) -> Question:
    return replace(question, facets={}, since=None, until=None, within="", page=1)


def without_value(question: Question, facet: Facet, value: str) -> Question:
    left = {**question.facets, facet: question.facets[facet] - {value}}
    return replace(question, facets={f: values for f, values in left.items() if values}, page=1)


def _values(facet: Facet, given: list[str]) -> frozenset[str]:
    values = [value.replace("\0", "")[:200] for value in given[:_MOST_VALUES]]
    if facet is Facet.YEAR:
        return frozenset(v for v in values if v.isascii() and v.isdecimal() and len(v) <= 4)
    return frozenset(value for value in values if value)


def _whole(text: str) -> str:
    return text if _WHOLE.fullmatch(text) else ""


def _date(text: str) -> datetime.date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _page(text: str) -> int:
    return min(int(text), _LAST_PAGE) if text.isascii() and text.isdecimal() and int(text) else 1
