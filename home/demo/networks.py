"""Network pages, the invented members and their profiles."""

from datetime import date

from cms.accounts.models import User
from cms.core.papers import Origin
from cms.core.values import ApproxCount, FuzzyDate, Qualifier
from cms.networks.models import (
    MemberPage,
    Membership,
    NetworkPage,
    Organisation,
    OrganisationName,
    Person,
    Post,
    PracticeExample,
)
from home.demo.dice import Dice
from home.demo.keep import Keeper, with_children
from home.demo.material import key_of, members, read, topics
from home.demo.tree import Tree
from home.demo.words import NETWORK

INVENTED_NETWORKS = (
    ("kommunalnetz-seenland", "Kommunalnetz Seenland", "Ein erfundenes Netz von Städten, "
     "Gemeinden und Landkreisen, an dem sich zeigt, was diese Seiten können.",
     "<p>Das Kommunalnetz Seenland ist erfunden, ebenso seine Mitglieder, ihre Papiere und alle "
     "Personen. Es besteht seit 1996; der Gemeindeverband Seenland führt die Geschäftsstelle, "
     "die Werkstatt Bürgerstadt berät.</p>"),
    ("dorfrunde-mittelmoor", "Dorfrunde Mittelmoor", "Ein erfundener Zusammenschluss kleiner "
     "Gemeinden rund um Nahversorgung und Mobilität.",
     "<p>In der Dorfrunde tauschen sich Läden, Bürgerbusse und Verwaltungen aus.</p>"),
)  # fmt: skip


def load_network_pages(keep: Keeper, tree: Tree) -> None:
    for one in read("facts/pages")["network"]:
        body = keep.body(one["organisation"])
        keep.open_page(
            tree.networks,
            one["slug"],
            lambda one=one, body=body: NetworkPage(  # type: ignore[misc]
                title=body.present_name, organisation=body, intro=one["intro"],
                body=one["body"].strip(),
            ),
        )  # fmt: skip
    for (slug, title, intro, text), key in zip(
        INVENTED_NETWORKS, (NETWORK, "runde-mittelmoor"), strict=True
    ):
        values = {"title": title, "intro": intro, "body": text, "organisation": keep.body(key)}
        keep.open_page(tree.networks, slug, lambda v=values: NetworkPage(**v))  # type: ignore[misc]


def load_members(keep: Keeper) -> None:
    """Make the invented municipalities as organisations with a contact and a membership."""
    for number, one in enumerate(members()):
        body = _municipality(keep, one["name"], one["kind"])
        _contact(keep, body, number)
        keep.row(
            Membership,
            {"starts": FuzzyDate.parse(one["since"]), "basis": "Beitrittserklärung"},
            network=keep.body(NETWORK),
            organisation=body,
        )
    data = read("invented/members")
    for line in data["applied"]:
        name, kind, _count = line.split("|")
        body = _municipality(keep, name, kind)
        keep.row(Membership, {"status": "applied"}, network=keep.body(NETWORK), organisation=body)
    for line in data["left"]:
        name, kind, _count, since, until = line.split("|")
        body = _municipality(keep, name, kind)
        period = {"starts": FuzzyDate.parse(since), "ends": FuzzyDate.parse(until)}
        values = {"status": "left", **period}
        keep.row(Membership, values, network=keep.body(NETWORK), organisation=body)


def _municipality(keep: Keeper, name: str, kind: str) -> Organisation:
    body = keep.row(Organisation, {"kind": kind, "is_invented": True}, key=key_of(name))
    keep.row(OrganisationName, organisation=body, name=name)
    return body


def _contact(keep: Keeper, body: Organisation, number: int) -> None:
    names = read("forms/profiles")
    first, last = names["first_names"], names["last_names"]
    person = keep.row(
        Person,
        {
            "first_name": first[number % len(first)],
            "last_name": last[(number * 7 + number // len(first)) % len(last)],
            "mail": f"ehrenamt.{body.key}@example.org",
            "publish_contact": number % 3 > 0,
        },
        key=f"kontakt-{body.key}",
    )
    keep.row(Post, person=person, organisation=body, role="Ansprechperson für Engagement")


def load_profiles(keep: Keeper, tree: Tree, owners: dict[str, User]) -> None:
    """Enter the members' profiles; two members have not written theirs yet.

    `owners` names, by the member's key, who keeps the profile there.
    """
    for number, one in enumerate(members()):
        if number % 30 == 29:
            continue
        keep.paper(
            tree.members, one["key"], lambda one=one: _profile(keep, one),  # type: ignore[misc]
            owner=owners.get(one["key"]),
        )  # fmt: skip


def _profile(keep: Keeper, one: dict) -> MemberPage:
    texts, dice = read("forms/profiles"), Dice("profile", one["key"])
    recognition = dice.pick(["card", "card", "card", "comparable", "card_planned", ""])
    page = MemberPage(
        title=one["name"],
        organisation=keep.body(one["key"]),
        network=keep.body(NETWORK),
        origin=Origin.TAKEN_OVER,
        inhabitants=ApproxCount(one["inhabitants"], Qualifier.ABOUT, FuzzyDate.parse("2024")),
        contact=Person.objects.get(key=f"kontakt-{one['key']}"),
        intro=dice.pick(texts["intro"]).format(name=one["name"]),
        strategy=dice.pick(["yes", "yes", "planned", "no", ""]),
        structures=dice.pick(texts["structures"]),
        topics="\n".join(topics()[key]["tag"] for key in one["topics"]),
        recognition=recognition,
        recognition_year=date.today().year + 1 if recognition == "card_planned" else None,
        recognition_text=dice.pick(texts["comparable"]) if recognition == "comparable" else "",
    )
    with_children(
        page,
        practice_examples=[
            PracticeExample(title=title, text=text)
            for title, text in (
                dice.pick(topics()[key]["examples"]).split("|") for key in one["topics"]
            )
        ],
    )
    return page
