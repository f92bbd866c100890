"""Where to subscribe: any question, series or body is an Atom feed as well (RFC 4287)."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.urls import reverse
from pydantic import BaseModel, Field

from home.api.kinds import KINDS
from search.addresses import write_address
from search.questions import Facet, Question
from search.wording import kind_labels


class Feed(BaseModel):
    kind: str | None = Field(description="Only papers of this kind; null: all papers")
    title: str
    url: str = Field(description="Atom; what it tells is trimmed for whoever asks, as all else")


class FeedList(BaseModel):
    feeds: Sequence[Feed]


def address_of(request: HttpRequest, question: Question) -> str:
    return request.build_absolute_uri(reverse("search-feed") + write_address(question))


def listed(request: HttpRequest) -> FeedList:
    labels = kind_labels()
    by_kind = [
        Feed(
            kind=kind,
            title=labels[kind],
            url=address_of(request, Question(facets={Facet.KIND: frozenset({kind})})),
        )
        for kind in KINDS
    ]
    everything = Feed(kind=None, title="", url=address_of(request, Question()))
    return FeedList(feeds=[everything, *by_kind])
