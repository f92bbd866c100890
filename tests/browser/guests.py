"""Somebody without an account at their browser: by link and code to the text."""

from tests.browser.letters import CODE, next_one
from tests.browser.visitors import Album, Visitor

# A phone at night, and a desk by day.
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}


def ask_for_the_code(guest: Visitor, address: str) -> str:
    """Press the button, and return the code from the letter that comes."""
    button = guest.page.get_by_role("button", name="Code anfordern")

    def press() -> None:
        button.focus()
        guest.page.keyboard.press("Enter")
        guest.page.get_by_label("Code aus der E-Mail").wait_for()

    return next_one(guest.site, address, CODE, press)


def enter(guest: Visitor, link: str, address: str) -> None:
    """Go the whole way to the text."""
    guest.go(link)
    code = ask_for_the_code(guest, address)
    give(guest, code)
    guest.page.get_by_role("heading", name="Der Text").or_(
        guest.page.get_by_role("heading", name="Geändert seit Ihrer letzten Antwort")
    ).wait_for()


def give(guest: Visitor, code: str) -> None:
    guest.page.get_by_label("Code aus der E-Mail").fill(code)
    guest.page.keyboard.press("Enter")


def fits(guest: Visitor, album: Album, what: str) -> None:
    """Look at a page as it stands here, then on the other screen; keep both pictures."""
    for scheme, size in (("light", DESK), ("dark", PHONE)):
        guest.page.emulate_media(color_scheme=scheme)
        guest.page.set_viewport_size(size)
        album.keep(guest, f"{what}-{size['width']}-{scheme}")
        assert guest.overflow() <= 0, (what, size)
        assert guest.violations() == [], (what, scheme)
