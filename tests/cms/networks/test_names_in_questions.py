"""Who types the name of a body means that body, whatever it is called today."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from cms.core import kernel
from cms.core.values import FuzzyDate
from cms.networks.models import Organisation, OrganisationName
from cms.networks.search import Organisations
from tests.cms.networks.bodies import body

pytestmark = pytest.mark.django_db


def called(name: str, *also: str) -> Organisation:
    organisation = body(name)
    for order, other in enumerate(also, 1):
        OrganisationName.objects.create(organisation=organisation, name=other, order=order)
    return organisation


def test_every_name_a_body_ever_had_leads_to_it() -> None:
    ministry = called("Ministerium für Arbeit und Soziales", "Sozialministerium")
    other = called("Landesnetz Sozialministerium und andere")

    known = Organisations()

    # Called exactly so; only where nobody is, whoever's name holds the words.
    assert known.called("sozialministerium") == {str(ministry.pk)}
    assert known.called("Ministerium für") == {str(ministry.pk)}
    assert known.called("ministerium") == {str(ministry.pk), str(other.pk)}
    assert known.called("Niemand") == set()


def test_a_chosen_body_is_shown_by_its_present_name() -> None:
    ministry = called("Ministerium für Arbeit und Soziales", "Sozialministerium")

    guest = AnonymousUser()
    assert Organisations().name_of(str(ministry.pk), guest) == ministry.present_name
    assert Organisations().name_of("0", guest) == ""
    assert Organisations().name_of("x", guest) == ""


def test_an_old_name_leads_to_the_body_of_today_with_its_dates(client: Client) -> None:
    ministry = body("Ministerium für Soziales")
    OrganisationName.objects.create(
        organisation=ministry, name="Sozialministerium", form="short", ends=FuzzyDate.of_year(2016)
    )
    OrganisationName.objects.create(organisation=ministry, name="Haus am Park", form="alias")

    for typed in ("sozialministerium", "„Sozialministerium“", "Ministerium für Soziales"):
        page = " ".join(client.get("/suche/", {"q": typed}).content.decode().split())

        assert "Gemeint ist vielleicht:" in page
        assert f'<a href="/organisationen/{ministry.pk}/">Ministerium für Soziales</a>' in page
        assert "(bis 2016: Sozialministerium; auch: Haus am Park)." in page
        assert f'href="?organisation={ministry.pk}"' in page


def test_only_a_whole_name_means_a_body(client: Client) -> None:
    called("Ministerium für Arbeit und Soziales", "Sozialministerium")

    for typed in ("Ministerium", "", "Sozial", "%", "Sozialministerium_"):
        assert "Gemeint ist" not in client.get("/suche/", {"q": typed}).content.decode()


def test_a_body_that_somebody_may_not_know_is_not_named(monkeypatch: pytest.MonkeyPatch) -> None:
    called("Sozialministerium")
    guest = AnonymousUser()
    assert [one.name for one in Organisations().meant_by("Sozialministerium", guest)] == [
        "Sozialministerium"
    ]

    monkeypatch.setattr(kernel, "visible", lambda user, rows: rows.none())

    assert Organisations().meant_by("Sozialministerium", guest) == []
    assert Organisations().name_of(str(Organisation.objects.get().pk), guest) == ""
