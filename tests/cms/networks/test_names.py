"""A body has many names; each has its time."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from cms.core.values import FuzzyDate
from cms.networks.models import Membership, Organisation, OrganisationName
from tests.cms.networks.bodies import body

pytestmark = pytest.mark.django_db


def ministry() -> Organisation:
    made = Organisation.objects.create(key="ministry", kind="ministry")
    for name, form, starts, ends in [
        ("Sozialamt", "short", "", ""),
        ("Ministerium für Soziales", "official", "1990", "2011-05"),
        ("Ministerium für Soziales und Vielfalt", "official", "2011-05", ""),
    ]:
        OrganisationName.objects.create(
            organisation=made, name=name, form=form, starts=FuzzyDate.parse(starts),
            ends=FuzzyDate.parse(ends),
        )  # fmt: skip
    return made


def test_a_paper_shows_the_name_of_its_day() -> None:
    made = ministry()

    assert made.name_on(date(2000, 1, 1)) == "Ministerium für Soziales"
    assert made.name_on(date(2020, 1, 1)) == "Ministerium für Soziales und Vielfalt"
    assert made.present_name == "Ministerium für Soziales und Vielfalt"


def test_all_names_are_known_the_present_one_first() -> None:
    assert ministry().all_names == [
        "Ministerium für Soziales und Vielfalt",
        "Sozialamt",
        "Ministerium für Soziales",
    ]


def test_names_without_dates_are_aliases_and_the_official_one_counts() -> None:
    made = body("Bezirksregierung Seenland", "district_authority")
    OrganisationName.objects.create(organisation=made, name="Regierungsbezirk", form="alias")

    assert made.present_name == "Bezirksregierung Seenland"


@pytest.mark.parametrize(
    ("kind", "ags", "words"),
    [
        ("city", "0811", "acht Ziffern"),
        ("city", "0811a000", "nur aus Ziffern"),
        ("county", "08115000", "fünf Ziffern"),
        ("ministry", "08115000", "nur Städte"),
    ],
)
def test_a_wrong_municipality_key_is_refused_in_words(kind: str, ags: str, words: str) -> None:
    made = Organisation(key="x", kind=kind, ags=ags)

    with override("de"), pytest.raises(ValidationError, match=words):
        made.full_clean()


@pytest.mark.parametrize(("kind", "ags"), [("city", "08115003"), ("county", "08115"), ("city", "")])
def test_a_right_municipality_key_is_taken(kind: str, ags: str) -> None:
    Organisation(key="x", kind=kind, ags=ags).full_clean()


def test_only_a_network_has_members_and_never_itself() -> None:
    network, town = body("Netz", "network"), body("Seestadt")

    with override("de"), pytest.raises(ValidationError, match="Nur ein Netzwerk"):
        Membership(network=town, organisation=network).full_clean()
    with override("de"), pytest.raises(ValidationError, match="seiner selbst"):
        Membership(network=network, organisation=network).full_clean()
    Membership(network=network, organisation=body("Netz 2", "network")).full_clean()


def test_an_end_before_the_start_is_refused() -> None:
    membership = Membership(
        network=body("Netz", "network"), organisation=body("Seestadt"),
        starts=FuzzyDate.of_year(2020), ends=FuzzyDate.of_year(2019),
    )  # fmt: skip

    with override("de"), pytest.raises(ValidationError, match="vor dem Anfang"):
        membership.full_clean()
