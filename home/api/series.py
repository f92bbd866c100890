"""Series: chains of agreements, and events under one heading."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from pydantic import BaseModel, Field
from wagtail.models import Page

from cms.agreements.models import AgreementSeriesPage
from cms.core import kernel
from cms.events.api import EventSeriesKind
from cms.networks.api import NamedBody, named_body
from cms.networks.search import plain
from home.api import feeds, identities, paging
from home.api.identities import Identity
from search.questions import Question
from search.sources import whole_id

AGREEMENTS, EVENTS = "agreement_series", "event_series"


class Series(BaseModel):
    id: str
    kind: str = Field(description="`agreement_series` or `event_series`")
    title: str
    about: str
    organisations: Sequence[NamedBody]
    url: str = Field(description="The page for people")
    api_url: str
    papers_url: str = Field(description="The papers of this series that you may see")
    feed_url: str = Field(description="The same as an Atom feed")


class SeriesList(BaseModel):
    series: Sequence[Series]
    next: str | None = Field(description="Where the list goes on; null at its end")


def visible_series(user: kernel.Somebody) -> dict[str, QuerySet[Any]]:
    agreements = kernel.visible(user, AgreementSeriesPage.objects.live())
    events = EventSeriesKind()
    return {
        AGREEMENTS: agreements.prefetch_related(
            "standing_parties__organisation__names", "basis_of__names"
        ),
        EVENTS: kernel.visible(user, events.published()).prefetch_related(*events.fetched),
    }


def listed(request: HttpRequest, *, after: Identity | None, per_page: int) -> SeriesList:
    part = paging.part_of(visible_series(request.user), after=after, per_page=per_page)
    return SeriesList(
        series=[told(request, identity, row) for identity, row in part.rows],
        next=paging.address_with(request, after=part.last) if part.last else None,
    )


def one(request: HttpRequest, text: str) -> Series:
    identity = identities.read(text)
    page = page_of(request.user, identity) if identity else None
    if identity is None or page is None:
        raise Http404
    return told(request, identity, page)


def page_of(user: kernel.Somebody, identity: Identity) -> Any:
    """Return the page of a series that this person may see, or None."""
    rows = visible_series(user).get(identity.kind)
    return rows.filter(pk=identity.number).first() if rows is not None else None


def above(user: kernel.Somebody, pages: Iterable[Page]) -> Mapping[str, str]:
    """Return the series that pages stand in, by the pages' paths, as this person may see them."""
    wanted = {page.path: _paths_above(page) for page in pages if isinstance(page, Page)}
    paths = {path for above in wanted.values() for path in above}
    found: dict[str, str] = {}
    for kind, rows in visible_series(user).items():
        known = rows.prefetch_related(None).filter(path__in=paths) if paths else rows.none()
        found.update({path: f"{kind}-{pk}" for pk, path in known.values_list("pk", "path")})
    return {
        path: next(found[one] for one in above if one in found)
        for path, above in wanted.items()
        if any(one in found for one in above)
    }


def _paths_above(page: Page) -> list[str]:
    """A paper stands in its series, or below an event of it."""
    return [page.path[: -steps * Page.steplen] for steps in (1, 2)]


def told(request: HttpRequest, identity: Identity, page: Any) -> Series:
    is_chain = identity.kind == AGREEMENTS
    papers = reverse("api:papers")
    return Series(
        id=str(identity),
        kind=identity.kind,
        title=page.title,
        about=page.subject if is_chain else plain(page.abstract),
        organisations=_parties(page) if is_chain else EventSeriesKind().bodies_of(page),
        url=request.build_absolute_uri(page.get_url(request)),
        api_url=request.build_absolute_uri(reverse("api:one_series", args=[str(identity)])),
        papers_url=request.build_absolute_uri(f"{papers}?series={identity}"),
        feed_url=feeds.address_of(request, Question(within=whole_id(identity.kind, page.pk))),
    )


def _parties(page: AgreementSeriesPage) -> list[NamedBody]:
    bodies = [named_body("party", one.organisation) for one in page.standing_parties.all()]
    if page.basis_of:
        bodies.append(named_body("basis_of", page.basis_of))
    return bodies
