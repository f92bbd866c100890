"""What goes wrong in every office: a clear sentence in German, nothing lost, no traceback."""

import re

import pytest

from tests.harness.site import RunningSite, free_port

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("site")]


def test_a_wrong_password_keeps_the_address(visit):
    guest = visit()

    guest.sign_in("redaktion", password="falsch")

    assert "/konto/login/" in guest.page.url
    assert "leider falsch" in guest.main.inner_text()
    assert guest.page.get_by_label("E-Mail").input_value() == "redaktion@example.org"


def test_an_impossible_date_keeps_the_form(visit):
    editors = visit("redaktion")
    editors.go("/dokumentationen/")
    editors.go(f"/verwaltung/pages/add/events/documentationpage/{index_of(editors)}/")
    editors.page.locator("#id_title").fill("Ein Tag, den es nicht gibt")
    editors.page.locator("#id_documented_on").fill("31.02.2012")

    editors.page.locator("footer button.action-save").click()

    error = editors.page.locator(".w-field__errors, .error-message").filter(has_text="31.02.2012")
    error.first.wait_for()
    assert editors.page.locator("#id_title").input_value() == "Ein Tag, den es nicht gibt"
    assert editors.page.locator("#id_documented_on").input_value() == "31.02.2012"


def test_a_broken_upload_is_refused_in_words(visit):
    editors = visit("admin")
    editors.go("/verwaltung/documents/add/")

    answer = editors.page.request.post(
        f"{editors.site.url}/verwaltung/documents/add/",
        headers={"Referer": f"{editors.site.url}/verwaltung/documents/add/"},
        multipart={
            "csrfmiddlewaretoken": token_of(editors),
            "title": "Kaputt",
            "file": {"name": "kaputt.pdf", "mimeType": "application/pdf", "buffer": b"nicht PDF"},
        },
    )

    assert answer.status == 200
    assert "Kaputt" in answer.text()
    assert "Traceback" not in answer.text()


def test_an_unknown_kind_in_an_address_is_no_error(visit):
    guest = visit()

    response = guest.go("/suche/?q=Engagement&art=gibtesnicht&jahr=abc&von=gestern&seite=-1")

    assert response.status == 200
    assert "Ohne Filter" in guest.main.inner_text()


def test_an_unknown_kind_is_a_wrong_call_that_names_the_known_ones(own_site: RunningSite):
    said = own_site.manage("query", "Engagement", "--kind", "gibtesnicht")

    assert said.returncode == 2
    assert "gibtesnicht" in said.stderr
    assert "publication" in said.stderr
    assert "Traceback" not in said.stderr


def test_a_port_in_use_changes_nothing(own_site: RunningSite):
    said = own_site.manage("demo", "--port", str(own_site.port))

    assert said.returncode == 1
    assert f"Port {own_site.port} is in use" in said.stderr
    assert "Traceback" not in said.stderr


def test_a_database_out_of_reach_is_named(own_site: RunningSite):
    nowhere = f"postgres://umlauf@127.0.0.1:{free_port()}/umlauf"

    said = own_site.manage("demo", "--port", str(free_port()), DATABASE_URL=nowhere)

    assert said.returncode == 1
    assert "The database cannot be reached" in said.stderr
    assert "DATABASE_URL" in said.stderr
    assert "Traceback" not in said.stderr


def token_of(visitor) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', visitor.page.content())
    assert found
    return found[1]


def index_of(editors) -> str:
    """Return the number of the overview of documentations, as its explorer row has it."""
    editors.go("/verwaltung/pages/")
    for title in ("Umlauf", "Dokumentationen"):
        row = editors.main.get_by_role("row").filter(has_text=title).first
        row.locator("a[href*='/verwaltung/pages/']").last.click()
        editors.page.wait_for_load_state()
    return editors.page.url.rstrip("/").split("/")[-1]
