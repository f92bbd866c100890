"""A guest's link that was forwarded, revoked, replaced or is too old: plain words, no text.

On the demo's documentation that waits for the release of a quotation.
"""

import pytest

from tests.browser.guests import ask_for_the_code, enter, fits, give
from tests.browser.letters import LINK, last_link, next_one
from tests.browser.visitors import Album, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("site")]

PAPER = "Dokumentation des Erzählcafés"
GUEST = "gast@example.org"
WORDS = "Wir haben die Tür aufgemacht."
# There is no waiting for ten days; the site's own commands set the clock of its links.
EXPIRE = (
    "from django.utils import timezone; from workflow.models import GuestLink; "
    f"GuestLink.objects.filter(participant__key='{GUEST}').update(expires_at=timezone.now())"
)


def test_links_that_do_not_hold_say_so_and_what_to_do(own_site, visit):
    album = Album.of("guest-links")
    editors, guest = visit("redaktion"), visit()
    editors.go("/meine-aufgaben/?stapel=waiting")
    editors.main.get_by_role("link", name=PAPER).first.click()
    link = last_link(own_site, GUEST)

    a_forwarded_link_opens_nothing(visit(), link, album)
    enter(guest, link, GUEST)
    assert WORDS in guest.main.inner_text()

    press(editors, "widerrufen")
    hears(guest, "Dieser Link gilt nicht mehr", album, "widerrufen")
    opens_nothing(visit(), link)

    newer = next_one(own_site, GUEST, LINK, lambda: press(editors, "senden"))
    opens_nothing(visit(), link)
    enter(guest, newer, GUEST)
    assert own_site.manage("shell", "-c", EXPIRE).returncode == 0
    hears(guest, "Dieser Link ist abgelaufen", album, "abgelaufen")
    opens_nothing(visit(), newer)


def a_forwarded_link_opens_nothing(stranger: Visitor, link: str, album: Album) -> None:
    """The code goes to the guest, whoever asks for it."""
    stranger.go(link)
    code = ask_for_the_code(stranger, GUEST)
    give(stranger, f"{(int(code) + 1) % 10**6:06}")

    stranger.page.get_by_role("alert").wait_for()
    fits(stranger, album, "falscher-code")
    stranger.go("/gast/text/")
    assert "Code anfordern" in stranger.main.inner_text()
    assert WORDS not in stranger.page.content()


def opens_nothing(stranger: Visitor, link: str) -> None:
    stranger.go(link)

    assert "Dieser Link öffnet nichts" in stranger.main.inner_text()
    assert "bitten Sie um einen neuen Link" in stranger.main.inner_text()
    assert WORDS not in stranger.page.content()


def hears(guest: Visitor, sentence: str, album: Album, what: str) -> None:
    """Whoever gave the code in this browser hears exactly what happened."""
    guest.page.reload()

    assert sentence in guest.page.get_by_role("alert").inner_text()
    assert WORDS not in guest.page.content()
    fits(guest, album, what)


def press(editors: Visitor, what: str) -> None:
    section = editors.page.locator("section[aria-labelledby=gaeste]")
    section.get_by_role("button", name=what).first.click()
    editors.page.get_by_role("status").or_(editors.page.locator(".kern-alert")).first.wait_for()
