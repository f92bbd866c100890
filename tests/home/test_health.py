"""The health page: 200 when the parts are fine, no details for strangers."""

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from cms.core.doctor import Finding
from home import health
from search.indexing import touch_all
from tests.people import admin, alma

pytestmark = pytest.mark.django_db


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> dict:
    parts = {"outbox": lambda: Finding(True, ""), "index": lambda: Finding(True, "")}
    monkeypatch.setattr(health, "PARTS", parts)
    return parts


def test_all_is_well(parts, client: Client):
    response = client.get("/health")

    assert response.status_code == 200
    assert response.json()["parts"] == {"database": "ok", "outbox": "ok", "index": "ok"}


def test_one_part_amiss_is_enough(parts, client: Client):
    parts["outbox"] = lambda: Finding(False, "40 jobs wait at /srv/secret", "Start a worker")

    response = client.get("/health")

    assert response.status_code == 503
    assert response.json()["parts"]["outbox"] == "failed"
    assert "secret" not in response.content.decode()


def test_without_a_database_nothing_else_is_asked(parts, client: Client, monkeypatch):
    def silent() -> bool:
        return False

    monkeypatch.setattr(health, "_database_answers", silent)
    parts["outbox"] = lambda: pytest.fail("asked")

    response = client.get("/health")

    assert response.status_code == 503
    assert response.json() == {"status": "failed", "parts": {"database": "failed"}}


def test_a_database_that_refuses_is_found_out(monkeypatch: pytest.MonkeyPatch):
    def refuse() -> None:
        raise OperationalError("no such host")

    monkeypatch.setattr(health.connection, "cursor", refuse)

    assert {name: part.ok for name, part in health.state_of_health().items()} == {"database": False}


def test_the_real_checks_answer(client: Client):
    assert set(client.get("/health").json()["parts"]) == {"database", "outbox", "index"}


def test_only_administrators_read_details(client: Client):
    strangers = client.get("/health").json()
    client.force_login(alma())
    members = client.get("/health").json()
    client.force_login(admin())
    administrators = client.get("/health").json()

    assert set(strangers) == set(members) == {"status", "parts"}
    assert "Index" in administrators["details"]["index"]


def test_it_takes_the_same_few_queries_however_much_waits(
    client: Client, django_assert_max_num_queries: Any
):
    with django_assert_max_num_queries(5) as few:
        client.get("/health")
    touch_all(f"nothing.kind:{number}" for number in range(300))

    with django_assert_max_num_queries(len(few)):
        client.get("/health")
