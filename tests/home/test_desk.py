"""Meine Aufgaben: what a person sees first after signing in."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tests.people import PASSWORD, alma, bruno, cem, minister
from tests.stand_ins import journeys
from workflow.actions import send_back, submit

pytestmark = pytest.mark.django_db


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def on_its_way(title: str = "Kooperation"):
    # Without somebody who may decide, nothing can be submitted.
    bruno(), minister()
    page = journeys.draft(title)
    return submit(subject=page, by=alma())


def test_signing_in_leads_to_the_desk(client: Client):
    bruno()

    response = client.post(
        "/konto/login/", {"login": "bruno@example.org", "password": PASSWORD}, follow=True
    )

    assert response.redirect_chain[-1][0] == "/meine-aufgaben/"
    assert "Zurzeit wartet nichts auf Sie." in response.content.decode()


def test_a_guest_is_asked_to_sign_in_first(client: Client):
    response = client.get("/meine-aufgaben/")

    assert response.status_code == 302
    assert response["Location"] == "/konto/login/?next=/meine-aufgaben/"


def test_a_reviewer_finds_the_paper_one_click_away():
    journeys.route()
    journey = on_its_way("Kooperation im Tal")

    text = signed_in(bruno()).get("/meine-aufgaben/").content.decode()

    assert "Kooperation im Tal" in text
    assert f'href="{journey.get_absolute_url()}"' in text
    assert "1 Aufgabe wartet auf Sie." in text


def test_who_submitted_a_paper_waits_for_others():
    journeys.route()
    on_its_way()

    text = signed_in(alma()).get("/meine-aufgaben/").content.decode()

    assert "Wartet auf andere" in text
    assert "Zurzeit wartet nichts auf Sie." in text


def test_somebody_with_no_part_in_it_sees_nothing_of_it():
    journeys.route()
    on_its_way("Kooperation im Tal")

    text = signed_in(cem()).get("/meine-aufgaben/").content.decode()

    assert "Kooperation im Tal" not in text


def test_what_is_past_its_day_lies_on_the_overdue_pile():
    journeys.route()
    on_its_way()

    with time_machine.travel(timezone.now() + timedelta(days=60)):
        text = signed_in(bruno()).get("/meine-aufgaben/").content.decode()

    assert 'id="stapel-overdue"' in text


def test_a_returned_paper_is_back_on_its_authors_desk():
    journeys.route()
    journey = on_its_way()
    stage = journey.stages.get(key="review")
    send_back(stage=stage, by=bruno(), seen_digest=journey.content_digest, comment="Bitte kürzen.")

    text = signed_in(alma()).get("/meine-aufgaben/").content.decode()

    assert "An Sie zurückgegeben" in text
    assert "Überarbeiten" in text
