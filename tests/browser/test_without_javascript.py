"""What people need works in a browser that runs no scripts."""

import pytest

from tests.browser.steps import RECORDED, answer

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("site")]


def test_searching_and_filtering_need_no_script(visit):
    guest = visit(java_script_enabled=False)
    guest.search("Engagement")
    total = number_of_hits(guest)

    kinds = guest.page.locator("form.facets > details").filter(
        has=guest.page.locator("input[name=art]")
    )
    if kinds.get_attribute("open") is None:
        kinds.locator("summary").first.click()
    kinds.locator("input[name=art]").first.check()
    guest.page.get_by_role("button", name="Filter anwenden").click()

    assert "art=" in guest.page.url
    assert 0 < number_of_hits(guest) < total


def test_deciding_needs_no_script(visit):
    """A task of the demo that waits for the review, never one of another test."""
    reviewer = visit("pruefung", java_script_enabled=False)
    reviewer.main.get_by_role("link", name="Vereinskasse übergeben ohne Streit").first.click()

    text = answer(reviewer, "Zustimmen", "Gelesen, einverstanden.")

    assert RECORDED in text
    assert "Gelesen, einverstanden." in text


def number_of_hits(guest) -> int:
    return int(guest.page.locator("#treffer-titel").inner_text().split()[0].replace(".", ""))
