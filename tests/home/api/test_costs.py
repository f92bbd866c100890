"""What an answer costs does not depend on how much it tells: for each address, both ways round."""

from collections.abc import Iterable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.core import outbox
from search.indexing import KIND
from tests.face import papers
from tests.face.abundance import one_more
from tests.people import alma

pytestmark = pytest.mark.django_db

# With what `every_page` brings along this makes two, then six of a kind.
A_LITTLE, THRICE = range(1, 2), range(2, 6)
# For a guest; who has signed in costs what the kernel asks about them, once for each kind.
MOST = {
    "papers": 56, "papers/": 28, "versions": 3, "organisations": 5, "organisations/": 5,
    "series": 14, "series/": 7, "search": 12, "feeds": 1, "openapi.json": 0,
}  # fmt: skip


def test_every_answer_costs_the_same_however_much_it_tells() -> None:
    places = papers.every_page()
    grow(places, A_LITTLE)
    guest, office = Client(), Client()
    office.force_login(alma())
    addresses = all_addresses()
    before = {(who, a): cost(who, a) for who in (guest, office) for a in addresses}

    grow(places, THRICE)

    grown = {
        address: (number, cost(who, address))
        for (who, address), number in before.items()
        if cost(who, address) != number
    }
    assert grown == {}


def test_an_answer_costs_a_guest_no_more_than_is_written_here() -> None:
    grow(papers.every_page(), A_LITTLE)

    costs = {address: cost(Client(), address) for address in all_addresses()}

    dear = {a: number for a, number in costs.items() if number > MOST[sort_of(a)]}
    assert dear == {}


def all_addresses() -> list[str]:
    """Each list, and the first of each kind of thing."""
    lists = ["papers", "organisations", "series", "search", "feeds"]
    firsts: dict[str, str] = {}
    for one in Client().get("/api/v1/papers?per_page=100").json()["papers"]:
        firsts.setdefault(one["kind"], one["id"])
    papers_and_versions = [f"papers/{one}{v}" for one in firsts.values() for v in ("", "/versions")]
    chain = Client().get("/api/v1/series").json()["series"][0]["id"]
    body = Client().get("/api/v1/organisations").json()["organisations"][0]["id"]
    things = [*papers_and_versions, f"series/{chain}", f"organisations/{body}", "openapi.json"]
    return [f"/api/v1/{one}?per_page=100" for one in lists] + [f"/api/v1/{one}" for one in things]


def sort_of(address: str) -> str:
    name = address.removeprefix("/api/v1/").partition("?")[0]
    if name.endswith("/versions"):
        return "versions"
    first, slash, _ = name.partition("/")
    return first + slash


def grow(places: papers.Places, numbers: Iterable[int]) -> None:
    for number in numbers:
        one_more(number, places.network)
    assert outbox.drain(kinds=[KIND]).failed == 0


def cost(client: Client, address: str) -> int:
    # The first answer fills caches that live longer than a request.
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)
