"""The letters that the demo lays down instead of sending them."""

import re
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path

from tests.browser.steps import soon
from tests.harness.site import RunningSite

# Django's file backend puts this line behind every letter.
END = re.compile(rb"^-{79}$", re.MULTILINE)
LINK = re.compile(r"^http\S+(/gast/\S+)$", re.MULTILINE)
CODE = re.compile(r"^\d{6}$", re.MULTILINE)


def letters_to(site: RunningSite, address: str) -> list[str]:
    """Return what somebody has been written, the oldest first."""
    folder = Path(site.environment["UMLAUF_VAR"]) / "mail"
    found = []
    for path in sorted(folder.glob("*.log"), key=lambda one: one.stat().st_mtime_ns):
        for raw in filter(bytes.strip, END.split(path.read_bytes())):
            letter = message_from_bytes(raw.lstrip(), policy=policy.default)
            body = letter.get_body(preferencelist=("plain",))
            if address == letter["To"] and body is not None:
                found.append(str(body.get_content()))
    return found


def next_one(
    site: RunningSite, address: str, what: re.Pattern[str], act: Callable[[], None]
) -> str:
    """Do something, wait for the letter that follows, and return the link or code in it."""
    before = len(_all(site, address, what))
    act()
    soon(lambda: len(_all(site, address, what)) > before)
    return _all(site, address, what)[-1]


def last_link(site: RunningSite, address: str) -> str:
    soon(lambda: bool(_all(site, address, LINK)))
    return _all(site, address, LINK)[-1]


def _all(site: RunningSite, address: str, what: re.Pattern[str]) -> list[str]:
    return what.findall("\n".join(letters_to(site, address)))
