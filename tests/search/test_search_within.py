"""Searching one whole: its name on the page, and only for who may know it."""

from collections.abc import Callable

import pytest
from django.test import Client

from cms.core import kernel
from cms.networks.models import Organisation
from search.sources import name_of_whole
from tests.cms.networks.bodies import body
from tests.people import alma
from tests.search.stand_in import paper

pytestmark = pytest.mark.django_db

Index = Callable[..., None]


@pytest.fixture
def town() -> Organisation:
    return body("Altstadt")


def test_the_whole_stands_above_the_hits_and_can_be_taken_off(
    client: Client, index: Index, town: Organisation
) -> None:
    index(paper(1, within=[f"network:{town.pk}"]), paper(2))

    response = client.get("/suche/", {"q": "Vermerk", "in": f"network:{town.pk}"})

    page = response.content.decode()
    assert response.context["results"].answer.total == 1
    assert 'aria-label="Den Filter in: Altstadt entfernen"' in page
    assert 'href="?q=Vermerk"' in page
    # Whoever types other words, or filters, stays within.
    assert page.count(f'name="in" value="network:{town.pk}"') == 2
    assert f"/suche/vorschlaege/?in=network%3A{town.pk}" in page


def test_suggestions_keep_within(client: Client, index: Index) -> None:
    index(
        paper(1, title="Moderation", within=["network:1"]),
        paper(2, title="Moderatorenliste", within=["network:2"]),
    )

    answer = client.get("/suche/vorschlaege/", {"q": "moder", "in": "network:1"}).json()

    assert answer["suggestions"] == ["Moderation"]
    assert [one["title"] for one in answer["papers"]] == ["Moderation"]


def test_the_name_of_a_whole_is_for_those_who_may_see_it(
    client: Client, index: Index, town: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    index(paper(1))
    identity = f"network:{town.pk}"
    monkeypatch.setattr(kernel, "visible", lambda user, rows: rows if user.pk else rows.none())

    page = client.get("/suche/", {"in": identity}).content.decode()

    assert "Altstadt" not in page
    assert "in: einem Teil des Archivs" in page
    # The control: who may see it reads its name.
    assert name_of_whole(identity, alma()) == "Altstadt"


def test_what_is_no_whole_has_no_name(town: Organisation) -> None:
    assert name_of_whole("", alma()) == ""
    assert name_of_whole(f"nowhere:{town.pk}", alma()) == ""
    assert name_of_whole(f"network:{town.pk + 1}", alma()) == ""
