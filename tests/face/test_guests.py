"""The pages that guests rarely meet: closed for now, changed meanwhile, away too long.

What every guest meets is looked at in tests/browser, on the demo.
"""

from typing import Any

import pytest
from django.core.cache import cache

from tests.face import papers
from tests.face.test_accessibility import (  # noqa: F401  (fixtures)
    OVERFLOW,
    browser,
    pytestmark,
    site,
    violations,
)
from tests.stand_ins import guests, journeys

COMMENT = "Mit Dank für die Mühe."


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_axe_finds_nothing_on_the_rare_pages_of_guests(site, browser, width, scheme):  # noqa: F811
    cache.clear()
    papers.set_up_site()
    journey = guests.with_guests()
    page = browser.new_context(
        viewport={"width": width, "height": 740}, color_scheme=scheme, locale="de-DE"
    ).new_page()

    enter(page, site)
    page.get_by_role("button", name="Für jetzt schließen").click()
    is_fine(page, "Für jetzt geschlossen")

    enter(page, site)
    page.get_by_label("Kommentar").fill(COMMENT)
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Zustimmen", exact=True).click()
    is_fine(page, "Sie waren eine Weile nicht aktiv")
    assert COMMENT in page.get_by_role("main").inner_text()

    enter(page, site)
    page.get_by_label("Kommentar").fill(COMMENT)
    journeys.edit(journey.subject, "<p>Zweiter Entwurf.</p>")
    page.get_by_role("button", name="Zustimmen", exact=True).click()
    is_fine(page, "Der Text wurde geändert")
    assert COMMENT in page.get_by_role("main").inner_text()
    page.get_by_role("button", name="Neuen Link anfordern").click()
    is_fine(page, "Ein neuer Link ist unterwegs")


def enter(page: Any, site: Any) -> None:  # noqa: F811
    page.goto(site.url + guests.last_link())
    page.get_by_role("button", name="Code anfordern").click()
    page.get_by_label("Code aus der E-Mail").fill(guests.last_code())
    page.get_by_role("button", name="Text öffnen").click()
    page.get_by_role("heading", name="Der Text", exact=True).wait_for()


def is_fine(page: Any, words: str) -> None:
    page.get_by_text(words).first.wait_for()
    assert violations(page) == [], words
    assert page.evaluate(OVERFLOW) <= 0, words
