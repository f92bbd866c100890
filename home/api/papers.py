"""Papers: the list that is read on and on, and one with everything that its page shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet, prefetch_related_objects
from django.http import Http404, HttpRequest
from django.urls import reverse
from pydantic import BaseModel, Field
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.core import kernel
from cms.documents.api import PaperFile, PaperReference, references_of
from cms.networks.api import NamedBody, PaperKind, VagueDate, vague
from home.api import identities, paging, series
from home.api.identities import Identity
from home.api.kinds import KINDS, Details, files_of
from search import permanent
from search.sources import key_for


class PaperLine(BaseModel):
    """A paper in a list."""

    id: str = Field(examples=["publication-17"])
    kind: str
    title: str
    reference_number: str
    date: VagueDate
    state: str = Field(description="Empty for kinds without states")
    language: str
    audience: str = Field(description="`public`, `members`, `office` or `group`")
    network: str | None = Field(description="The network whose paper it is")
    series: str | None
    topics: Sequence[str]
    organisations: Sequence[NamedBody]
    changed_at: datetime | None = Field(description="When the present text became public")
    url: str = Field(description="The page for people")
    permanent_url: str | None = Field(
        description="Leads to the paper wherever its page moves; null for a second or so after "
        "it became public"
    )
    api_url: str
    versions_url: str


class PaperList(BaseModel):
    papers: Sequence[PaperLine]
    next: str | None = Field(description="Where the list goes on; null at its end")


class Paper(PaperLine):
    """A paper with everything that its page shows."""

    files: Sequence[PaperFile]
    references: Sequence[PaperReference]
    details: Details


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """What a list is narrowed to; every condition must hold."""

    kinds: Sequence[str] = ()
    organisation: str | None = None
    series: Identity | None = None
    year: int | None = None
    changed_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Beside:
    """What is read for all papers of an answer at once, by their paths and their keys."""

    in_series: Mapping[str, str]
    permanent: Mapping[str, str]


def visible_papers(user: kernel.Somebody, kind: PaperKind) -> QuerySet[Any]:
    """The public papers of a kind that this person may see."""
    return kernel.visible(user, kind.published())


def listed(
    request: HttpRequest, narrowing: Narrowing, *, after: Identity | None, per_page: int
) -> PaperList:
    part = paging.part_of(_sources(request.user, narrowing), after=after, per_page=per_page)
    beside = _beside(request, [row for _, row in part.rows])
    return PaperList(
        papers=[PaperLine(**_line(request, identity, row, beside)) for identity, row in part.rows],
        next=paging.address_with(request, after=part.last) if part.last else None,
    )


def one(request: HttpRequest, text: str) -> Paper:
    identity, record = found(request.user, text)
    kind = KINDS[identity.kind]
    prefetch_related_objects([record], *kind.fetched)
    files = [
        file.model_copy(update={"url": request.build_absolute_uri(file.url)})
        for file in files_of(kind, record)
    ]
    return Paper(
        **_line(request, identity, record, _beside(request, [record])),
        files=files,
        references=references_of(request.user, record) if isinstance(record, Page) else (),
        details=kind.details_of(record, request.user),
    )


def found(user: kernel.Somebody, text: str) -> tuple[Identity, Any]:
    """Return a paper that this person may see. Raises Http404 for all others."""
    identity = identities.read(text)
    kind = KINDS.get(identity.kind) if identity else None
    if identity is None or kind is None:
        raise Http404
    record = visible_papers(user, kind).filter(pk=identity.number).first()
    if record is None:
        raise Http404
    return identity, record


def _sources(user: kernel.Somebody, narrowing: Narrowing) -> dict[str, QuerySet[Any]]:
    """One list for each kind, narrowed; a series that is not to be seen holds nothing."""
    page = None
    if narrowing.series is not None:
        page = series.page_of(user, narrowing.series)
    kinds = {name: kind for name, kind in KINDS.items() if name in (narrowing.kinds or KINDS)}
    sources = {}
    for name, kind in kinds.items():
        rows = visible_papers(user, kind).defer(*_texts_of(kind)).prefetch_related(*kind.fetched)
        sources[name] = rows.filter(_condition(kind, narrowing))
        if narrowing.series is not None:
            sources[name] = _below(page, kind, sources[name])
    return sources


def _texts_of(kind: PaperKind) -> list[str]:
    """The long texts of a kind: lists do not read them."""
    fields = kind.model._meta.concrete_fields
    return [field.name for field in fields if isinstance(field, StreamField)]


def _condition(kind: PaperKind, narrowing: Narrowing) -> Q:
    condition = Q()
    if narrowing.organisation is not None:
        naming = kind.naming(narrowing.organisation)
        rows = kind.model._default_manager.filter(naming) if naming is not None else None
        # By a subquery: a paper that names a body twice is one paper.
        condition &= Q(pk__in=rows.values("pk") if rows is not None else [])
    if narrowing.year is not None:
        condition &= kind.dated(narrowing.year)
    if narrowing.changed_since is not None:
        condition &= Q(**{f"{kind.changed}__gte": narrowing.changed_since})
    return condition


def _below(page: Page | None, kind: PaperKind, rows: QuerySet[Any]) -> QuerySet[Any]:
    if page is None or not issubclass(kind.model, Page):
        return rows.none()
    return rows.filter(path__startswith=page.path, depth__gt=page.depth)


def _beside(request: HttpRequest, records: Sequence[Any]) -> _Beside:
    return _Beside(
        in_series=series.above(request.user, records),
        permanent=permanent.paths_of([key_for(record) for record in records]),
    )


def _line(request: HttpRequest, identity: Identity, record: Any, beside: _Beside) -> dict[str, Any]:
    kind = KINDS[identity.kind]
    return {
        "id": str(identity),
        "kind": identity.kind,
        "title": kind.title_of(record),
        "reference_number": record.reference_number,
        "date": vague(kind.date_of(record)),
        "state": getattr(record, "state", ""),
        "language": getattr(record, "language", "de"),
        "audience": record.audience,
        "network": str(record.network_id) if record.network_id else None,
        "series": beside.in_series.get(getattr(record, "path", "")),
        "topics": kind.topics_of(record),
        "organisations": kind.bodies_of(record),
        "changed_at": getattr(record, kind.changed),
        **_addresses(request, identity, record),
        "permanent_url": paging.absolute(request, beside.permanent.get(key_for(record))),
    }


def _addresses(request: HttpRequest, identity: Identity, record: Any) -> dict[str, str]:
    """Where people and programs find the paper."""
    is_page = isinstance(record, Page)
    page = record.get_url(request) if is_page else record.get_absolute_url()
    own = reverse("api:paper", args=[str(identity)])
    versions = reverse("api:versions", args=[str(identity)])
    return {
        "url": request.build_absolute_uri(page or "/"),
        "api_url": request.build_absolute_uri(own),
        "versions_url": request.build_absolute_uri(versions),
    }
