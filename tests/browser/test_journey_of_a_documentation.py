"""From an editor's empty form to a member's search hit, with the real worker.

The screenshots of every step are kept in var/screenshots/documentation.
"""

import pytest

from tests.browser import editor
from tests.browser.steps import RECORDED, answer, open_task, soon, without_marks
from tests.browser.visitors import Album, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("site")]

TITLE = "Kommunentagung: was aus den Arbeitsgruppen wurde"
FIRST = "Zwei Arbeitsgruppen haben ein Koordinationsbudget verabredet."
MORE = " Die Geschäftsstelle verwaltet es mit den Landkreisen."
COMMENT = "Bitte ergänzen Sie, wer das Geld verwaltet."
# The text has one compound of these words, and none of them by itself.
OTHER_WORDS = "Budget für Koordination"


def test_a_documentation_from_the_draft_to_the_members_hit(visit):
    album = Album.of("documentation")
    editors, reviewer = visit("redaktion"), visit("pruefung")
    ministry, member, guest = visit("ministerium"), visit("mitglied"), visit()

    draft(editors, album)
    send_back(reviewer, album)
    revise(editors, album)
    agree(reviewer, album, "pruefung")
    check_the_accessibility(reviewer, album)
    nobody_finds_it_yet(guest)
    record = agree(ministry, album, "ministerium")

    it_is_public_word_for_word(guest, album)
    it_is_found_by_other_words(member, album)
    it_is_found_by_other_words(guest, album)
    the_record_says_who_and_for_whom(record)


def draft(editors: Visitor, album: Album) -> None:
    page = editors.page
    assert page.url.endswith("/meine-aufgaben/")
    album.keep(editors, "redaktion-meine-aufgaben")
    editor.new_page_below(editors, "Umlauf", "Dokumentationen")
    page.locator("#id_title").fill(TITLE)
    editor.choose(
        page, page.get_by_role("button", name="Seite auswählen (Veranstaltung)"),
        "Kommunentagung", "Kommunentagung zu sektor",
    )  # fmt: skip
    page.locator("#id_documented_on").fill("Dezember 2012")
    page.locator("#id_summary").fill("Die Verabredungen der Tagung und wer sie einlöst.")
    editor.add_block(page, "#body-root", "Absatz")
    editor.type_into_last(page, "#body-root", FIRST)
    album.keep(editors, "redaktion-entwurf")
    editor.open_tab(page, "Ergebnisse")
    page.locator("#id_participants_total").fill("120")
    page.get_by_role("button", name="Ergebnis hinzufügen").click()
    page.locator("#id_findings-0-text").fill("Netzwerke tragen, wenn eine Stelle sie koordiniert.")
    album.keep(editors, "redaktion-ergebnisse")
    editor.save_draft(editors)
    editor.submit(editors, "Zur Prüfung einreichen")
    album.keep(editors, "redaktion-eingereicht")


def send_back(reviewer: Visitor, album: Album) -> None:
    open_task(reviewer, TITLE)
    assert FIRST in reviewer.main.inner_text()
    album.keep(reviewer, "pruefung-liest")
    assert "zurückgegeben" in answer(reviewer, "Zurückgeben", COMMENT)
    album.keep(reviewer, "pruefung-gibt-zurueck")


def revise(editors: Visitor, album: Album) -> None:
    editors.go("/meine-aufgaben/")
    album.keep(editors, "redaktion-bekommt-zurueck")
    open_task(editors, TITLE)
    assert COMMENT in editors.main.inner_text()
    album.keep(editors, "redaktion-liest-grund")
    editors.page.get_by_role("link", name="Im Editor öffnen").click()
    editor.type_into_last(editors.page, "#body-root", MORE)
    editor.save_draft(editors)
    album.keep(editors, "redaktion-ueberarbeitet")
    editor.submit(editors, "Erneut einreichen")


def agree(person: Visitor, album: Album, who: str) -> str:
    """Agree on the revised text; return what the page of the journey says then."""
    open_task(person, TITLE)
    assert FIRST + MORE in without_marks(person.main.inner_text())
    if who == "pruefung":
        assert MORE.strip() in person.page.locator("ins").first.inner_text()
    album.keep(person, f"{who}-entscheidet")
    text = answer(person, "Zustimmen")
    assert RECORDED in text
    album.keep(person, f"{who}-stimmt-zu")
    return text


def check_the_accessibility(reviewer: Visitor, album: Album) -> None:
    """Nobody is quoted, so the release is left out and the check comes next."""
    open_task(reviewer, TITLE)
    album.keep(reviewer, "pruefung-barrierefreiheit")
    assert RECORDED in answer(reviewer, "Kontrolliert")


def nobody_finds_it_yet(guest: Visitor) -> None:
    guest.search(OTHER_WORDS)
    assert TITLE not in guest.hits()


def it_is_public_word_for_word(guest: Visitor, album: Album) -> None:
    guest.go("/dokumentationen/")
    guest.main.get_by_role("link", name=TITLE).first.click()
    assert FIRST + MORE in guest.main.inner_text()
    assert COMMENT not in guest.main.inner_text()
    album.keep(guest, "gast-liest")


def it_is_found_by_other_words(person: Visitor, album: Album) -> None:
    soon(lambda: (person.search(OTHER_WORDS), TITLE in person.hits()[:5])[1])
    hit = person.page.locator("ol.hits > li").filter(has_text=TITLE).first
    assert "Koordinationsbudget" in " ".join(hit.locator("mark").all_inner_texts())
    album.keep(person, "treffer")


def the_record_says_who_and_for_whom(record: str) -> None:
    """On the ministry's page after its decision: the whole Verlauf."""
    verlauf = record[record.index("Verlauf") :]
    for words in ("eingereicht, Leonie", "zurückgegeben: Fachprüfung, Benedikt", "veröffentlicht"):
        assert words in verlauf
    assert "für Ministerium" in record
