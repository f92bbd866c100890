"""How organisations, networks, members and programmes offer themselves to search."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from cms.core import kernel
from cms.networks.models import (
    MemberPage,
    NetworkPage,
    Organisation,
    OrganisationName,
    Programme,
)
from cms.networks.papers import NetworkPaper
from search import sources
from search.entries import Entry
from search.sources import Body, DatedName, ModelSource, key_for, whole_id

_MOST_MEANT = 3


class OrganisationSource(ModelSource):
    model = Organisation
    kind = "organisation"
    label = _("Organisation")
    is_paper = False

    def queryset(self) -> QuerySet[Any]:
        return Organisation.objects.prefetch_related("names", "details", "relations__other__names")

    def describe(self, record: Organisation) -> Entry:
        details = [detail.text for detail in record.details.all()]
        relations = [
            f"{relation.get_kind_display()} {relation.other}" for relation in record.relations.all()
        ]
        names = record.all_names
        return Entry(
            key=key_for(record),
            kind=self.kind,
            title=record.present_name,
            url=reverse("organisation", args=[record.pk]),
            tokens=frozenset({kernel.PUBLIC}),
            text="\n".join([*names, str(record.get_kind_display()), *details, *relations]),
            organisations=[(str(record.pk), record.present_name)],
            organisation_names=names,
        )


class ProgrammeSource(ModelSource):
    model = Programme
    kind = "programme"
    label = _("Programme")
    is_paper = False

    def queryset(self) -> QuerySet[Any]:
        return Programme.objects.select_related("owner", "funder").prefetch_related("owner__names")

    def describe(self, record: Programme) -> Entry:
        return Entry(
            key=key_for(record),
            kind=self.kind,
            title=record.title,
            url=reverse("organisation", args=[record.owner_id]) + f"#programm-{record.pk}",
            tokens=frozenset({kernel.PUBLIC}),
            text="\n".join([str(record.get_kind_display()), record.theme, record.purpose]),
            organisations=organisation_pairs(record.owner),
            organisation_names=record.owner.all_names,
        )


class NetworkPageSource(ModelSource):
    model = NetworkPage
    kind = "network"
    label = _("Network")
    is_paper = False

    def queryset(self) -> QuerySet[Any]:
        pages = NetworkPage.objects.live().select_related("organisation")
        return pages.prefetch_related("organisation__names", "organisation__formats")

    def describe(self, record: NetworkPage) -> Entry:
        formats = [f"{fmt.title}. {fmt.contents}" for fmt in record.organisation.formats.all()]
        return Entry(
            key=key_for(record),
            kind=self.kind,
            title=record.title,
            url=record.url or "",
            tokens=frozenset({kernel.PUBLIC}),
            text="\n".join([record.intro, plain(record.body), *formats]),
            organisations=organisation_pairs(record.organisation),
            organisation_names=record.organisation.all_names,
        )


class MemberPageSource(ModelSource):
    model = MemberPage
    kind = "member_profile"
    label = _("Member profile")
    is_paper = False

    def queryset(self) -> QuerySet[Any]:
        pages = MemberPage.objects.live().select_related("organisation")
        return pages.prefetch_related("organisation__names", "practice_examples")

    def describe(self, record: MemberPage) -> Entry:
        examples = [f"{one.title}. {one.text}" for one in record.practice_examples.all()]
        return Entry(
            key=key_for(record),
            kind=self.kind,
            title=record.title,
            url=record.url or "",
            tokens=record.audience_tokens(),
            text="\n".join([record.intro, record.structures, record.topics, *examples]),
            organisations=organisation_pairs(record.organisation),
            organisation_names=record.organisation.all_names,
            topics=record.topics.splitlines(),
        )


def organisation_pairs(*organisations: Organisation | None) -> list[tuple[str, str]]:
    """Return (id, present name) for the facet of organisations."""
    return [(str(one.pk), one.present_name) for one in organisations if one is not None]


def network_of(record: NetworkPaper) -> list[str]:
    """Return the id of the network whose paper this is, if it is one's."""
    return [whole_id("network", record.network_id)] if record.network_id else []


def plain(html: str) -> str:
    """Return rich text as plain text, with the blocks kept apart."""
    return strip_tags(str(html).replace("</", " </").replace("<br", " <br")).strip()


class Organisations:
    """All names of all bodies, for questions that name one."""

    def called(self, name: str) -> set[str]:
        names = OrganisationName.objects.values_list("organisation_id", flat=True)
        called = sources.exactly_or_nearly(names, Q(name__iexact=name), Q(name__icontains=name))
        return {str(pk) for pk in called}

    def name_of(self, identity: str, user: Any) -> str:
        if not identity.isdecimal():
            return ""
        found = kernel.visible(user, Organisation.objects.filter(pk=identity))
        return next((one.present_name for one in found), "")

    def meant_by(self, name: str, user: Any) -> list[Body]:
        ids = OrganisationName.objects.filter(name__iexact=name).values("organisation_id")
        found = kernel.visible(user, Organisation.objects.filter(pk__in=ids))
        found = found.prefetch_related("names").order_by("key")
        return [_body(one) for one in found[:_MOST_MEANT]]


def _body(organisation: Organisation) -> Body:
    present = organisation.present_name
    return Body(
        identity=str(organisation.pk),
        name=present,
        url=reverse("organisation", args=[organisation.pk]),
        others=[
            DatedName(one.name, one.starts, one.ends)
            for one in organisation.names.all()
            if one.name != present
        ],
    )


SOURCES = (OrganisationSource, ProgrammeSource, NetworkPageSource, MemberPageSource)


def register() -> None:
    for source in SOURCES:
        sources.register(source())
    sources.register_organisations(Organisations())
    for kind in ("network", "organisation"):
        sources.register_whole(kind, Organisation)
