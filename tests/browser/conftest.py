"""One site for all browser tests, and a browser for each file of them.

`UMLAUF_SITE=http://localhost:8000` with `DEMO_PASSWORD` asks a demo that runs
already: quick while tests are written. Its data are changed by the tests. Those
that run commands or read letters need its `UMLAUF_VAR` and `DATABASE_URL` as well.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.browser.visitors import QUIET, Visitor, chromium, visiting
from tests.harness.site import RunningSite, running_site

Visit = Callable[..., Visitor]
PLACES = ("DATABASE_URL", "UMLAUF_VAR")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    require_chromium()
    if address := os.environ.get("UMLAUF_SITE", ""):
        yield RunningSite(
            urlsplit(address).port or 80, environment_of_the_demo(), os.environ["DEMO_PASSWORD"]
        )
        return
    with running_site(tmp_path_factory.mktemp("site")) as site:
        yield site


# By module, not by session: while Playwright's loop runs, Django refuses its database.
@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    path = require_chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        launched = player.chromium.launch(executable_path=path, args=QUIET)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def signed_in() -> dict[str, Any]:
    """What the browser of everybody who has signed in once keeps of it."""
    return {}


@pytest.fixture
def visit(site: RunningSite, browser: Any, signed_in: dict[str, Any]) -> Iterator[Visit]:
    """Let people come: `visit()` as a guest, `visit("redaktion")` signed in.

    Everybody signs in by the form once; after that they come back to their tasks as
    people do in a browser that still knows them.
    """
    with ExitStack() as leaving:

        def come(who: str = "", **options: Any) -> Visitor:
            known = {"storage_state": signed_in[who]} if who in signed_in else {}
            visitor = leaving.enter_context(visiting(site, browser, **known, **options))
            if known:
                visitor.go("/meine-aufgaben/")
            elif who:
                visitor.sign_in(who)
                visitor.page.wait_for_url("**/meine-aufgaben/")
                signed_in[who] = visitor.page.context.storage_state()
            return visitor

        yield come


def environment_of_the_demo() -> dict[str, str]:
    """Return where a demo that runs already keeps its data; empty where nobody said it."""
    if "UMLAUF_VAR" not in os.environ:
        return {}
    given = {name: os.environ[name] for name in PLACES if name in os.environ}
    return {**given, "DJANGO_SETTINGS_MODULE": "cms.settings.dev", "UMLAUF_DEMO": "true"}


@pytest.fixture
def own_site(site: RunningSite) -> RunningSite:
    if not site.environment:
        pytest.skip("needs a site of its own: commands run in its environment")
    return site


def require_chromium() -> str:
    if path := chromium():
        return path
    reason = "no Chromium on this machine (CHROMIUM=/path/to/it)"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
