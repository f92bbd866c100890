"""The next agreement of a chain: articles, the official channel, all parties, timeline.

The screenshots of every step are kept in var/screenshots/agreement.
"""

import pytest

from tests.browser import editor
from tests.browser.steps import RECORDED, answer, open_task, soon
from tests.browser.visitors import Album, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("site")]

SERIES = "Förderung der Ehrenamtsstellen"
TITLE = "Fördervereinbarung Ehrenamtsstellen (dritte Fassung)"
# The chain counts; no title has to be typed for it.
IN_THE_CHAIN = "Die dritte Vereinbarung"
PARTIES = ("Ministerium für Gemeinwesen und Zusammenhalt", "Ahrenfels")
# The official channel of the ministry, and what each level's button says.
CHANNEL = (("referat", "Mitzeichnen"), ("abteilung", "Mitzeichnen"),
           ("ministerium", "Schlusszeichnen"))  # fmt: skip
# One person for each party: the ministry, the association, the municipality that joins them.
FOR_THE_PARTIES = ("ministerium", "verband", "mitglied")
ARTICLES = (
    ("Ziel", "Land und Kommunen fördern freiwilliges Engagement gemeinsam."),
    ("Fachberatung", "Ein Beratungsbudget hilft kleinen Rathäusern."),
)
# The text says “Beratungsbudget” and “kleinen Rathäusern”.
OTHER_WORDS = "Budget zur Beratung im Rathaus"


def test_the_next_agreement_of_the_chain(visit):
    album = Album.of("agreement")
    people = {who: visit(who) for who in ("redaktion", "pruefung", *dict(CHANNEL), "verband")}
    member = people["mitglied"] = visit("mitglied")
    guest = visit()

    draft(people["redaktion"], album)
    not_yet_in_the_chain(guest)
    decide(people["pruefung"], album, "pruefung")
    for who, button in CHANNEL:
        decide(people[who], album, f"{who}-dienstweg", button)
    not_yet_in_the_chain(guest)
    for who in FOR_THE_PARTIES:
        decide(people[who], album, f"{who}-partei")

    it_stands_in_the_chain(guest, album)
    the_articles_are_numbered(guest, album)
    soon(lambda: (member.search(OTHER_WORDS), TITLE in member.hits()[:5])[1])
    album.keep(member, "mitglied-findet")


def draft(editors: Visitor, album: Album) -> None:
    page = editors.page
    editor.new_page_below(editors, "Umlauf", "Vereinbarungen", SERIES)
    page.locator("#id_title").fill(TITLE)
    # The series proposes the next number and its standing parties; one more joins them.
    assert page.locator("#id_number").input_value() == "3"
    assert PARTIES[0] in (page.locator("#inline_child_parties-0").text_content() or "")
    page.get_by_role("button", name="Vertragspartei hinzufügen").click()
    row = page.locator("#inline_child_parties-2")
    button = row.get_by_role("button", name="Organisation auswählen")
    editor.choose(page, button, PARTIES[1].split()[0], PARTIES[1])
    album.keep(editors, "redaktion-parteien")
    editor.open_tab(page, "Text")
    for number, (title, paragraph) in enumerate(ARTICLES):
        editor.add_block(page, "#body-root", "Artikel")
        page.locator(f"[name=body-{number}-value-title]").fill(title)
        editor.type_into_last(page, "#body-root", paragraph)
    album.keep(editors, "redaktion-artikel")
    editor.save_draft(editors)
    editor.submit(editors, "Zur Prüfung einreichen")
    album.keep(editors, "redaktion-eingereicht")


def not_yet_in_the_chain(guest: Visitor) -> None:
    guest.go("/vereinbarungen/ehrenamtsstellen/")
    assert IN_THE_CHAIN not in guest.main.inner_text()


def decide(person: Visitor, album: Album, who: str, button: str = "Zustimmen") -> None:
    open_task(person, TITLE)
    assert all(words in person.main.inner_text() for article in ARTICLES for words in article)
    album.keep(person, f"{who}-liest")
    assert RECORDED in answer(person, button)
    album.keep(person, f"{who}-stimmt-zu")


def it_stands_in_the_chain(guest: Visitor, album: Album) -> None:
    guest.go("/vereinbarungen/")
    guest.main.get_by_role("link", name=SERIES).first.click()
    assert IN_THE_CHAIN in guest.page.locator("ol.timeline").inner_text()
    album.keep(guest, "gast-kette")


def the_articles_are_numbered(guest: Visitor, album: Album) -> None:
    guest.page.locator("ol.timeline").get_by_role("link", name=IN_THE_CHAIN).click()
    text = guest.main.inner_text()
    for number, (title, paragraph) in enumerate(ARTICLES, start=1):
        assert f"§ {number}" in text
        assert title in text
        assert paragraph in text
    assert all(party in text for party in PARTIES)
    album.keep(guest, "gast-vereinbarung")
