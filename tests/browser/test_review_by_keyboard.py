"""Nothing but keys: to the text, to the form, a point, sent back."""

import pytest

from tests.browser.steps import open_task, walk_to

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("site")]

BEFORE_APPROVAL = "Dokumentation des Bildungstags: Ganztag und Vereine"


def test_a_text_is_read_and_sent_back_without_a_mouse(visit):
    reviewer = visit("ministerium")
    page = reviewer.page
    open_task(reviewer, BEFORE_APPROVAL)

    walk_to(page, "a[accesskey=v]")
    page.keyboard.press("Enter")
    walk_to(page, "#kommentar")
    page.keyboard.type("Mit der Tastatur gelesen.")
    walk_to(page, "[data-points] > summary")
    page.keyboard.press("Enter")
    walk_to(page, "#stelle-1")
    page.keyboard.press("ArrowDown")
    walk_to(page, "#punkt-text-1")
    page.keyboard.type("Bitte die Zahl nennen.")
    walk_to(page, "[data-more]")
    page.keyboard.press("Enter")
    assert page.locator("[name=point]").count() == 4
    walk_to(page, "button[value=returned]")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    shown = reviewer.main.inner_text()
    assert "zurückgegeben" in shown
    assert "Bitte die Zahl nennen." in shown
