"""Who wrote does not decide, and nobody decides on a text that they have not read."""

import pytest

from tests.browser.steps import open_task

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("site")]

WAITING = "Dokumentation des Herbsttreffens: Treffpunkte im Winter"
COMMENT = "Sehr anschaulich, vielen Dank für die Beispiele."


def test_the_author_reads_along_but_has_no_say(visit):
    editors = visit("redaktion")
    open_task(editors, WAITING)

    assert editors.page.get_by_role("button", name="Zustimmen").count() == 0
    assert editors.page.get_by_role("button", name="Zurückgeben").count() == 0


def test_a_text_that_changes_under_the_reader_keeps_the_comment(visit):
    """Two windows: one reads, the other takes the text back, changes it and sends it again."""
    reviewer, editors = visit("pruefung"), visit("redaktion")
    open_task(reviewer, WAITING)
    address = reviewer.page.url
    reviewer.page.get_by_label("Kommentar").fill(COMMENT)

    second = reviewer.page.context.new_page()
    second.goto(address)
    second.get_by_label("Kommentar").fill("Bitte kürzen.")
    second.get_by_role("button", name="Zurückgeben", exact=True).click()
    editors.go(address)
    editors.page.get_by_role("link", name="Im Editor öffnen").click()
    editors.page.locator("#id_summary").fill("Eine andere Zusammenfassung.")
    editors.page.locator("footer button.action-save").click()
    editors.page.locator(".messages .success").first.wait_for()
    reviewer.page.get_by_role("button", name="Zustimmen", exact=True).click()

    said = reviewer.page.locator("main [role=alert], main .kern-alert").first.inner_text()
    assert said
    assert COMMENT in reviewer.main.inner_html()
    assert "Traceback" not in reviewer.page.content()
