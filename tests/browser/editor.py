"""Wagtail's page editor as an editor's hands know it: tabs, choosers, blocks, buttons."""

from typing import Any

from tests.browser.visitors import Visitor

WAIT = 40_000


def new_page_below(visitor: Visitor, *titles: str, kind: str = "") -> None:
    """Walk through the explorer to a page and add one below it."""
    visitor.main.page.goto(visitor.site.url + "/verwaltung/pages/")
    for title in titles:
        row = visitor.main.get_by_role("row").filter(has_text=title).first
        row.locator("a[href$='/'][href*='/verwaltung/pages/']").last.click()
        visitor.page.wait_for_load_state()
    address = visitor.page.url.split("?")[0]
    visitor.go(f"{address}add_subpage/")
    if "/add/" not in visitor.page.url:
        visitor.main.get_by_role("link", name=kind).first.click()


def open_tab(page: Any, name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).click()


def choose(page: Any, button: Any, search: str, entry: str) -> None:
    """Choose a page or a record in Wagtail's chooser, by its search or page by page."""
    button.click()
    modal = page.locator(".modal-dialog").last
    modal.locator("a[data-chooser-modal-choice], a.choose-page").first.wait_for(timeout=WAIT)
    box = modal.locator("input[name=q]")
    link = modal.get_by_role("link", name=entry).first
    if box.count():
        box.fill(search)
        link.click(timeout=WAIT)
    else:
        _turn_pages_until(modal, link)
        link.click()
    modal.wait_for(state="hidden", timeout=WAIT)


def _turn_pages_until(modal: Any, link: Any) -> None:
    first = modal.locator("a[data-chooser-modal-choice]").first
    for _ in range(30):
        if link.count():
            return
        before = first.inner_text()
        modal.locator("li.next a").click()
        for _ in range(100):
            if first.inner_text() != before:
                break
            modal.page.wait_for_timeout(50)
    raise AssertionError("no such entry in the chooser")


def add_block(page: Any, root: str, kind: str) -> None:
    """Insert a block at the end of a stream; where only one kind exists, no menu opens."""
    top = f"{root} > [data-streamfield-stream-container] >"
    before = page.locator(f"{top} [data-streamfield-child]").count()
    page.locator(f"{top} div > .c-sf-add-button").last.click()
    option = page.get_by_role("option", name=kind, exact=True)
    added = page.locator(f"{top} [data-streamfield-child]").nth(before)
    option.or_(added).first.wait_for(timeout=WAIT)
    if option.count():
        option.click()
    added.wait_for(timeout=WAIT)


def type_into_last(page: Any, root: str, text: str) -> None:
    """Type at the end of the youngest text editor below `root`."""
    area = page.locator(f"{root} [contenteditable=true]").last
    area.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)
    # The editor hands its text to the form a moment after the last key.
    page.wait_for_function(
        "([root, text]) => [...document.querySelectorAll(root + ' input[type=hidden]')]"
        ".some(input => input.value.includes(text))",
        arg=[root, text.strip()],
    )


def save_draft(visitor: Visitor) -> None:
    visitor.page.locator("footer button.action-save").click()
    visitor.page.wait_for_url("**/edit/**", timeout=WAIT)
    visitor.page.locator(".messages .success, .messages .error").first.wait_for(timeout=WAIT)


def submit(visitor: Visitor, label: str) -> None:
    """Open the menu beside “save” and send the text on its way."""
    page = visitor.page
    page.get_by_role("button", name="Mehr Aktionen").last.click()
    page.get_by_role("button", name=label).click()
    # A late automatic save counts as one from another window; an editor goes on.
    asked = page.get_by_role("dialog").get_by_role("button", name=label)
    sent = page.locator(".messages").get_by_text("eingereicht")
    asked.or_(sent).first.wait_for(timeout=WAIT)
    if asked.is_visible():
        asked.click()
    sent.first.wait_for(timeout=WAIT)
