"""Every type of public page in a real browser: axe finds nothing, nothing overflows.

WCAG 2.2 A and AA with axe's best practices; narrow and wide, light and dark.
Needs Chromium and `manage.py build_assets --dev`.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings

from tests.face import papers
from tests.people import PASSWORD, bruno

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
AXE = Path(django_settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js"
ASSETS = Path(django_settings.ASSETS_DIR)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM, reason="needs Chromium"),
    pytest.mark.skipif(not AXE.exists(), reason="needs `manage.py build_assets --dev`"),
    pytest.mark.skipif(not ASSETS.exists(), reason="needs `manage.py build_assets`"),
]


@pytest.fixture
def site(live_server: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    # Playwright's synchronous API runs an event loop; Django takes it for its own.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    settings.STATICFILES_DIRS = [Path(settings.BASE_DIR) / "cms" / "static", ASSETS]
    return live_server


@pytest.fixture
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        chromium = player.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (360, "dark"),
        (1280, "light"),
        # Every width and every scheme is among the two; the soak looks at the other pairs.
        pytest.param(360, "light", marks=pytest.mark.soak),
        pytest.param(1280, "dark", marks=pytest.mark.soak),
    ],
)
def test_axe_finds_nothing_on_any_public_page(site, browser, width: int, scheme: str):
    addresses = papers.every_page().addresses
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, locale="de-DE"
    )
    page = context.new_page()
    foreign: list[str] = []
    page.on("request", lambda one: foreign.append(one.url) if is_foreign(one.url, site) else None)

    for name, address in addresses.items():
        page.goto(site.url + address)

        assert violations(page) == [], (name, width, scheme)
        assert page.evaluate(OVERFLOW) <= 0, (name, width)
    assert foreign == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_desk(site, browser, scheme: str):
    papers.every_page()
    bruno()
    page = browser.new_context(color_scheme=scheme, locale="de-DE").new_page()
    page.goto(f"{site.url}/konto/login/?next=/meine-aufgaben/")

    page.get_by_label("E-Mail").fill("bruno@example.org")
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Anmelden").click()

    assert page.get_by_role("heading", name="Meine Aufgaben").is_visible()
    assert violations(page) == []


def test_axe_would_notice_a_picture_without_words(site, browser):
    """The negative control: a page that is wrong has findings."""
    papers.every_page()
    page = browser.new_page()
    page.goto(site.url)

    page.evaluate("document.querySelector('main').innerHTML += '<img src=\"x.png\">'")

    assert [one["id"] for one in violations(page)] == ["image-alt"]


def test_the_keyboard_reaches_the_content_with_two_keys(site, browser):
    papers.every_page()
    page = browser.new_page()
    page.goto(site.url)

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "inhalt"


def violations(page: Any) -> list[dict[str, Any]]:
    page.evaluate(AXE.read_text())
    found = page.evaluate(RUN, TAGS)["violations"]
    return [{"id": one["id"], "at": [node["target"] for node in one["nodes"]]} for one in found]


def is_foreign(url: str, site: Any) -> bool:
    return not url.startswith((site.url, "data:"))
