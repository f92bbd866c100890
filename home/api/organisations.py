"""The register of bodies, with all their dated names: public, as on the pages."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from pydantic import BaseModel, Field

from cms.core import kernel
from cms.networks.api import DatedName, VagueDate, names_of, vague
from cms.networks.models import Organisation
from home.api import feeds, identities, paging
from home.api.identities import Identity
from search.questions import Facet, Question

# What search calls a body.
KIND = "organisation"


class Relation(BaseModel):
    relation: str = Field(description="`successor`: this body is the successor of the other one")
    organisation: str
    name: str
    since: VagueDate
    until: VagueDate


class Body(BaseModel):
    id: str
    key: str
    kind: str
    name: str = Field(description="As it is called today")
    names: Sequence[DatedName]
    land: str = Field(description="ISO 3166-2:DE without the country")
    part_of: str | None
    ags: str
    ars: str
    founded: VagueDate
    dissolved: VagueDate
    relations: Sequence[Relation]
    url: str = Field(description="The page for people")
    api_url: str
    papers_url: str = Field(description="The papers that name it and that you may see")
    feed_url: str = Field(description="The same as an Atom feed")


class BodyList(BaseModel):
    organisations: Sequence[Body]
    next: str | None = Field(description="Where the list goes on; null at its end")


def listed(request: HttpRequest, *, kind: str | None, after: int | None, per_page: int) -> BodyList:
    rows = visible_bodies(request.user)
    if kind:
        rows = rows.filter(kind=kind)
    start = Identity("", after) if after else None
    part = paging.part_of({"": rows}, after=start, per_page=per_page)
    return BodyList(
        organisations=[told(request, row) for _, row in part.rows],
        next=paging.address_with(request, after=part.last.number) if part.last else None,
    )


def one(request: HttpRequest, text: str) -> Body:
    identity = identities.read(f"{KIND}-{text}")
    rows = visible_bodies(request.user)
    body = rows.filter(pk=identity.number).first() if identity else None
    if body is None:
        raise Http404
    return told(request, body)


def visible_bodies(user: kernel.Somebody) -> QuerySet[Any]:
    rows = kernel.visible(user, Organisation.objects.all())
    return rows.prefetch_related("names", "relations__other__names")


def told(request: HttpRequest, body: Organisation) -> Body:
    api_url = reverse("api:organisation", args=[body.pk])
    naming = Question(facets={Facet.ORGANISATION: frozenset({str(body.pk)})})
    return Body(
        id=str(body.pk),
        key=body.key,
        kind=body.kind,
        name=body.present_name,
        names=names_of(body),
        land=body.land,
        part_of=str(body.parent_id) if body.parent_id else None,
        ags=body.ags,
        ars=body.ars,
        founded=vague(body.founded),
        dissolved=vague(body.dissolved),
        relations=[
            Relation(
                relation=one.kind,
                organisation=str(one.other_id),
                name=one.other.present_name,
                since=vague(one.starts),
                until=vague(one.ends),
            )
            for one in body.relations.all()
        ],
        url=request.build_absolute_uri(reverse("organisation", args=[body.pk])),
        api_url=request.build_absolute_uri(api_url),
        papers_url=request.build_absolute_uri(f"{reverse('api:papers')}?organisation={body.pk}"),
        feed_url=feeds.address_of(request, naming),
    )
