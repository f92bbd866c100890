"""Bodies, people and what ties them together: the facts, then the invented ones."""

from typing import Any

from cms.accounts.models import User
from cms.core.values import ApproxCount, FuzzyDate
from cms.networks.models import (
    CriteriaList,
    Criterion,
    Mandate,
    Membership,
    NetworkFormat,
    NetworkOffice,
    NetworkProfile,
    Organisation,
    OrganisationContact,
    OrganisationDetail,
    OrganisationFigure,
    OrganisationName,
    OrganisationRelation,
    Person,
    Post,
    Programme,
)
from home.demo.keep import Keeper
from home.demo.material import read

Data = dict[str, Any]


def load_bodies(keep: Keeper, data: Data, *, invented: bool) -> None:
    """Make the organisations with their names and details, then their relations."""
    new = [one for one in data["organisation"] if not Organisation.objects.filter(key=one["key"])]
    for one in new:
        _body(keep, one, invented=invented)
    for one in new:
        for relation in one.get("relations", ()):
            values = {**relation, "other": keep.body(relation["other"])}
            _part(OrganisationRelation, keep.body(one["key"]), values, one)


def _body(keep: Keeper, one: Data, *, invented: bool) -> None:
    body = keep.row(
        Organisation,
        {
            "kind": one["kind"],
            "land": one.get("land", ""),
            "founded": FuzzyDate.parse(one.get("founded", "")),
            "parent": keep.body(one["parent"]) if "parent" in one else None,
            "note": one.get("note", ""),
            "is_invented": invented,
        },
        key=one["key"],
    )
    for order, name in enumerate(one["names"]):
        _part(OrganisationName, body, {**name, "order": order}, one)
    for detail in one.get("details", ()):
        _part(OrganisationDetail, body, detail, one)
    for figure in one.get("figures", ()):
        count = ApproxCount.parse(figure["count"])
        _part(OrganisationFigure, body, {**figure, "count": count}, one)
    for contact in one.get("contacts", ()):
        OrganisationContact.objects.create(organisation=body, **contact)


def _part(model: Any, body: Organisation, values: Data, one: Data) -> None:
    model.objects.create(organisation=body, **_dated({"source": one.get("source", ""), **values}))


def _dated(values: Data) -> Data:
    """Return the values with periods as fuzzy dates."""
    dates: Data = {
        name: FuzzyDate.parse(values[name]) for name in ("starts", "ends") if name in values
    }
    return {**values, **dates}


def load_ties(keep: Keeper, data: Data) -> None:
    """Make programmes, mandates, profiles, memberships, formats, criteria and offices."""
    for one in data.get("programme", ()):
        bodies = {name: keep.body(one[name]) for name in ("owner", "funder") if name in one}
        keep.row(Programme, {**_without(one, "key"), **bodies}, key=one["key"])
    for one in data.get("mandate", ()):
        key = {"kind": one["kind"]} | _bodies(keep, one, "mandator", "holder")
        keep.row(Mandate, _dated(_without(one, *key)), **key)
    for one in data.get("profile", ()):
        values = _without(one, "network")
        if "stated_members" in one:
            values["stated_members"] = ApproxCount.parse(one["stated_members"])
        keep.row(NetworkProfile, values, **_bodies(keep, one, "network"))
    for one in data.get("membership", ()):
        key = _bodies(keep, one, "network", "organisation")
        keep.row(Membership, _without(one, *key), **key)
    orders: dict[str, int] = {}
    for one in data.get("format", ()):
        orders[one["network"]] = order = orders.get(one["network"], -1) + 1
        key = _bodies(keep, one, "network") | {"title": one["title"]}
        keep.row(NetworkFormat, {**_without(one, *key), "order": order}, **key)
    for one in data.get("criteria", ()):
        _criteria(keep, one)
    for one in data.get("office", ()):
        key = _bodies(keep, one, "network") | {"title": one["title"]}
        keep.row(NetworkOffice, _without(one, *key), **key)


def _criteria(keep: Keeper, one: Data) -> None:
    found = keep.row(CriteriaList, version=one["version"], network=keep.body(one["network"]))
    for number, item in enumerate(one["items"], start=1):
        keep.row(Criterion, item, criteria_list=found, number=number)


def load_figures(keep: Keeper, data: Data) -> None:
    """Make the figures that speak of the field as a whole, not of one body."""
    for one in data.get("figure", ()):
        values = _without(one, "label") | {"count": ApproxCount.parse(one["count"])}
        keep.row(OrganisationFigure, values, label=one["label"], organisation=None)


def load_people(keep: Keeper, data: Data, accounts: dict[str, User]) -> None:
    """Make the persons with their posts; who signs in has an account."""
    for one in data.get("person", ()):
        if Person.objects.filter(key=one["key"]).exists():
            continue
        account = accounts.get(one.get("login", ""))
        values = _without(one, "key", "posts", "login") | {"account": account}
        person = keep.row(Person, values, key=one["key"])
        for post in one["posts"]:
            office = NetworkOffice.objects.filter(title=post.get("office", "")).first()
            bodies = _bodies(keep, post, "organisation", "on_behalf_of")
            Post.objects.create(person=person, **_dated({**post, **bodies, "office": office}))


def load_facts(keep: Keeper, accounts: dict[str, User]) -> None:
    load_bodies(keep, read("facts/organisations"), invented=False)
    load_figures(keep, read("facts/organisations"))
    load_ties(keep, read("facts/ties"))
    load_people(keep, read("facts/ties"), accounts)


def _bodies(keep: Keeper, one: Data, *names: str) -> dict[str, Organisation]:
    return {name: keep.body(one[name]) for name in names if name in one}


def _without(one: Data, *names: str) -> Data:
    return {name: value for name, value in one.items() if name not in names}
