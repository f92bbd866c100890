"""The search page as its template needs it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from search.addresses import (
    FACET_NAMES,
    NEWEST,
    without_filters,
    without_value,
    write_address,
)
from search.citing import FORM_NAMES
from search.marking import marked
from search.models import SavedSearch
from search.questions import NOTHING, Answer, Facet, FacetValue, Hit, Passage, Question, Sort
from search.sources import Body, name_of_organisation
from search.ways_out import Way, WayOut
from search.wording import FACETS, kind_labels, state_labels

# These stand open, further ones are folded away; the rest is left to the period and the words.
_OPEN_VALUES = 8
_MOST_VALUES = 60


@dataclass(frozen=True, slots=True)
class FacetGroup:
    name: str
    label: Any
    values: list[FacetValue]
    folded: list[FacetValue]

    @property
    def is_open(self) -> bool:
        """Folded unless in use: on a phone the hits must not lie below a long list."""
        return self.name == FACET_NAMES[Facet.KIND] or any(one.chosen for one in self.values)


@dataclass(frozen=True, slots=True)
class Chip:
    label: str
    address: str


@dataclass(frozen=True, slots=True)
class ShownPassage:
    html: SafeString
    passage: Passage


@dataclass(frozen=True, slots=True)
class ShownHit:
    hit: Hit
    title: SafeString
    kind: str
    state: str
    passages: list[ShownPassage]


@dataclass(frozen=True, slots=True)
class ShownWayOut:
    label: str
    total: int
    address: str


class _Counted(Paginator):
    """Pages over an answer that is cut into pages already."""

    def __init__(self, hits: list[ShownHit], per_page: int, total: int) -> None:
        super().__init__(hits, per_page)
        self.__dict__["count"] = total

    def page(self, number: int | str) -> Page:
        return Page(self.object_list, int(number), self)


@dataclass
class Results:
    question: Question
    user: Any
    answer: Answer = field(default=NOTHING)
    # The name of what the question is narrowed to; empty for who may not know it.
    whole: str = ""
    unavailable: bool = False
    bodies: Sequence[Body] = ()
    ways_out: Sequence[WayOut] = ()
    # Whether the reader is told why a hit has its score.
    explains: bool = False

    @property
    def address_of_explanations(self) -> str:
        """Where each hit is explained, but for its key; empty where nothing is."""
        if not self.explains or self.sorted_by_newest or not self.question.text:
            return ""
        return f"{reverse('search_explained')}{write_address(self.question)}&treffer="

    @property
    def sorted_by_newest(self) -> bool:
        return self.question.sort is Sort.NEWEST

    @cached_property
    def facets(self) -> list[FacetGroup]:
        groups = []
        for facet, values in self.answer.facets.items():
            labelled = [replace(value, label=self._label(facet, value)) for value in values]
            shown = [v for n, v in enumerate(labelled) if n < _OPEN_VALUES or v.chosen]
            folded = [v for v in labelled[_OPEN_VALUES:_MOST_VALUES] if not v.chosen]
            if shown:
                groups.append(FacetGroup(FACET_NAMES[facet], FACETS[facet], shown, folded))
        return groups

    @cached_property
    def chips(self) -> list[Chip]:
        chips = list(self._whole_chips())
        chips += [
            Chip(
                self._label(facet, value),
                write_address(without_value(self.question, facet, value.value)),
            )
            for facet, values in self.answer.facets.items()
            for value in values
            if value.chosen
        ]
        return chips + list(self._date_chips())

    def _whole_chips(self) -> Iterator[Chip]:
        if self.question.within:
            label = _("within: %(name)s") % {"name": self.whole or _("one part of the archive")}
            yield Chip(label, write_address(replace(self.question, within="", page=1)))

    def _date_chips(self) -> Iterator[Chip]:
        question = replace(self.question, page=1)
        if question.since:
            label = _("from %(date)s") % {"date": date_format(question.since)}
            yield Chip(label, write_address(replace(question, since=None)))
        if question.until:
            label = _("until %(date)s") % {"date": date_format(question.until)}
            yield Chip(label, write_address(replace(question, until=None)))

    @cached_property
    def hits(self) -> Page:
        hits = [self._shown(hit) for hit in self.answer.hits]
        pages = _Counted(hits, self.question.per_page, self.answer.total)
        return pages.page(self.question.page)

    @property
    def base(self) -> str:
        """The address without its page, ready for another parameter."""
        query = write_address(replace(self.question, page=1)).removeprefix("?")
        return f"{query}&" if query else ""

    @property
    def address_without_filters(self) -> str:
        return write_address(without_filters(self.question))

    @property
    def ways_out_shown(self) -> list[ShownWayOut]:
        return [
            ShownWayOut(_sentence(way), way.total, write_address(way.question))
            for way in self.ways_out
        ]

    @property
    def bodies_shown(self) -> list[tuple[Body, str]]:
        """Bodies called as was typed, each with the address of the search for its papers."""
        return [(body, write_address(_papers_of(body))) for body in self.bodies]

    @property
    def address_of_suggestion(self) -> str:
        question = replace(self.question, text=self.answer.suggestion, verbatim=False, page=1)
        return write_address(question)

    @property
    def citation_addresses(self) -> list[tuple[str, str]]:
        query = write_address(replace(self.question, page=1))
        return [(name, reverse(f"search-{form}") + query) for form, name in FORM_NAMES.items()]

    @property
    def address_of_feed(self) -> str:
        return reverse("search-feed") + self.address_of_first_page

    @property
    def address_verbatim(self) -> str:
        return write_address(replace(self.question, verbatim=True, page=1))

    @property
    def address_by_newest(self) -> str:
        return write_address(replace(self.question, sort=Sort.NEWEST, page=1))

    @property
    def address_by_relevance(self) -> str:
        return write_address(replace(self.question, sort=Sort.RELEVANCE, page=1))

    @property
    def address_of_first_page(self) -> str:
        return write_address(replace(self.question, page=1))

    @property
    def paces(self) -> list[tuple[str, Any]]:
        """How soon one can be told of new hits."""
        return SavedSearch.Pace.choices

    @property
    def first_number(self) -> int:
        return self.question.offset + 1

    @property
    def newest(self) -> str:
        return NEWEST

    def _shown(self, hit: Hit) -> ShownHit:
        return ShownHit(
            hit=hit,
            title=marked(hit.title, hit.title_marks),
            kind=self._kinds.get(hit.kind, hit.kind),
            state=self._states.get(hit.state, hit.state),
            passages=[
                ShownPassage(marked(one.text, one.marks), one) for one in hit.passages if one.text
            ],
        )

    def _label(self, facet: Facet, value: FacetValue) -> str:
        if facet is Facet.KIND:
            return self._kinds.get(value.value, value.label)
        if facet is Facet.STATE:
            return self._states.get(value.value, value.label)
        if facet is Facet.ORGANISATION and value.label == value.value:
            # Chosen, and in none of the hits that would tell its name.
            return name_of_organisation(value.value, self.user) or _("one organisation")
        return value.label

    @cached_property
    def _kinds(self) -> dict[str, str]:
        return kind_labels()

    @cached_property
    def _states(self) -> dict[str, str]:
        return state_labels()


def _papers_of(body: Body) -> Question:
    return Question(facets={Facet.ORGANISATION: frozenset({body.identity})})


def _sentence(way: WayOut) -> str:
    match way.way:
        case Way.WITHOUT_FILTERS:
            return _("Without filters")
        case Way.WITHOUT_SIGNS:
            return _("Without quotation marks and minus signs")
        case Way.ANOTHER_WORD:
            return _("With the word “%(word)s”") % {"word": way.question.text}
