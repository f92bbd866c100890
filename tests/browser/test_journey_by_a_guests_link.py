"""Somebody without an account releases their words: by a link, a code, a phone and its keys.

From the editor's draft to the public page, with the real worker: it writes the
letters, the test reads them where the demo lays them down. The guest sends the text
back once and agrees to the changed one. Pictures are kept in var/screenshots/guest.
"""

import pytest

from tests.browser import editor
from tests.browser.guests import PHONE, ask_for_the_code, enter, fits
from tests.browser.letters import LINK, letters_to, next_one
from tests.browser.steps import RECORDED, answer, open_task, walk_to
from tests.browser.visitors import Album, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("site")]

TITLE = "Gespräch am Marktplatz: was Gastgebende berichten"
GUEST = "gerda.gast@example.net"
WORDS = "Wer kommt, bleibt zum Kaffee."
MENDED = "Wer kommt, bleibt gern zum Kaffee."
WISH = "Bitte „gern“ ergänzen, so habe ich es gesagt."
INSIDE = "Mitschrift der Runde am Marktplatz, Seite 1."


def test_a_documentation_is_released_by_the_person_it_quotes(own_site, visit):
    album = Album.of("guest")
    editors, reviewer, ministry = visit("redaktion"), visit("pruefung"), visit("ministerium")
    guest = visit(viewport=PHONE, color_scheme="dark")

    draft_with_a_quotation(editors)
    link = next_one(own_site, GUEST, LINK, lambda: agree(reviewer))
    following_the_link_changes_nothing(guest, editors, link, album)
    the_code_opens_the_text(guest, album)
    the_file_can_be_opened(guest)
    sent_back_with_a_comment(guest, album)

    mend(editors)
    link = next_one(own_site, GUEST, LINK, lambda: agree(reviewer))
    enter(guest, link, GUEST)
    agreed_to_the_changed_text(guest, album)
    the_link_has_served_its_purpose(guest, visit(), link, album)

    open_task(reviewer, TITLE)
    answer(reviewer, "Kontrolliert")
    open_task(ministry, TITLE)
    record = answer(ministry, "Zustimmen")
    assert "Gerda Gast" in record
    the_words_are_public(visit())


def draft_with_a_quotation(editors: Visitor) -> None:
    upload_the_notes(editors)
    page = editors.page
    editor.new_page_below(editors, "Umlauf", "Dokumentationen")
    page.locator("#id_title").fill(TITLE)
    page.locator("#id_documented_on").fill("Dezember 2012")
    page.locator("#id_summary").fill("Was Gastgebende vom Marktplatz berichten.")
    editor.add_block(page, "#body-root", "Absatz")
    editor.type_into_last(page, "#body-root", "Am Marktplatz wurde erzählt.")
    editor.open_tab(page, "Ergebnisse")
    page.get_by_role("button", name="Zitat hinzufügen").click()
    page.locator("#id_quotes-0-text").fill(WORDS)
    page.locator("#id_quotes-0-speaker").fill("Gerda Gast")
    page.locator("#id_quotes-0-mail").fill(GUEST)
    editor.open_tab(page, "Dateien")
    page.get_by_role("button", name="Anlage hinzufügen").click()
    row = page.locator("#inline_child_attachments-0")
    button = row.get_by_role("button", name="Dokument auswählen")
    editor.choose(page, button, "Mitschrift", "Mitschrift vom Marktplatz")
    editor.save_draft(editors)
    editor.submit(editors, "Zur Prüfung einreichen")


def upload_the_notes(editors: Visitor) -> None:
    address = f"{editors.site.url}/verwaltung/documents/add/"
    editors.go(address)
    token = editors.page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    editors.page.request.post(
        address,
        headers={"Referer": address},
        multipart={
            "csrfmiddlewaretoken": token,
            "title": "Mitschrift vom Marktplatz",
            "file": {
                "name": "mitschrift.txt", "mimeType": "text/plain", "buffer": INSIDE.encode(),
            },
        },
    )  # fmt: skip


def agree(reviewer: Visitor) -> None:
    open_task(reviewer, TITLE)
    assert RECORDED in answer(reviewer, "Zustimmen")


def following_the_link_changes_nothing(
    guest: Visitor, editors: Visitor, link: str, album: Album
) -> None:
    """Mail programs follow links as well: no code goes out, and nothing is put on record."""
    open_task(editors, TITLE)
    before = (editors.main.inner_text(), letters_to(guest.site, GUEST))
    for _ in range(3):
        guest.go(link)
    editors.page.reload()

    assert (editors.main.inner_text(), letters_to(guest.site, GUEST)) == before
    assert guest.page.url.endswith("/gast/")
    assert TITLE not in guest.page.content()
    fits(guest, album, "tuer")


def the_code_opens_the_text(guest: Visitor, album: Album) -> None:
    guest.page.reload()
    code = ask_for_the_code(guest, GUEST)
    fits(guest, album, "code")
    walk_to(guest.page, "[name=code]")
    guest.page.keyboard.type(code)
    guest.page.keyboard.press("Enter")

    guest.page.get_by_role("heading", name=TITLE).wait_for()
    assert WORDS in guest.page.locator("blockquote").inner_text()
    assert GUEST not in guest.page.content()
    fits(guest, album, "text")
    guest.main.get_by_role("link", name="Den Text als Seite ansehen").click()
    guest.page.get_by_role("heading", name=TITLE, level=1).wait_for()
    assert guest.main.get_by_role("link", name="Mitschrift vom Marktplatz").count() == 1
    fits(guest, album, "vorschau")
    guest.page.go_back()


def the_file_can_be_opened(guest: Visitor) -> None:
    link = guest.main.get_by_role("link", name="Mitschrift vom Marktplatz")
    address = guest.site.url + str(link.get_attribute("href"))

    assert guest.page.request.get(address).text() == INSIDE
    walk_to(guest.page, "section[aria-labelledby=dateien] a")
    guest.page.keyboard.press("Enter")
    guest.page.wait_for_url(address)
    guest.page.go_back()


def sent_back_with_a_comment(guest: Visitor, album: Album) -> None:
    walk_to(guest.page, "#kommentar")
    guest.page.keyboard.type(WISH)
    walk_to(guest.page, "button[value=returned]")
    guest.page.keyboard.press("Enter")

    guest.page.get_by_role("heading", name="Ihre Antwort ist festgehalten").wait_for()
    assert WISH in guest.main.inner_text()
    assert "bekommen Sie einen neuen Link" in guest.main.inner_text()
    fits(guest, album, "zurueckgegeben")


def mend(editors: Visitor) -> None:
    open_task(editors, TITLE)
    assert WISH in editors.main.inner_text()
    editors.page.get_by_role("link", name="Im Editor öffnen").click()
    editor.open_tab(editors.page, "Ergebnisse")
    editors.page.locator("#id_quotes-0-text").fill(MENDED)
    editor.save_draft(editors)
    editor.submit(editors, "Erneut einreichen")


def agreed_to_the_changed_text(guest: Visitor, album: Album) -> None:
    fits(guest, album, "geaendert")
    assert "[+" in guest.main.inner_text()
    walk_to(guest.page, "button[value=agreed]")
    guest.page.keyboard.press("Enter")

    guest.page.get_by_role("heading", name="Ihre Antwort ist festgehalten").wait_for()
    assert TITLE in guest.main.inner_text()
    fits(guest, album, "zugestimmt")


def the_link_has_served_its_purpose(
    guest: Visitor, stranger: Visitor, link: str, album: Album
) -> None:
    """In the browser of the answer it shows the answer again, in any other nothing."""
    guest.go(link)
    stranger.go(link)

    assert "Ihre Antwort ist festgehalten" in guest.main.inner_text()
    assert "öffnet nichts" in stranger.main.inner_text()
    assert TITLE not in stranger.page.content()
    fits(stranger, album, "verbraucht")


def the_words_are_public(visitor: Visitor) -> None:
    visitor.go("/dokumentationen/")
    visitor.main.get_by_role("link", name=TITLE).first.click()

    assert MENDED in visitor.main.inner_text()
    assert GUEST not in visitor.page.content()
