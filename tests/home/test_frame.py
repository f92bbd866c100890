"""Header, navigation and footer: the same around every page."""

import re

import pytest
from django.test import Client

from tests.face import papers
from tests.people import alma, cem

pytestmark = pytest.mark.django_db

SKIP_LINK = re.compile(r'<body>\s*<a class="skip-link" href="#inhalt">')


def test_the_first_thing_on_a_page_leads_to_its_content(client: Client):
    text = client.get("/").content.decode()

    assert SKIP_LINK.search(text)


def test_the_navigation_names_the_place_one_is_in(client: Client):
    addresses = papers.every_page().addresses

    index = client.get(addresses["agreements"]).content.decode()
    below = client.get(addresses["agreement"]).content.decode()

    assert 'href="/vereinbarungen/" aria-current="page"' in index
    assert 'href="/vereinbarungen/" aria-current="true"' in below
    assert 'href="/erklaerungen/">' in below


def test_a_place_that_does_not_exist_is_not_offered(client: Client):
    text = client.get("/").content.decode()

    assert "/vereinbarungen/" not in text
    assert "/suche/" in text


def test_a_guest_can_sign_in_and_sees_no_desk(client: Client):
    text = client.get("/").content.decode()

    assert "/konto/login/" in text
    assert "/meine-aufgaben/" not in text
    assert "/verwaltung/" not in text


def test_an_editor_finds_the_way_to_the_admin_and_a_member_does_not(client: Client):
    client.force_login(alma())
    assert "/verwaltung/" in client.get("/").content.decode()

    client.force_login(cem())
    text = client.get("/").content.decode()
    assert "/meine-aufgaben/" in text


def test_signing_out_is_a_form_because_it_changes_something(client: Client):
    client.force_login(alma())

    text = client.get("/").content.decode()

    assert '<form method="post" action="/konto/logout/">' in text


def test_a_demonstration_says_so_on_every_page(client: Client, settings):
    assert "demo-banner" not in client.get("/").content.decode()

    settings.DEMO = True

    assert "Dies ist eine Vorführung." in client.get("/").content.decode()


def test_the_footer_always_offers_to_report_a_barrier(client: Client):
    assert "/barriere-melden/" in client.get("/").content.decode()
