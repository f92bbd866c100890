"""The search page's question and answer, for programs."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.urls import reverse
from pydantic import BaseModel, Field, StringConstraints

from cms.networks.api import VagueDate, vague
from home.api import feeds, identities, organisations, paging, series
from home.api.kinds import KINDS
from search import asking, permanent
from search.addresses import write_address
from search.answering import DEEPEST
from search.narrowing import narrowed
from search.questions import Answer, Facet, FacetValue, Hit, Mark, Passage, Question, Sort
from search.wishes import LONGEST
from search.wording import kind_labels, state_labels

LAST_PAGE = 1000
MOST_VALUES = 30

Value = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Values = Annotated[list[Value], Field(max_length=MOST_VALUES)]
Year = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}$")]


class SearchParameters(BaseModel):
    """As on the search page, values included; only the names of the parameters are English."""

    q: str = Field(
        "",
        max_length=LONGEST,
        description="Words, phrases in quotation marks, minus, prefix star, and the field words "
        "`art:`, `jahr:`, `von:`, `bis:`, `stand:`",
    )
    kind: Values = Field([], description="Any of these (as for all lists here)")
    organisation: Values = Field([])
    year: Annotated[list[Year], Field(max_length=MOST_VALUES)] = Field([])
    topic: Values = Field([])
    state: Values = Field([])
    since: date | None = Field(None, examples=["2015-01-01"])
    until: date | None = Field(None)
    sort: Sort = Field(Sort.RELEVANCE)
    verbatim: bool = Field(False, description="Search the words as typed, without correction")
    page: int = Field(1, ge=1, le=LAST_PAGE)
    per_page: int = Field(10, ge=1, le=paging.MOST_PER_PAGE)

    def question(self) -> Question:
        """The question that the page would ask."""
        chosen = {facet: frozenset(map(_clean, getattr(self, facet.value))) for facet in Facet}
        question = Question(
            text=_clean(self.q).strip(),
            facets={facet: values for facet, values in chosen.items() if values},
            since=self.since,
            until=self.until,
            sort=self.sort,
            page=self.page,
            per_page=self.per_page,
            verbatim=self.verbatim,
        )
        return narrowed(question)


class MarkedRange(BaseModel):
    """Characters (Unicode code points) to be marked: from `start`, up to but not with `end`."""

    start: int
    end: int


class FoundPassage(BaseModel):
    text: str
    marks: Sequence[MarkedRange]
    file_name: str = Field(description="Empty: the text of the paper itself")
    page: int | None = Field(description="The page of the file")
    url: str = Field(description="Leads to this page of the file")


class FoundOrganisation(BaseModel):
    id: str
    name: str


class FoundPaper(BaseModel):
    id: str
    kind: str
    kind_label: str
    title: str
    title_marks: Sequence[MarkedRange]
    reference_number: str
    date: VagueDate
    state: str
    language: str
    organisations: Sequence[FoundOrganisation]
    topics: Sequence[str]
    passages: Sequence[FoundPassage]
    url: str = Field(description="The page for people")
    permanent_url: str | None = Field(description="Leads there wherever the page moves")
    api_url: str | None = Field(description="Null for what is no paper, series or organisation")


class CountedValue(BaseModel):
    value: str = Field(description="To be given as parameter")
    label: str
    count: int
    chosen: bool


class UsedSpelling(BaseModel):
    typed: str
    used: str
    replaced: bool = Field(description="Searched instead of what was typed, not beside it")


class Pages(BaseModel):
    """Where to go on; null where there is nothing."""

    self: str
    next: str | None
    previous: str | None
    for_people: str = Field(description="The same question on the search page")


class SearchAnswer(BaseModel):
    """Hits, total, facets and suggestion know only what you may see."""

    total: int
    hits: Sequence[FoundPaper]
    facets: Mapping[Facet, Sequence[CountedValue]]
    suggestion: str | None = Field(
        description="The question in another spelling: searched already where there are "
        "`corrections`, otherwise an offer"
    )
    corrections: Sequence[UsedSpelling]
    feed_url: str = Field(description="New papers for this question, as an Atom feed")
    links: Pages


def answer(request: HttpRequest, given: SearchParameters) -> SearchAnswer:
    """Ask in the name of whoever asks. Raises EngineUnavailable."""
    question = given.question()
    found = asking.find(question, user=request.user)
    kinds, states = kind_labels(), state_labels()
    labels = {Facet.KIND: kinds, Facet.STATE: states}
    lasting = permanent.paths_of([hit.key for hit in found.hits])
    return SearchAnswer(
        total=found.total,
        hits=[_told(request, hit, kinds, lasting.get(hit.key)) for hit in found.hits],
        facets={
            facet: [_counted(one, labels.get(facet, {})) for one in values]
            for facet, values in found.facets.items()
        },
        suggestion=found.suggestion or None,
        corrections=[
            UsedSpelling(typed=one.typed, used=one.used, replaced=one.replaced)
            for one in found.corrections
        ],
        feed_url=feeds.address_of(request, replace(question, page=1)),
        links=_pages(request, question, found),
    )


def _clean(text: str) -> str:
    return text.replace("\0", "")


def _counted(one: FacetValue, labels: Mapping[str, str]) -> CountedValue:
    label = labels.get(one.value, one.label)
    return CountedValue(value=one.value, label=label, count=one.count, chosen=one.chosen)


def _pages(request: HttpRequest, question: Question, found: Answer) -> Pages:
    last = min(found.total, DEEPEST)
    goes_on = question.offset + question.per_page < last and question.page < LAST_PAGE
    page = question.page
    here = reverse("search") + write_address(question)
    return Pages(
        self=paging.address_with(request),
        next=paging.address_with(request, page=page + 1) if goes_on else None,
        previous=paging.address_with(request, page=page - 1) if page > 1 else None,
        for_people=request.build_absolute_uri(here),
    )


def _told(
    request: HttpRequest, hit: Hit, kinds: Mapping[str, str], lasting: str | None
) -> FoundPaper:
    return FoundPaper(
        id=identities.of_key(hit.key, hit.kind),
        kind=hit.kind,
        kind_label=kinds.get(hit.kind, hit.kind),
        title=hit.title,
        title_marks=_ranges(hit.title_marks),
        reference_number=hit.reference_number,
        date=vague(hit.when),
        state=hit.state,
        language=hit.language,
        organisations=[FoundOrganisation(id=pk, name=name) for pk, name in hit.organisations],
        topics=list(hit.topics),
        passages=[_passage(request, one) for one in hit.passages if one.text],
        url=request.build_absolute_uri(hit.url),
        permanent_url=paging.absolute(request, lasting),
        api_url=paging.absolute(request, _api_address(hit)),
    )


def _api_address(hit: Hit) -> str | None:
    identity = identities.of_key(hit.key, hit.kind)
    if hit.kind in KINDS:
        return reverse("api:paper", args=[identity])
    if hit.kind == series.AGREEMENTS:
        return reverse("api:one_series", args=[identity])
    if hit.kind == organisations.KIND:
        return reverse("api:organisation", args=[hit.key.rpartition(":")[2]])
    return None


def _passage(request: HttpRequest, one: Passage) -> FoundPassage:
    return FoundPassage(
        text=one.text,
        marks=_ranges(one.marks),
        file_name=one.file_name,
        page=one.page,
        url=paging.absolute(request, one.url) or "",
    )


def _ranges(marks: Sequence[Mark]) -> list[Any]:
    return [MarkedRange(start=start, end=end) for start, end in marks]
