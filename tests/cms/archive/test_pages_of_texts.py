"""Pages of imported texts: where form feeds end them, and only where they do."""

from pathlib import Path

import pytest
from django.test import Client

from cms.archive.models import ArchivePaper
from cms.archive.paging import pages_of
from cms.core import outbox
from search import sources
from search.indexing import KIND
from search.sources import key_for
from tests.cms.archive.oparl import file, imported, lines, paper

COVER, CONTENTS, SEATS = "Deckblatt\n", "Inhalt des Bandes\n", "Hier steht die Sitzordnung.\n"


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        (f"{COVER}\f{CONTENTS}\f{SEATS}\f", [COVER, CONTENTS, SEATS]),
        (f"{COVER}\f{CONTENTS}\f{SEATS}", [COVER, CONTENTS, SEATS]),
        # An empty page keeps its number.
        (f"{COVER}\f\f{SEATS}\f\n", [COVER, "", SEATS]),
        (f"{SEATS}\f", [SEATS]),
    ],
)
def test_a_form_feed_ends_a_page(text: str, pages: list[str]) -> None:
    assert pages_of(text) == pages


@pytest.mark.parametrize(
    "text",
    [
        "",
        SEATS,
        # Fonts that a program could not read: a form feed stands for a letter there,
        "9HUNDXIVIOlFKH\n\x03\x0b\x14\x036WHOOSODW]\x03Pð\f\n\x14\x13\x03Pð und noch viel Text",
        # or for a space.
        "Nahverkehrsplan\f2006\f\n\f\n\f\nLandkreis\fund\fStadt\f\n\f\f",
    ],
)
def test_a_misread_text_has_no_pages(text: str) -> None:
    assert pages_of(text) == []


@pytest.fixture
def found(tmp_path: Path, db: None) -> ArchivePaper:
    numbered = file(1, f"{COVER}\f{CONTENTS}\f{SEATS}\f", name="Band")
    plain = file(2, "Ein Stück ohne Seiten.", name="Brief")
    imported(lines(tmp_path / "all.jsonl", paper(auxiliaryFile=[numbered, plain])))
    return ArchivePaper.objects.get()


def test_search_is_offered_the_pages(found: ArchivePaper) -> None:
    entry = sources.source_of(key_for(found)).entry(key_for(found))

    assert [(one.numbered, list(one.pages)) for one in entry.files] == [
        (True, [COVER, CONTENTS, SEATS]),
        (False, ["Ein Stück ohne Seiten."]),
    ]


def test_a_hit_names_the_page_and_leads_there(found: ArchivePaper, client: Client) -> None:
    assert outbox.drain(kinds=[KIND]).failed == 0
    address = found.files.get(number=1).url

    hits = client.get("/suche/", {"q": "Sitzordnung"}).content.decode()
    text = client.get(address).content.decode()

    assert f'href="{address}#page=3">Band, Seite 3</a>' in hits
    _, there, third = text.partition('id="page=3"')
    assert there
    assert "Sitzordnung" in third
    assert "<h2>Seite 3</h2>" in third
    assert "Seite für Seite" in text


def test_a_text_without_pages_is_shown_in_one_piece(found: ArchivePaper, client: Client) -> None:
    text = client.get(found.files.get(number=2).url).content.decode()

    assert "Ein Stück ohne Seiten." in text
    assert "Seite 1" not in text
