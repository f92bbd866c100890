"""What pages on networks and members show, each in a constant number of queries."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, F, Prefetch, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from cms.core import kernel
from cms.networks.models.organisations import Organisation, OrganisationKind
from cms.networks.models.people import Post
from cms.networks.models.ties import Mandate, Membership, NetworkProfile

PER_PAGE = 30


def memberships_of(organisation: Organisation) -> QuerySet[Membership]:
    """Return the open memberships of a body, with the networks' names."""
    open_today = Membership.objects.on(timezone.localdate())
    return open_today.filter(
        organisation=organisation, status=Membership.Status.MEMBER
    ).prefetch_related("network__names", "network__network_page")


def open_members(network: Organisation) -> QuerySet[Membership]:
    open_today = Membership.objects.on(timezone.localdate())
    return open_today.filter(network=network, status=Membership.Status.MEMBER).prefetch_related(
        "organisation__names", "organisation__member_page"
    )


def network_at_a_glance(network: Organisation) -> dict[str, Any]:
    """Return the context of a network's page (see NetworkPage)."""
    today = timezone.localdate()
    members = list(open_members(network))
    members.sort(key=lambda membership: membership.organisation.present_name)
    profile = NetworkProfile.objects.filter(network=network).first()
    posts = Post.objects.on(today).filter(publish=True).select_related("person")
    return {
        "profile": profile,
        "members": members,
        "member_count": member_count(profile, len(members)),
        "formats": network.formats.all(),
        "criteria": network.criteria_lists.prefetch_related("criteria").order_by("version").last(),
        "offices": network.offices.prefetch_related(
            Prefetch("posts", posts.prefetch_related("organisation__names"))
        ),
        "mandates": Mandate.objects.filter(mandator=network).prefetch_related("holder__names"),
    }


def member_count(profile: NetworkProfile | None, counted: int) -> Any:
    """Return the number to show: counted once the register is complete, else as stated."""
    if profile is None or profile.register_complete or profile.stated_members is None:
        return counted
    return profile.stated_members


def directory(members: Any, request: HttpRequest) -> dict[str, Any]:
    """Return one page of the members' directory, filtered by kind and first letter."""
    found = kernel.visible(request.user, members.live())
    kinds = found.order_by().values(kind=F("organisation__kind")).annotate(count=Count("pk"))
    kind = request.GET.get("art", "")
    letter = request.GET.get("buchstabe", "")[:1]
    letters = sorted({title[0].upper() for title in found.values_list("title", flat=True)})
    if kind:
        found = found.filter(organisation__kind=kind)
    if letter:
        found = found.filter(title__istartswith=letter)
    ordered = found.order_by("title").prefetch_related("organisation__names")
    return {
        "members": Paginator(ordered, PER_PAGE).get_page(request.GET.get("seite")),
        "kinds": [
            (row["kind"], OrganisationKind(row["kind"]).label, row["count"])
            for row in sorted(kinds, key=lambda row: -row["count"])
        ],
        "letters": letters,
        "chosen_kind": kind,
        "chosen_letter": letter,
    }
