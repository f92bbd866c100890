"""What people find in the demo: what they ask for, and nothing that is not theirs."""

import json
from typing import Any
from urllib.parse import quote

import pytest

from home.demo.words import MEMBERS_ONLY_WORD
from tests.browser.visitors import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("site")]

CHAIN = "/vereinbarungen/land-und-kommunale-spitzenverbaende/"
MINISTRY = "Ministerium für Soziales, Gesundheit und Integration"
# Written without its last letters, as somebody types it who waits for proposals.
BEGINNING = MEMBERS_ONLY_WORD[:5]
# Who works in the office may read every paper: editors, reviewers, ministry.
OTHERS = ["", "verband"]


def test_the_chain_since_1995_is_among_the_first_five(visit):
    first = addresses(visit(), "Vereinbarung zur Kooperation")[:5]

    assert any(address.startswith(CHAIN) for address in first), first


def test_the_ministry_is_found_by_its_short_name_and_shown_under_its_present_one(visit):
    guest = visit()
    guest.search("Sozialministerium")

    assert any(MINISTRY in title for title in guest.hits()[:5]), guest.hits()


def test_network_meetings_are_found(visit):
    guest = visit()
    guest.search("Netzwerktreffen der Kommunen")

    assert any("Netzwerktreffen" in title for title in guest.hits()[:5]), guest.hits()


def test_the_programme_on_quarters_is_found(visit):
    guest = visit()
    guest.search("Quartier entwickeln")

    assert any("Quartier" in title for title in guest.hits()[:5]), guest.hits()


def test_an_umlaut_may_be_spelled_out(visit):
    guest = visit()
    guest.search("buergerschaftliches engagement")

    marks = guest.page.locator("ol.hits mark").all_inner_texts()
    assert any("ürgerschaftliche" in mark for mark in marks), marks


def test_a_text_for_members_is_found_by_the_member(visit):
    member = visit("mitglied")
    member.search(MEMBERS_ONLY_WORD)

    assert member.hits()
    assert MEMBERS_ONLY_WORD in member.page.locator("ol.hits mark").all_inner_texts()
    assert MEMBERS_ONLY_WORD.lower() in " ".join(suggestions(member)).lower()


@pytest.mark.parametrize("who", OTHERS)
def test_a_text_for_members_is_found_by_nobody_else(visit, who: str):
    """Red when the question leaves out who asks: the test above finds the same word."""
    other = visit(who)
    other.search(MEMBERS_ONLY_WORD)

    assert other.hits() == []
    assert "Vorstudie" not in other.main.inner_text()
    assert other.page.locator("form.facets .n").count() == 0
    assert suggestions(other) == []
    assert all_hits(other, "Vorstudie gemeinsamer Fonds") == all_hits(
        other, "Vorstudie gemeinsamer Fonds", without="Vorstudie zu einem gemeinsamen Fonds"
    )


def addresses(visitor: Visitor, words: str) -> list[str]:
    visitor.search(words)
    links = visitor.page.locator("ol.hits h3 a").all()
    return [str(link.get_attribute("href")) for link in links]


def all_hits(visitor: Visitor, words: str, without: str = "") -> list[str]:
    visitor.search(words)
    return [title for title in visitor.hits() if title != without]


def suggestions(visitor: Visitor) -> list[str]:
    answer: Any = visitor.page.request.get(
        f"{visitor.site.url}/suche/vorschlaege/?q={quote(BEGINNING)}"
    )
    return list(json.loads(answer.text())["suggestions"])
