"""What the page of an organisation shows, in a constant number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import Page

from cms.agreements.models import AccessionPage, AgreementPage, DeclarationPage
from cms.agreements.rules import IN_REGISTER
from cms.core import kernel
from cms.events.models import DocumentationPage, EventPage
from cms.networks.models import (
    Mandate,
    MemberPage,
    Membership,
    NetworkPage,
    Organisation,
    OrganisationRelation,
    Post,
    Programme,
)
from cms.publications.models import PublicationPage

# Enough for a page; the search lists the rest.
PAPERS_PER_KIND = 20


@dataclass(frozen=True, slots=True)
class Paper:
    """One line in the list of papers."""

    kind: str
    title: str
    url: str
    when: Any


@dataclass(frozen=True, slots=True)
class About:
    organisation: Organisation
    # Its own pages, where it has some: how the network or the member presents itself.
    own_pages: Sequence[Page]
    relations: Sequence[OrganisationRelation]
    relations_of_others: Sequence[OrganisationRelation]
    units: Sequence[Organisation]
    memberships: Sequence[Membership]
    members: Sequence[Membership]
    mandates_held: Sequence[Mandate]
    mandates_given: Sequence[Mandate]
    posts: Sequence[Post]
    programmes: Sequence[Programme]
    papers: Sequence[Paper]


def organisation_for(user: kernel.Somebody, pk: int, on: date) -> About | None:
    """Return what `user` may see about a body on a day; None when there is no such body."""
    found = kernel.visible(user, Organisation.objects.filter(pk=pk))
    body = (
        found.select_related("parent")
        .prefetch_related("names", "parent__names", "details", "figures", "contacts")
        .first()
    )
    if body is None:
        return None
    open_memberships = Membership.objects.on(on).filter(status=Membership.Status.MEMBER)
    posts = Post.objects.on(on).filter(organisation=body, publish=True)
    programmes = Programme.objects.filter(Q(owner=body) | Q(funder=body))
    relations_of_others = _named(OrganisationRelation.objects.filter(other=body), "organisation")
    # A unit whose relation says the same with a date and a source is not named twice.
    part_of = OrganisationRelation.Kind.PART_OF
    named = {one.organisation_id for one in relations_of_others if one.kind == part_of}
    units = Organisation.objects.filter(parent=body).exclude(pk__in=named)
    return About(
        organisation=body,
        own_pages=_own_pages(user, body),
        relations=_named(body.relations.all(), "other"),
        relations_of_others=relations_of_others,
        units=list(units.prefetch_related("names")),
        memberships=_named(open_memberships.filter(organisation=body), "network"),
        members=_named(open_memberships.filter(network=body), "organisation"),
        mandates_held=_named(Mandate.objects.filter(holder=body), "mandator"),
        mandates_given=_named(Mandate.objects.filter(mandator=body), "holder"),
        posts=list(posts.select_related("person", "on_behalf_of").order_by("-starts")),
        programmes=list(kernel.visible(user, programmes)),
        papers=_papers(user, body),
    )


def _named(rows: QuerySet[Any], side: str) -> list[Any]:
    """Fetch rows with the names of the body on their other side."""
    return list(rows.select_related(side).prefetch_related(f"{side}__names"))


def _papers(user: kernel.Somebody, body: Organisation) -> list[Paper]:
    """Return the papers that name this body, the youngest first: one query for each kind."""
    found: list[tuple[str, Paper]] = []
    for model, condition, dated in _where_named(body):
        naming = model.objects.live().filter(condition).defer_streamfields()
        pages = kernel.visible(user, naming).distinct()
        kind = str(model._meta.verbose_name)
        for page in pages.order_by(f"-{dated}")[:PAPERS_PER_KIND]:
            when = getattr(page, dated)
            found.append((when.iso, Paper(kind, page.title, page.url or "", when)))
    return [paper for _, paper in sorted(found, key=lambda pair: pair[0], reverse=True)]


def _where_named(body: Organisation) -> list[tuple[Any, Q, str]]:
    """Where each kind of paper names a body, and which of its dates counts in the list."""
    signed = Q(rounds__signatures__organisation=body, rounds__signatures__status__in=IN_REGISTER)
    return [
        (AgreementPage, Q(parties__organisation=body), "concluded_on"),
        (DeclarationPage, signed | Q(basis_of=body), "opened_on"),
        (AccessionPage, Q(organisation=body), "proposed_on"),
        (EventPage, Q(host=body) | Q(partners__organisation=body), "takes_place_on"),
        (DocumentationPage, Q(lead=body), "documented_on"),
        (PublicationPage, Q(editors__organisation=body), "published_on"),
    ]


def _own_pages(user: kernel.Somebody, body: Organisation) -> list[Page]:
    models = (NetworkPage, MemberPage)
    pages: list[Page] = []
    for model in models:
        pages += kernel.visible(user, model.objects.live().filter(organisation=body))
    return pages
