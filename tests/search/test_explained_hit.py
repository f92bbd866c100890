"""The page that explains a hit: for administrators, trimmed like every other door."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from cms.accounts.roles import Role
from tests.people import account, admin, alma, bruno
from tests.search.stand_in import Archive, paper

pytestmark = pytest.mark.django_db

Index = Callable[..., None]
PAGE = "/verwaltung/suche/warum/"


def page_for(person: Any, **asked: str) -> Any:
    return signed_in(person).get(f"{PAGE}?{urlencode(asked)}")


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_it_tells_in_sentences_what_adds_up(index: Index) -> None:
    index(paper(1, title="Kooperationsvereinbarung <A>"), paper(2, text="Die Kooperation"))
    client = signed_in(admin())
    hit = client.get("/suche/?q=Kooperationsvereinbahrung").context["results"].answer.hits[0]

    page = client.get(f"{PAGE}?q=Kooperationsvereinbahrung&treffer={hit.key}").content.decode()

    assert "„Kooperationsvereinbahrung“ wurde als „kooperationsvereinbarung“ gesucht." in page
    assert "Kooperationsvereinbarung &lt;A&gt;" in page
    assert "ein Teil des zusammengesetzten Worts" in page
    assert f"{hit.score:.3f}".replace(".", ",") in page


def test_each_hit_leads_administrators_and_nobody_else_there(index: Index) -> None:
    index(paper(1, title="Quartiersbericht"))
    address = f"{PAGE}?q=Quartier&amp;treffer=stand_in.paper%3A1"

    def page(client: Client, **more: str) -> str:
        return client.get("/suche/", {"q": "Quartier", **more}).content.decode()

    assert address in page(signed_in(admin()))
    assert signed_in(admin()).get(address.replace("&amp;", "&")).status_code == 200
    for client in (Client(), signed_in(alma()), signed_in(account("Olaf Ohm", Role.OFFICE))):
        assert PAGE not in page(client)
    # Newest first, no score decides.
    assert PAGE not in page(signed_in(admin()), sortierung="neueste")


def test_only_administrators_open_it(index: Index) -> None:
    index(paper(1, title="Quartiersbericht"))
    asked = {"q": "Quartier", "treffer": "stand_in.paper:1"}

    assert page_for(admin(), **asked).status_code == 200
    for person in (alma(), bruno(), account("Olaf Ohm", Role.OFFICE)):
        assert page_for(person, **asked).status_code in (302, 403)
    assert Client().get(PAGE, asked).status_code == 302


def test_what_the_database_hides_by_now_is_not_explained(index: Index, archive: Archive) -> None:
    index(paper(1, title="Quartiersbericht"), paper(2, title="Quartiersbericht zwei"))
    archive.seen_by["stand_in.paper:1"] = {"cem@example.org"}

    assert page_for(admin(), q="Quartier", treffer="stand_in.paper:1").status_code == 404
    assert page_for(admin(), q="Quartier", treffer="stand_in.paper:2").status_code == 200


@pytest.mark.parametrize("key", ["", "nothing", "stand_in.paper:99", "other.kind:1", "\0", "a:b:c"])
def test_a_key_that_names_nothing_leads_nowhere(index: Index, key: str) -> None:
    index(paper(1, title="Quartiersbericht"))

    assert page_for(admin(), q="Quartier", treffer=key).status_code == 404


def test_without_an_index_it_says_so(index: Index, settings: Any) -> None:
    index(paper())
    (settings.SEARCH_INDEX_DIR / "current").write_text("g-lost")

    response = page_for(admin(), q="Vermerk", treffer="stand_in.paper:1")

    assert response.status_code == 503
    assert "Die Suche ist gerade nicht verfügbar." in response.content.decode()
