"""One question in, one answer out: the values that cross the port to an engine."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from cms.core.values import FuzzyDate


class Facet(StrEnum):
    KIND = "kind"
    ORGANISATION = "organisation"
    YEAR = "year"
    TOPIC = "topic"
    STATE = "state"


class Sort(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What somebody asks. Without ``tokens`` nothing is found.

    ``facets`` chooses values per facet: any of them inside a facet, all facets
    together. ``verbatim`` switches spelling correction off. ``without`` leaves
    entries out that the database no longer shows to this person. ``near`` is the key
    of a paper and takes the place of ``text``: asked for is what is like it. ``within``
    is the id of a whole: what is no part of it counts for nothing, as if it were hidden.
    ``among`` asks only of these entries; None: of all. ``with_passages`` is for who shows
    the hits. ``completing`` is text whose last word is unfinished: words that continue it
    are wanted as well.
    """

    text: str = ""
    near: str = ""
    tokens: frozenset[str] = frozenset()
    facets: Mapping[Facet, frozenset[str]] = field(default_factory=dict)
    since: datetime.date | None = None
    until: datetime.date | None = None
    within: str = ""
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    per_page: int = 10
    verbatim: bool = False
    with_facets: bool = True
    without: frozenset[str] = frozenset()
    among: frozenset[str] | None = None
    with_passages: bool = True
    completing: str = ""

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.per_page


# A range of characters to be marked: from, up to but not including.
Mark = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A piece of a paper's text with the words found in it.

    ``page`` is a page number of the file, and ``url`` leads straight there.
    """

    text: str
    marks: Sequence[Mark] = ()
    file_name: str = ""
    page: int | None = None
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    key: str
    kind: str
    title: str
    url: str
    score: float
    title_marks: Sequence[Mark] = ()
    passages: Sequence[Passage] = ()
    reference_number: str = ""
    when: FuzzyDate = FuzzyDate.UNKNOWN
    state: str = ""
    organisations: Sequence[tuple[str, str]] = ()
    topics: Sequence[str] = ()
    language: str = "de"
    source_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    value: str
    label: str
    count: int
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A word that was searched in another spelling (``replaced``) or in both."""

    typed: str
    used: str
    replaced: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """``suggestion`` is the question in other spelling. It was searched with it
    already when ``corrections`` is not empty; otherwise it is an offer."""

    total: int = 0
    hits: Sequence[Hit] = ()
    facets: Mapping[Facet, Sequence[FacetValue]] = field(default_factory=dict)
    suggestion: str = ""
    corrections: Sequence[Correction] = ()
    completions: Sequence[str] = ()
    took_ms: float = 0.0


NOTHING = Answer()
