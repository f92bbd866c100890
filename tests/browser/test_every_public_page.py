"""Every type of public page in a real browser, on the demo's content.

axe finds nothing (WCAG 2.2 A and AA, best practices), nothing overflows, narrow
and wide, light and dark; and whoever has no mouse gets from a question to a
page and back. `tests/face` asks the same of pages built to show everything at
once; here stands what people really meet.
"""

import pytest

from tests.browser.visitors import AXE, Visitor

pytestmark = [
    pytest.mark.browser, pytest.mark.soak, pytest.mark.xdist_group("site"),
    pytest.mark.skipif(not AXE.exists(), reason="needs `manage.py build_assets --dev`"),
]  # fmt: skip

# One of every type; a publication and an organisation are looked up.
FIXED = {
    "front page": "/",
    "search": "/suche/",
    "hits": "/suche/?q=Engagement",
    "hits, filtered": "/suche/?q=Engagement&art=publication",
    "no hits": "/suche/?q=Xylographenzunft",
    "agreements": "/vereinbarungen/",
    "series": "/vereinbarungen/land-und-kommunale-spitzenverbaende/",
    "agreement": "/vereinbarungen/land-und-kommunale-spitzenverbaende/vereinbarung-1/",
    "invented series": "/vereinbarungen/zielvereinbarung-netzwerk/",
    "declarations": "/erklaerungen/",
    "declaration": "/erklaerungen/zukunftsfaktor-buergerengagement/",
    "events": "/veranstaltungen/",
    "event series": "/veranstaltungen/zivilgesellschaft-und-amt/",
    "event": "/veranstaltungen/zivilgesellschaft-und-amt/netzwerken/",
    "documentations": "/dokumentationen/",
    "documentation": "/veranstaltungen/kommunentagung-2012/dokumentation/",
    "publications": "/veroeffentlichungen/",
    "networks": "/netzwerke/",
    "network": "/netzwerke/gemeindenetzwerk-be/",
    "members": "/mitglieder/",
    "member": "/mitglieder/ahrenfels/",
    "standard page": "/impressum/",
    "login": "/konto/login/",
    "barrier": "/barriere-melden/",
    "not found": "/gibt/es/nicht/",
}
ORGANISATION = "a[href*='/organisationen/']"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_on_any_public_page(visit, width: int, scheme: str):
    guest = visit(viewport={"width": width, "height": 900}, color_scheme=scheme)

    faults = {name: faults_of(guest, address) for name, address in addresses(guest).items()}

    assert {name: found for name, found in faults.items() if found} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_where_people_work(visit, width: int, scheme: str):
    reviewer = visit("pruefung", viewport={"width": width, "height": 900}, color_scheme=scheme)
    desk = faults_of(reviewer, "/meine-aufgaben/")
    review = faults_of(reviewer, first_task(reviewer))

    assert desk == review == []


def test_axe_would_notice_a_picture_without_words(visit):
    """The negative control: a page that is wrong has findings."""
    guest = visit()
    guest.go("/")

    guest.page.evaluate("document.querySelector('main').innerHTML += '<img src=\"/x.png\">'")

    assert [one["id"] for one in guest.violations()] == ["image-alt"]


def test_the_keyboard_skips_to_the_content(visit):
    guest = visit()
    guest.go("/")

    guest.page.keyboard.press("Tab")
    guest.page.keyboard.press("Enter")

    assert guest.page.evaluate("document.activeElement.id") == "inhalt"


def test_the_keyboard_gets_from_a_question_to_a_page_and_back(visit):
    guest = visit()
    guest.go("/suche/")
    keyboard = guest.page.keyboard

    tab_to(guest, "document.activeElement.id === 'q'")
    keyboard.type("Netzwerktreffen")
    keyboard.press("Enter")
    guest.page.wait_for_url("**q=Netzwerktreffen**")
    results = guest.page.url
    tab_to(guest, "document.activeElement.matches('ol.hits h3 a')")
    keyboard.press("Enter")
    guest.page.wait_for_url(lambda url: "/suche/" not in url)
    # The keys for it belong to the browser's window, which a headless one has not.
    guest.page.go_back()
    guest.page.wait_for_url(results)

    assert guest.page.locator("#q").input_value() == "Netzwerktreffen"


def addresses(guest: Visitor) -> dict[str, str]:
    guest.go("/veroeffentlichungen/")
    publication = guest.main.locator("h2 a, h3 a").first.get_attribute("href")
    guest.go("/netzwerke/gemeindenetzwerk-be/")
    organisation = guest.main.locator(ORGANISATION).first.get_attribute("href")
    return {**FIXED, "publication": publication, "organisation": organisation}


def first_task(reviewer: Visitor) -> str:
    reviewer.go("/meine-aufgaben/")
    return str(reviewer.main.locator("a[href*='/umlauf/']").first.get_attribute("href"))


def faults_of(visitor: Visitor, address: str) -> list[object]:
    visitor.go(address)
    found: list[object] = [*visitor.violations()]
    if (pixels := visitor.overflow()) > 0:
        found.append(f"{pixels} pixels too wide")
    return found


def tab_to(visitor: Visitor, condition: str) -> None:
    for _ in range(80):
        visitor.page.keyboard.press("Tab")
        if visitor.page.evaluate(condition):
            return
    raise AssertionError(f"the keyboard does not get there: {condition}")
