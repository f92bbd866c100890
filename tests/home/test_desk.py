"""Meine Aufgaben: what a person sees first after signing in."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from cms.accounts.roles import Role
from tests.people import PASSWORD, account, alma, bruno, cem, minister
from tests.stand_ins import journeys
from workflow.actions import send_back, submit
from workflow.models import Decision

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


# --- Taking tasks, and deciding on several ------------------------------------------


def task_field(journey) -> dict[str, str]:
    return {"aufgabe": str(journey.stages.get(key="review").pk)}


def tick(journey) -> str:
    return f"{journey.stages.get(key='review').pk}:{journey.content_digest}"


def test_a_task_is_taken_from_the_pool_and_laid_back():
    journeys.route()
    journey = on_its_way()
    other = account("Rosa Reim", Role.REVIEWERS)
    mine, theirs = signed_in(bruno()), signed_in(other)

    mine.post("/meine-aufgaben/uebernehmen/", task_field(journey))

    assert "von Ihnen übernommen" in mine.get("/meine-aufgaben/").content.decode()
    text = theirs.get("/meine-aufgaben/").content.decode()
    assert "übernommen von Bruno Behrend" in text
    assert "Von anderen übernommen" in text
    assert "Zurzeit wartet nichts auf Sie." in text
    mine.post("/meine-aufgaben/zuruecklegen/", task_field(journey))
    assert "1 Aufgabe wartet auf Sie." in theirs.get("/meine-aufgaben/").content.decode()


def test_what_somebody_else_has_taken_can_still_be_decided():
    journeys.route()
    journey = on_its_way()
    other = account("Rosa Reim", Role.REVIEWERS)
    signed_in(other).post("/meine-aufgaben/uebernehmen/", task_field(journey))

    journeys.agree(journey, bruno())

    assert journeys.open_stage(journey).key == "approval"


def test_taking_is_refused_with_its_reason_to_who_may_not_decide():
    journeys.route()
    journey = on_its_way()

    response = signed_in(alma()).post(
        "/meine-aufgaben/uebernehmen/", task_field(journey), follow=True
    )

    assert "nicht beteiligt" in response.content.decode()
    assert journeys.open_stage(journey).participants.get().claimed_by is None


@pytest.mark.parametrize("door", ["uebernehmen", "zuruecklegen"])
@pytest.mark.parametrize("number", ["", "unsinn", "99999999999999999999", "123456"])
def test_a_task_that_does_not_exist_is_not_found(door, number):
    response = signed_in(bruno()).post(f"/meine-aufgaben/{door}/", {"aufgabe": number})

    assert response.status_code == 404


def test_strangers_cannot_take_and_looking_changes_nothing():
    journeys.route()
    journey = on_its_way()

    stranger = signed_in(cem()).post("/meine-aufgaben/uebernehmen/", task_field(journey))
    look = signed_in(bruno()).get("/meine-aufgaben/uebernehmen/", task_field(journey))

    assert (stranger.status_code, look.status_code) == (404, 405)


def test_the_way_back_leads_to_no_other_host():
    journeys.route()
    journey = on_its_way()
    data = {**task_field(journey), "zurueck": "https://elsewhere.example/"}

    response = signed_in(bruno()).post("/meine-aufgaben/uebernehmen/", data)

    assert response["Location"] == "/meine-aufgaben/"


def test_several_papers_are_agreed_on_at_once_and_each_says_what_happened():
    journeys.route({**journeys.REVIEW, "bulk": True}, journeys.APPROVAL)
    first, changed, last = (on_its_way(title) for title in ("Erste", "Geänderte", "Letzte"))
    browser = signed_in(bruno())
    ticks = [tick(one) for one in (first, changed, last)]
    assert browser.get("/meine-aufgaben/").content.decode().count('name="aufgabe"') == 6
    journeys.edit(changed.subject, "<p>Neuer Entwurf.</p>")

    response = browser.post("/meine-aufgaben/zustimmen/", {"aufgabe": ticks})

    agreed, refused = response.content.decode().split('id="offen"')
    assert "Erste" in agreed
    assert "Letzte" in agreed
    assert "Geänderte" in refused
    assert "Der Text hat sich geändert" in refused
    assert journeys.open_stage(first).key == "approval"
    assert journeys.open_stage(changed).key == "review"
    assert {one.channel for one in Decision.objects.all()} == {"bulk"}


def test_a_stage_that_wants_each_paper_read_has_no_boxes_and_refuses():
    journeys.route()
    journey = on_its_way()
    browser = signed_in(bruno())

    text = browser.get("/meine-aufgaben/").content.decode()
    response = browser.post("/meine-aufgaben/zustimmen/", {"aufgabe": [tick(journey)]})

    assert "gemeinsam-" not in text
    assert "einzeln" in response.content.decode()
    assert not Decision.objects.exists()


def test_nothing_chosen_decides_nothing_and_says_so():
    response = signed_in(bruno()).post("/meine-aufgaben/zustimmen/", {}, follow=True)

    assert "keinen Text ausgewählt" in response.content.decode()


def test_papers_of_strangers_are_neither_decided_nor_named():
    journeys.route({**journeys.REVIEW, "bulk": True}, journeys.APPROVAL)
    journey = on_its_way("Kooperation im Tal")

    response = signed_in(cem()).post(
        "/meine-aufgaben/zustimmen/", {"aufgabe": [tick(journey), "unsinn"]}, follow=True
    )

    assert "Kooperation im Tal" not in response.content.decode()
    assert not Decision.objects.exists()
