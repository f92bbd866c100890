"""People at their browsers: signing in, looking around, and a picture of every step."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.harness.kill_loop import ROOT
from tests.harness.site import RunningSite

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SCREENSHOTS = ROOT / "var" / "screenshots"
WITH_PICTURES = bool(os.environ.get("UMLAUF_PICTURES"))
# WCAG 2.2 A and AA are the sum of these; best practices come on top.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN_AXE = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})"
# Milliseconds; a machine that does other things besides is slow, not wrong.
PATIENCE = 40_000
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def chromium() -> str:
    """Return the path of the browser on this machine, or nothing."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = [path for name in names if (path := shutil.which(name))]
    return os.environ.get("CHROMIUM", "") or (found[0] if found else "")


@dataclass
class Visitor:
    """One person with a browser of their own, and what it asked other hosts for."""

    site: RunningSite
    page: Any
    foreign: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def go(self, address: str) -> Any:
        return self.page.goto(address if address.startswith("http") else self.site.url + address)

    def sign_in(self, who: str, password: str = "") -> None:
        """Sign in by the form, as everybody has to."""
        self.go("/konto/login/")
        self.page.get_by_label("E-Mail").fill(f"{who}@example.org")
        self.page.get_by_label("Passwort").fill(password or self.site.password)
        self.main.get_by_role("button", name="Anmelden").click()

    def search(self, words: str, **more: str) -> None:
        """Ask on the search page by its own form."""
        self.go("/suche/")
        self.page.locator("#q").fill(words)
        self.page.locator("#suche button").click()

    def hits(self) -> list[str]:
        return self.page.locator("ol.hits h3").all_inner_texts()

    @property
    def main(self) -> Any:
        return self.page.get_by_role("main")

    def violations(self) -> list[dict[str, Any]]:
        """Return what axe finds on the present page."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate(RUN_AXE, TAGS)["violations"]
        return [{"id": one["id"], "at": [node["target"] for node in one["nodes"]]} for one in found]

    def overflow(self) -> int:
        """Return by how many pixels the page is wider than its window."""
        return int(self.page.evaluate(OVERFLOW))

    def note_request(self, url: str) -> None:
        if not url.startswith((self.site.url, "data:", "blob:", "about:")):
            self.foreign.append(url)


@dataclass
class Album:
    """Numbered pictures of one journey, kept for whoever writes or reads about it.

    Only on request, UMLAUF_PICTURES=1: a picture of a whole page takes a while.
    """

    folder: Path
    count: int = 0

    @classmethod
    def of(cls, name: str) -> "Album":
        folder = SCREENSHOTS / name
        if WITH_PICTURES:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        return cls(folder)

    def keep(self, visitor: Visitor, what: str) -> None:
        self.count += 1
        if WITH_PICTURES:
            path = self.folder / f"{self.count:02}-{what}.png"
            visitor.page.screenshot(path=path, full_page=True)


@contextmanager
def visiting(site: RunningSite, browser: Any, **options: Any) -> Iterator[Visitor]:
    """Give a person a fresh browser profile; a request to another host fails the test."""
    options = {"locale": "de-DE", "viewport": {"width": 1280, "height": 900}, **options}
    context = browser.new_context(**options)
    context.set_default_timeout(PATIENCE)
    visitor = Visitor(site, context.new_page())
    context.on("request", lambda request: visitor.note_request(request.url))
    context.on("weberror", lambda error: visitor.broken.append(str(error.error)))
    try:
        yield visitor
        assert visitor.foreign == [], "the page asked other hosts"
        assert visitor.broken == [], "a script of the page failed"
    finally:
        context.close()
