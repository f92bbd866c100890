"""A joint declaration: text, first signatories, review, their approval, the ministry, public.

The screenshots of every step are kept in var/screenshots/declaration.
"""

import pytest

from tests.browser import editor
from tests.browser.steps import RECORDED, answer, open_task
from tests.browser.visitors import Album, Visitor
from workflow.loading import SHIPPED

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("site")]

TITLE = "Gemeinsam feiern: Erklärung zu Nachbarschaftsfesten"
ARTICLE = "Wir halten an einem Tag im Jahr eine Straße für alle frei."
SIGNATORIES = ("Gemeindeverband Seenland e. V.", "Ahrenfels")
# One person for each of the two; nobody else is asked in that stage.
FOR_THE_SIGNATORIES = ("verband", "mitglied")


def test_a_declaration_from_the_draft_to_the_public_page(own_site, visit):
    # The demo shows another version of this route.
    loaded = own_site.manage("routes", "load", str(SHIPPED / "declaration.toml"))
    assert loaded.returncode == 0, loaded.stderr
    album = Album.of("declaration")
    editors, guest = visit("redaktion"), visit()

    draft = write(editors)
    name_the_signatories(editors, album)
    editors.go(draft)
    editor.submit(editors, "Zur Prüfung einreichen")
    decide(visit("pruefung"), album, "pruefung")
    for who in FOR_THE_SIGNATORIES:
        nobody_reads_it_yet(guest)
        decide(visit(who), album, who)
    decide(visit("ministerium"), album, "ministerium")

    guest.go("/erklaerungen/")
    guest.main.get_by_role("link", name=TITLE).first.click()
    assert "§ 1" in guest.main.inner_text()
    assert ARTICLE in guest.main.inner_text()
    album.keep(guest, "gast-liest")


def write(editors: Visitor) -> str:
    """Write the draft and return the address of its editor."""
    page = editors.page
    editor.new_page_below(editors, "Umlauf", "Erklärungen")
    page.locator("#id_title").fill(TITLE)
    page.locator("#id_summary").fill("Ein Fest im Jahr, und alle helfen mit.")
    editor.open_tab(page, "Text")
    page.get_by_role("button", name="Textfassung hinzufügen").click()
    editor.add_block(page, "#texts-0-body-root", "Artikel")
    page.locator("[name=texts-0-body-0-value-title]").fill("Ein Tag für die Straße")
    editor.type_into_last(page, "#texts-0-body-root", ARTICLE)
    editor.save_draft(editors)
    return str(page.url)


def name_the_signatories(editors: Visitor, album: Album) -> None:
    """Enter the first signing that is planned: whose names stand in it approves the text."""
    page = editors.page
    editors.go("/verwaltung/snippets/agreements/signinground/add/")
    editor.choose(
        page, page.get_by_role("button", name="Seite auswählen (Erklärung)"), TITLE, TITLE
    )
    page.locator("#id_kind").select_option("first_signing")
    page.locator("#id_title").fill("Erstunterzeichnung")
    for number, name in enumerate(SIGNATORIES):
        page.get_by_role("button", name="Unterzeichnung hinzufügen").click()
        row = page.locator(f"#inline_child_signatures-{number}")
        editor.choose(
            page, row.locator("[id*=organisation]").get_by_role("button", name="auswählen").first,
            name.split()[0], name,
        )  # fmt: skip
    album.keep(editors, "redaktion-unterzeichnende")
    page.get_by_role("button", name="Speichern").click()
    page.locator(".messages .success").wait_for()


def decide(person: Visitor, album: Album, who: str) -> None:
    open_task(person, TITLE)
    assert ARTICLE in person.main.inner_text()
    assert RECORDED in answer(person, "Zustimmen")
    album.keep(person, f"{who}-stimmt-zu")


def nobody_reads_it_yet(guest: Visitor) -> None:
    guest.go("/erklaerungen/")
    assert TITLE not in guest.main.inner_text()
