"""The page of an organisation: all its names and ties, and the papers one may read."""

import pytest
from django.test import Client

from cms.core.papers import Audience
from cms.core.values import FuzzyDate
from cms.networks.models import OrganisationContact, OrganisationName, Person, Post
from tests.face import papers
from tests.people import alma

pytestmark = pytest.mark.django_db


def page_of(body, client: Client) -> str:
    return client.get(f"/organisationen/{body.pk}/").content.decode()


def test_every_name_is_shown_with_its_time(client: Client):
    body = papers.body("Ministerium für Muster", "ministry")
    OrganisationName.objects.create(
        organisation=body, name="Ministerium für Altes", ends=FuzzyDate.of_year(1999)
    )

    text = page_of(body, client)

    assert "Ministerium für Altes" in text
    assert "bis 1999" in text


def test_only_what_may_be_published_is_shown(client: Client):
    body = papers.body("Altstadt")
    person = Person.objects.create(key="p", last_name="Muster", mail="privat@example.org")
    Post.objects.create(person=person, organisation=body, role="Leitung")
    Post.objects.create(person=person, organisation=body, role="Aushilfe", publish=False)
    OrganisationContact.objects.create(organisation=body, kind="phone", value="030 1234")

    text = page_of(body, client)

    assert "Leitung" in text
    assert "Aushilfe" not in text
    assert "privat@example.org" not in text
    assert "030 1234" not in text


def test_papers_are_listed_only_for_who_may_read_them(client: Client):
    places = papers.every_page()
    index = papers.PublicationIndexPage.objects.get()
    papers.publication(
        index, "Nur für Mitglieder", audience=Audience.MEMBERS, network=places.network
    )
    body = papers.body("Musterverband")

    assert "Leitfaden" in page_of(body, client)
    assert "Nur für Mitglieder" not in page_of(body, client)

    client.force_login(alma())
    assert "Nur für Mitglieder" in page_of(body, client)


def test_an_unknown_organisation_is_not_found(client: Client):
    assert client.get("/organisationen/4711/").status_code == 404
