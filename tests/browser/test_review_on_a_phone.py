"""A screen 360 pixels wide: read, send back with a point, mend, tick off, submit again, agree."""

from typing import Any

import pytest

from tests.browser.steps import RECORDED, open_task
from tests.browser.visitors import Album, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("site")]

RETURNED = "Sorge teilen: Berichte aus acht Dörfern"
PHONE = {"viewport": {"width": 360, "height": 740}}
WISH = "Bitte sagen, wie viele gekommen sind."


def test_a_return_with_a_point_goes_there_and_back_on_a_phone(visit):
    album = Album.of("review-on-a-phone")
    reviewer, editors = visit("pruefung", **PHONE), visit("redaktion", **PHONE)
    open_task(editors, RETURNED)
    address = editors.page.url
    submit_again(editors)
    reviewer.go(address)
    fits(reviewer, album, "read")

    send_back_with_a_point(reviewer.page)
    fits(reviewer, album, "sent-back")
    editors.go(address)
    fits(editors, album, "points")
    mend(editors)
    editors.go(address)
    editors.page.get_by_label("Was wurde zu Punkt 1 getan?").first.fill("Steht jetzt vorn.")
    submit_again(editors)

    reviewer.go(address)
    shown = reviewer.main.inner_text()
    fits(reviewer, album, "difference")
    assert "Steht jetzt vorn." in shown
    assert "[+" in shown
    reviewer.page.get_by_role("button", name="Zustimmen", exact=True).click()
    assert RECORDED in reviewer.main.inner_text()


def submit_again(editors: Visitor) -> None:
    """Tick off what is still open, then send the text on its way."""
    again = editors.page.get_by_role("button", name="Erneut einreichen")
    while not again.count():
        editors.page.get_by_role("button", name="Erledigt").first.click()
        editors.page.wait_for_load_state()
    again.click()
    editors.page.get_by_text("Zurückziehen").wait_for()


def send_back_with_a_point(page: Any) -> None:
    """Begin the point at its place in the text, as a thumb would."""
    page.get_by_role("link", name="Punkt hierzu Kurzfassung").click()
    page.get_by_label("Punkt 1: was zu tun ist").fill(WISH)
    page.get_by_role("button", name="Zurückgeben", exact=True).click()


def mend(editors: Visitor) -> None:
    """Change the summary in the editor; its save button has no room on a phone's picture."""
    editors.page.get_by_role("link", name="Im Editor öffnen").click()
    editors.page.locator("#id_summary").fill("Über hundert Menschen sind gekommen.")
    editors.page.locator("footer button.action-save").click()
    editors.page.locator(".messages .success").first.wait_for()


def fits(visitor: Visitor, album: Album, what: str) -> None:
    album.keep(visitor, what)
    assert visitor.overflow() <= 0, what
    assert visitor.violations() == [], what
