"""Every type of public page answers, in German, without asking a foreign host."""

import re

import pytest
from django.test import Client

from home.actions import set_up_site
from tests.face import papers

pytestmark = pytest.mark.django_db

NAMES = [
    "front", "agreements", "series", "first", "agreement", "gap", "declarations", "declaration",
    "accession", "events", "event series", "event", "documentations", "documentation",
    "publications", "publication", "networks", "network", "members", "member", "imprint",
    "organisation", "archive document", "text of a file", "barrier", "login",
]  # fmt: skip
LOADED = re.compile(
    r"""(?:<(?:script|img|source|iframe)[^>]*\ssrc|<link[^>]*\shref)=["']([^"']+)"""
)


@pytest.fixture
def places() -> papers.Places:
    return papers.every_page()


def test_every_public_page_answers_and_has_one_main_heading(places, client: Client):
    assert set(places.addresses) == set(NAMES)
    for name, address in places.addresses.items():
        response = client.get(address)

        text = response.content.decode()
        assert response.status_code == 200, name
        assert text.count("<h1") == 1, name
        assert '<html lang="de">' in text, name
        assert 'id="inhalt"' in text, name


def test_no_public_page_loads_anything_from_elsewhere(places, client: Client):
    for name, address in places.addresses.items():
        text = client.get(address).content.decode()

        loaded = LOADED.findall(text)
        assert loaded, name
        assert [one for one in loaded if not one.startswith("/") or one.startswith("//")] == []
        # Files of our own, no scripts in the page: a strict policy can forbid those.
        assert re.findall(r"<script(?! src=\"/static/)", text) == [], name


def test_a_heading_never_skips_a_level(places, client: Client):
    for name, address in places.addresses.items():
        text = client.get(address).content.decode()

        levels = [int(level) for level in re.findall(r"<h([1-6])", text)]
        jumps = [(a, b) for a, b in zip(levels, levels[1:], strict=False) if b > a + 1]
        assert not jumps, (name, levels)


def test_ids_are_given_once_on_a_page(places, client: Client):
    for name, address in places.addresses.items():
        ids = re.findall(r'\sid="([^"]+)"', client.get(address).content.decode())

        assert len(ids) == len(set(ids)), (name, sorted(ids))


def test_the_members_directory_filters_by_kind_and_letter_without_a_script(places, client: Client):
    address = places.addresses["members"]

    assert "Altstadt" in client.get(address, {"buchstabe": "A"}).content.decode()
    assert "Kein Mitglied" in client.get(address, {"art": "county"}).content.decode()


def test_the_front_page_of_a_fresh_installation_answers(client: Client):
    set_up_site()

    assert client.get("/").status_code == 200


def test_the_mark_is_found_where_browsers_look_for_it(client: Client):
    response = client.get("/favicon.ico")

    assert response.status_code == 302
    assert response["Location"].endswith(".svg")
