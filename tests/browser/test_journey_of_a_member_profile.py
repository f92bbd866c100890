"""A member mends its own profile, the office looks at it, and everybody reads it.

The screenshots of every step are kept in var/screenshots/member-profile.
"""

import pytest

from tests.browser import editor
from tests.browser.steps import RECORDED, answer, open_task, without_marks
from tests.browser.visitors import Album, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("site")]

# The demo has it lie with the member: the office asked for the year.
TITLE = "Ahrenfels"
ADDRESS = "/mitglieder/ahrenfels/"
ASKED = "seit wann es den Jugendhaushalt gibt"
MENDED = "Den Jugendhaushalt gibt es seit 2024; die Sprechstunde ist am Dienstag."


def test_a_profile_from_the_member_to_the_public_page(visit):
    album = Album.of("member-profile")
    member, office, guest = visit("mitglied"), visit("redaktion"), visit()

    mend(member, album)
    nobody_reads_it_yet(guest)
    open_task(office, TITLE)
    assert MENDED in without_marks(office.main.inner_text())
    album.keep(office, "geschaeftsstelle-liest")
    assert RECORDED in answer(office, "Zustimmen")
    album.keep(office, "geschaeftsstelle-stimmt-zu")

    guest.go(ADDRESS)
    assert MENDED in guest.main.inner_text()
    assert ASKED not in guest.main.inner_text()
    album.keep(guest, "gast-liest")


def mend(member: Visitor, album: Album) -> None:
    open_task(member, TITLE)
    assert ASKED in member.main.inner_text()
    album.keep(member, "mitglied-liest-grund")
    member.page.get_by_role("link", name="Im Editor öffnen").click()
    intro = member.page.locator("#id_intro")
    intro.fill(f"{intro.input_value()} {MENDED}")
    editor.save_draft(member)
    editor.submit(member, "Erneut einreichen")
    album.keep(member, "mitglied-reicht-ein")


def nobody_reads_it_yet(guest: Visitor) -> None:
    guest.go(ADDRESS)
    assert MENDED not in guest.main.inner_text()
