"""Permanent addresses and saved searches in a real browser: axe finds nothing, all fits."""

from typing import Any

import pytest

from search import saved
from tests.cms.documents.test_permanent_ids import id_of, published, rewritten, taken_offline
from tests.face.test_accessibility import (  # noqa: F401  (fixtures)
    OVERFLOW,
    browser,
    pytestmark,
    site,
    violations,
)
from tests.people import PASSWORD, alma


def addresses() -> dict[str, str]:
    page = rewritten(published("Leitfaden für Hallen"), "Leitfaden für Hallen", summary="Neu.")
    gone = published("Zurückgezogen")
    taken_offline(gone)
    search = saved.save(by=alma(), name="Hallen im Quartier", address="?q=Halle", pace="daily")
    return {
        "paper": page.url,
        "version": f"/d/{id_of(page)}/1",
        "withdrawn": f"/d/{id_of(gone)}",
        "search": "/suche/?q=Leitfaden",
        "saved": "/suche/gespeichert/",
        "letter": f"/suche/abbestellen/{saved.token_for(search)}/",
    }


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_every_page_is_accessible_and_fits(
    site: Any,  # noqa: F811
    browser: Any,  # noqa: F811
    width: int,
    scheme: str,
) -> None:
    places = addresses()
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, locale="de-DE"
    )
    page = context.new_page()
    page.goto(f"{site.url}/konto/login/?next=/suche/gespeichert/")
    page.get_by_label("E-Mail").fill(alma().email)
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Anmelden").click()
    assert page.get_by_role("heading", name="Gespeicherte Suchen").is_visible()

    found = {}
    for name, address in places.items():
        page.goto(f"{site.url}{address}")
        page.eval_on_selector_all("main details", "all => all.forEach(one => one.open = true)")
        broken, too_wide = violations(page), page.evaluate(OVERFLOW)
        if broken or too_wide > 0:
            found[name] = (broken, too_wide)
    context.close()

    assert found == {}
