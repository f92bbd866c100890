"""What people see when a door fails: a sentence, in their language, and no traceback."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.test import Client, RequestFactory

from home import views


@pytest.mark.django_db
def test_a_wrong_address_offers_the_search(client: Client):
    response = client.get("/gibt/es/nicht/")

    assert response.status_code == 404
    assert 'role="search"' in response.content.decode()


@pytest.mark.django_db
def test_a_forbidden_page_tells_a_guest_that_signing_in_may_help(client: Client, rf):
    request = rf.get("/geheim/")
    request.user = type("Guest", (), {"is_authenticated": False})()

    response = views.permission_denied(request, PermissionDenied())

    assert response.status_code == 403
    assert "?next=/geheim/" in response.content.decode()


def test_an_error_page_needs_no_database(rf: RequestFactory):
    """Red when the page extends the frame: without the django_db mark a query fails."""
    response = views.server_error(rf.get("/"))

    assert response.status_code == 500
    assert "Bei uns ist etwas schiefgegangen" in response.content.decode()


def test_a_database_out_of_reach_has_a_page_of_its_own(rf: RequestFactory):
    try:
        raise OperationalError("connection refused")
    except OperationalError:
        response = views.server_error(rf.get("/"))

    text = response.content.decode()
    assert response.status_code == 503
    assert response["Retry-After"] == "60"
    assert "Datenbank ist zurzeit nicht erreichbar" in text
    assert "refused" not in text


def test_an_odd_request_gets_a_page_without_a_database(rf: RequestFactory):
    response = views.bad_request(rf.get("/"), SuspiciousOperation())

    assert response.status_code == 400
    assert "nicht verstanden" in response.content.decode()


@pytest.mark.django_db
def test_a_stale_form_gives_back_what_was_entered():
    client = Client(enforce_csrf_checks=True)

    response = client.post(
        "/barriere-melden/", {"description": "Ein langer Text", "password": "geheim"}
    )

    text = response.content.decode()
    assert response.status_code == 403
    assert "Ihre Eingaben sind nicht verloren" in text
    assert "Ein langer Text" in text
    assert "geheim" not in text
