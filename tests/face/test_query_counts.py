"""What a page costs does not depend on how much it lists: for each type of page, and the desk.

Measured with a little of everything a page lists, and with three times as much: red when a
page asks once per row.
"""

from collections.abc import Iterable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.core import outbox
from cms.events.models import DocumentationPage
from cms.publications.models import PublicationPage
from search.indexing import KIND
from tests.face import papers
from tests.face.abundance import one_more
from tests.people import alma, bruno, minister
from workflow.actions import submit

pytestmark = pytest.mark.django_db

# With what `every_page` brings along this makes two, then six of a kind.
A_LITTLE, THRICE = range(1, 2), range(2, 6)


def test_every_public_page_costs_the_same_however_much_it_lists(client: Client):
    places = papers.every_page()
    addresses = {**places.addresses, "search": "/suche/?q=Brosch%C3%BCre"}
    grow(places, A_LITTLE)
    before = {name: queries(client, address) for name, address in addresses.items()}

    grow(places, THRICE)

    after = {name: queries(client, address) for name, address in addresses.items()}
    grown = {name: (before[name], after[name]) for name in after if after[name] != before[name]}
    assert grown == {}


def test_the_desk_costs_the_same_however_much_lies_on_it():
    client = Client()
    client.force_login(bruno())
    minister()
    home = papers.set_up_site()
    lay_on_the_desk(home, A_LITTLE)
    before = queries(client, "/meine-aufgaben/")

    lay_on_the_desk(home, THRICE)

    assert "10 Aufgaben warten auf Sie." in client.get("/meine-aufgaben/").content.decode()
    assert queries(client, "/meine-aufgaben/") == before


def grow(places: papers.Places, numbers: Iterable[int]) -> None:
    for number in numbers:
        one_more(number, places.network)
    assert outbox.drain(kinds=[KIND]).failed == 0


def lay_on_the_desk(home: Any, numbers: Iterable[int]) -> None:
    """Submit papers of two kinds; Bruno is asked to review each."""
    for number in numbers:
        publication = PublicationPage(title=f"Heft {number}", owner=alma())
        documentation = DocumentationPage(title=f"Tagung {number}", owner=alma())
        for page in (publication, documentation):
            draft = papers.below(home, page)
            draft.save_revision(user=alma())
            submit(subject=type(page).objects.get(pk=draft.pk), by=alma())


def queries(client: Client, address: str) -> int:
    # The first answer fills caches that live longer than a request.
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)
