"""Steps of a journey that every kind of paper has in common."""

import re
import time
from collections.abc import Callable
from typing import Any

from tests.browser.visitors import Visitor

RECORDED = "Votum ist festgehalten"
MOST_TABS = 200


def open_task(person: Visitor, title: str) -> None:
    person.go("/meine-aufgaben/")
    person.main.get_by_role("link", name=title).first.click()


def answer(person: Visitor, button: str, comment: str = "") -> str:
    """Press a button of the review page and return what the next page says."""
    if comment:
        person.page.get_by_label("Kommentar").fill(comment)
    person.page.get_by_role("button", name=button, exact=True).click()
    return str(person.main.inner_text())


def without_marks(text: str) -> str:
    """Return a text without the signs and line breaks of the difference view."""
    return " ".join(re.sub(r"\[\+|\+\]", "", text).split())


def soon(condition: Callable[[], bool], seconds: float = 40) -> None:
    """Wait for the worker: the index follows the publication by moments."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "the worker did not get there"
        time.sleep(0.5)


def walk_to(page: Any, selector: str) -> None:
    """Press Tab until the focus is where the selector says, and see that it shows."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            outline = page.evaluate(
                "() => { const s = getComputedStyle(document.activeElement);"
                " return s.outlineStyle !== 'none' || s.boxShadow !== 'none' }"
            )
            assert outline, f"no focus ring at {selector}"
            return
    raise AssertionError(f"the keyboard does not get to {selector}")
