"""Who types the name of a body means that body, whatever it is called today."""

import pytest

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

    assert Organisations().name_of(str(ministry.pk)) == ministry.present_name
    assert Organisations().name_of("0") == ""
    assert Organisations().name_of("x") == ""
