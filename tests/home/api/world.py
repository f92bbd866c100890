"""A small archive of many audiences, and whoever asks for it."""

from typing import Any

from django.apps import apps
from django.contrib.auth.models import AnonymousUser, Group
from django.test import Client
from wagtail.models import Page

from cms.archive.models import ArchivePaper
from cms.core import kernel, outbox
from cms.core.papers import Origin, Paper
from cms.core.values import FuzzyDate
from cms.events.models import EventIndexPage, EventPage, EventSeriesPage
from cms.networks.models import MemberIndexPage, MemberPage, Organisation
from home.api.kinds import KINDS
from search.indexing import KIND, touch
from search.sources import key_for
from tests import people
from tests.cms.agreements import papers
from tests.cms.agreements.papers import below, published
from tests.cms.networks.bodies import join, post
from tests.cms.publications.papers import publication

GUEST = AnonymousUser()


def bodies() -> tuple[Organisation, Organisation]:
    """Two networks; Cem is from a member of the first, Dora from a member of the second."""
    networks = []
    for name, town, user in (
        ("Netz Eins", "Seestadt", people.cem()),
        ("Netz Zwei", "Bergdorf", people.account("Dora Dorn")),
    ):
        network, place = papers.body(name, "network"), papers.body(town)
        join(network, place)
        post(user, place)
        networks.append(network)
    return networks[0], networks[1]


def audiences(one: Organisation, two: Organisation) -> list[dict[str, Any]]:
    """Every audience that is not everybody."""
    group, _ = Group.objects.get_or_create(name="beirat")
    return [
        {"audience": "members", "network": one},
        {"audience": "members", "network": two},
        {"audience": "office"},
        {"audience": "group", "audience_group": group},
    ]


def keep(number: int, **audience: Any) -> None:
    """Keep one paper of most kinds for an audience, each with the word Haushaltssperre."""
    word = "Haushaltssperre" if audience else "Hallennutzung"
    title = f"{word} {number}"
    published(publication(title, published_on=FuzzyDate.of_year(2015), **audience))
    chain = papers.series(f"Kette {number}") if not audience else papers.series("Kette 0")
    agreement = papers.agreement(number + 1, chain, title=title, **audience)
    published(agreement)
    series = EventSeriesPage(title=f"Reihe {title}", origin=Origin.TAKEN_OVER, **audience)
    series = published(below(papers.index(EventIndexPage, "Veranstaltungen"), series))
    event = EventPage(title=title, origin=Origin.TAKEN_OVER, audience="public")
    if audience:
        for name, value in audience.items():
            setattr(event, name, value)
    published(below(series, event))
    member = MemberPage(title=title, organisation=papers.body(f"Ort {number}"), **audience)
    member.origin = Origin.TAKEN_OVER
    published(below(papers.index(MemberIndexPage, "Mitglieder"), member))
    archived = ArchivePaper.objects.create(
        source="rat.example", source_id=f"papier/{number}", title=title, kind="Antrag",
        dated=FuzzyDate.of_year(2015), digest="0" * 64, **audience,
    )  # fmt: skip
    # As the import does.
    touch(key_for(archived))


def index() -> None:
    assert outbox.drain(kinds=[KIND]).failed == 0


def everybody() -> dict[str, Any]:
    grouped = people.account("Emil Ernst")
    grouped.groups.add(Group.objects.get_or_create(name="beirat")[0])
    return {
        "guest": GUEST,
        "member": people.cem(),
        "other member": people.account("Dora Dorn"),
        "of the group": grouped,
        "stranger": people.account("Fritz Fremd"),
        "office": people.alma(),
        "administrator": people.admin(),
    }


def browser(user: Any) -> Client:
    client = Client()
    if user.is_authenticated:
        client.force_login(user)
    return client


def shown_to(user: Any) -> set[str]:
    """What the kernel shows of all papers there are, asked without the interface."""
    kinds = {kind.model: name for name, kind in KINDS.items()}
    shown = set()
    for model in papers_of_the_house():
        rows = kernel.visible(user, model._default_manager.all())
        if issubclass(model, Page):
            rows = rows.filter(live=True)
        shown |= {f"{kinds[model]}-{pk}" for pk in rows.values_list("pk", flat=True)}
    return shown


def papers_of_the_house() -> list[Any]:
    ours = [model for model in apps.get_models() if issubclass(model, Paper)]
    return [model for model in ours if model.__module__.startswith("cms.")]


def listed_for(user: Any, query: str = "per_page=3") -> list[str]:
    """Every id of the list, read on until its end."""
    client, ids = browser(user), []
    address: str | None = f"/api/v1/papers?{query}"
    while address:
        part = client.get(address).json()
        ids += [paper["id"] for paper in part["papers"]]
        address = part["next"]
    return ids
