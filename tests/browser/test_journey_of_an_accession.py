"""A municipality asks to accede: sent back, mended, controlled, reviewed, agreed on, signed.

The demo's request was handed in by the municipality itself. The screenshots of
every step are kept in var/screenshots/accession.
"""

import pytest

from tests.browser import editor
from tests.browser.steps import RECORDED, answer, open_task
from tests.browser.visitors import Album, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("site")]

TITLE = "Beitritt der Gemeinde Wendelinden"
ADDRESS = "/erklaerungen/seenland-erklaerung/beitritt-wendelinden/"
WISH = "Bitte sagen Sie, mit welcher Mehrheit der Rat beschlossen hat."
MENDED = "einstimmig gefasst"
# Two people of the office, the ministry's division, and who acts for the municipality.
DECIDING = (("redaktion", "Kontrolliert"), ("admin", "Zustimmen"),
            ("referat", "Zustimmen"), ("kommune", "Unterzeichnen"))  # fmt: skip


def test_an_accession_from_the_request_to_the_signature(visit):
    album = Album.of("accession")
    people = {who: visit(who) for who, _ in DECIDING}
    guest = visit()

    open_task(people["redaktion"], TITLE)
    assert "zurückgegeben" in answer(people["redaktion"], "Zurückgeben", WISH)
    mend(people["kommune"], album)
    for who, button in DECIDING:
        open_task(people[who], TITLE)
        assert MENDED in people[who].main.inner_text()
        album.keep(people[who], f"{who}-liest")
        assert RECORDED in answer(people[who], button)

    people["kommune"].go(ADDRESS)
    assert MENDED in people["kommune"].main.inner_text()
    album.keep(people["kommune"], "kommune-liest")
    assert guest.go(ADDRESS).status == 404


def mend(municipality: Visitor, album: Album) -> None:
    open_task(municipality, TITLE)
    assert WISH in municipality.main.inner_text()
    municipality.page.get_by_role("link", name="Im Editor öffnen").click()
    resolution = municipality.page.locator("#id_resolution")
    resolution.fill(f"{resolution.input_value()}, {MENDED}")
    album.keep(municipality, "kommune-bessert-nach")
    editor.save_draft(municipality)
    editor.submit(municipality, "Erneut einreichen")
