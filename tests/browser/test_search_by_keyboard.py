"""Searching with nothing but keys: the list below the field, the hits, the way back."""

from urllib.parse import quote_plus

import pytest

from tests.browser.visitors import Album, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("site")]


def start_typing(visitor: Visitor, text: str) -> None:
    visitor.page.locator("#q").focus()
    with visitor.page.expect_response(lambda one: one.url.endswith(f"?q={quote_plus(text)}")):
        visitor.page.keyboard.type(text)
    visitor.page.get_by_role("listbox").wait_for()


def active(visitor: Visitor) -> str:
    """What a screen reader says is chosen in the list; empty while it is the field itself."""
    chosen = visitor.page.locator("#q").get_attribute("aria-activedescendant")
    return visitor.page.locator(f"[id='{chosen}']").inner_text() if chosen else ""


def test_a_word_of_the_list_completes_the_question(visit):
    guest = visit()
    guest.go("/")
    start_typing(guest, "Vereinbarung zur Koop")
    page = guest.page

    assert page.locator("#q").get_attribute("aria-expanded") == "true"
    assert active(guest) == ""
    page.keyboard.press("ArrowDown")
    word = active(guest)
    assert word.lower().startswith("koop")
    assert guest.violations() == []
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert page.locator("#q").input_value() == f"Vereinbarung zur {word}"
    assert guest.hits()


def test_a_paper_of_the_list_is_one_key_away(visit):
    guest = visit()
    guest.go("/suche/")
    start_typing(guest, "Kooperationsver")
    page = guest.page

    page.keyboard.press("ArrowUp")
    title = active(guest)
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert page.get_by_role("heading", level=1).inner_text() in title


def test_escape_closes_the_list_and_keeps_what_was_typed(visit):
    guest = visit()
    guest.go("/suche/")
    start_typing(guest, "Vereinb")

    guest.page.keyboard.press("Escape")

    assert guest.page.get_by_role("listbox").is_hidden()
    assert guest.page.locator("#q").input_value() == "Vereinb"


def test_arrows_lead_from_hit_to_hit_and_the_slash_back_to_the_field(visit):
    guest = visit()
    guest.search("Vereinbarung")
    page = guest.page
    focused = "document.activeElement.textContent"
    first, second = guest.hits()[:2]

    page.locator("ol.hits h3 a").first.focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == second
    page.keyboard.press("ArrowUp")
    assert page.evaluate(focused) == first
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"


def test_the_slash_can_be_switched_off(visit):
    guest = visit()
    guest.go("/suche/")
    guest.page.get_by_label("Die Taste / führt ins Suchfeld").uncheck()
    guest.go("/suche/")

    guest.page.keyboard.press("/")

    assert not guest.page.get_by_label("Die Taste / führt ins Suchfeld").is_checked()
    assert guest.page.evaluate("document.activeElement.id") != "q"


def test_on_a_phone_the_list_fits(visit):
    guest = visit()
    guest.page.set_viewport_size({"width": 360, "height": 740})
    guest.go("/")

    start_typing(guest, "Vereinbarung zur Koop")

    assert guest.overflow() <= 0
    Album.of("suche-vorschlaege").keep(guest, "auf-dem-telefon")
