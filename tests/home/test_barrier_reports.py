"""A report of a barrier reaches the office by mail and stays nowhere else."""

import pytest
from django.core import mail
from django.test import Client

from cms.core import outbox
from cms.core.models import OutboxRow

pytestmark = pytest.mark.django_db

REPORT = {
    "address": "/vereinbarungen/",
    "description": "Die Zeitleiste ist nicht zu bedienen.",
    "reply_to": "leserin@example.org",
}


def test_a_report_becomes_a_mail_that_can_be_answered(client: Client):
    response = client.post("/barriere-melden/", REPORT, follow=True)
    outbox.drain(kinds=["home.barrier_report"])

    assert "Ihre Meldung ist auf dem Weg" in response.content.decode()
    assert "Zeitleiste" in mail.outbox[0].body
    assert mail.outbox[0].reply_to == ["leserin@example.org"]


def test_a_report_is_sent_once(client: Client):
    client.post("/barriere-melden/", REPORT)
    outbox.drain(kinds=["home.barrier_report"])
    outbox.drain(kinds=["home.barrier_report"])

    assert len(mail.outbox) == 1


def test_nothing_of_the_report_is_kept_once_it_is_sent(client: Client):
    client.post("/barriere-melden/", REPORT)
    outbox.drain(kinds=["home.barrier_report"])

    kept = OutboxRow.objects.filter(kind="home.barrier_report").values_list("payload", flat=True)

    assert list(kept) == [{}]


def test_an_empty_report_is_refused_with_a_sentence_at_the_field(client: Client):
    response = client.post("/barriere-melden/", {"description": ""})

    text = response.content.decode()
    assert "Bitte prüfen Sie Ihre Eingaben." in text
    assert 'aria-invalid="true"' in text
    assert OutboxRow.objects.filter(kind="home.barrier_report").count() == 0


def test_the_page_one_came_from_is_filled_in(client: Client):
    text = client.get("/barriere-melden/", {"seite": "/erklaerungen/"}).content.decode()

    assert 'value="/erklaerungen/"' in text
