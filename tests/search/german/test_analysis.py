"""From texts to terms: what must always hold for words, hyphens and umlauts."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.german import Analyser, Lexicon, fold, join_hyphens
from search.german.umlauts import restored

ANALYSER = Analyser(Lexicon())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Häuser", "Haus"),
        ("Vereinbarungen", "vereinbarung"),
        ("Kommunen", "Kommune"),
        ("Straße", "STRASSE"),
        ("bürgerschaftliches", "bürgerschaftlichen"),
        ("Quartiere", "Quartieren"),
        ("Foerderung", "Förderung"),
    ],
)
def test_forms_of_a_word_share_their_stem(one: str, other: str) -> None:
    assert ANALYSER.stem(one) == ANALYSER.stem(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Stadt", "Staat"), ("Rat", "Rad"), ("Kooperation", "Koordination")]
)
def test_different_words_do_not(one: str, other: str) -> None:
    assert ANALYSER.stem(one) != ANALYSER.stem(other)


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("Bürger-\nbeteiligung", "Bürgerbeteiligung"),
        ("Bürger-  \r\n  beteiligung", "Bürgerbeteiligung"),
        ("Ver\u00adein\u00adbarung", "Vereinbarung"),
        ("Baden-\nWürttemberg", "Baden-\nWürttemberg"),
        ("Haupt-\nund Finanzausschuss", "Haupt-\nund Finanzausschuss"),
        ("Rad-Weg", "Rad-Weg"),
    ],
)
def test_line_end_hyphens_are_joined_where_a_word_was_broken(text: str, joined: str) -> None:
    assert join_hyphens(text) == joined


def terms_at(text: str) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for term, position, _, _ in ANALYSER.read(text).placed:
        found.setdefault(position, set()).add(term)
    return found


def test_parts_stand_where_their_compound_stands() -> None:
    assert terms_at("Die Kooperationsvereinbarung gilt")[1] == {
        "kooperationsvereinbar",
        "kooperation",
        "vereinbar",
    }


def test_stop_words_keep_their_place() -> None:
    assert sorted(terms_at("Rat der Stadt")) == [0, 2]


def test_a_word_left_out_is_filled_in() -> None:
    assert "gehweg" in terms_at("Geh- und Radweg")[0]
    assert "haushaltsausschuss" in terms_at("Haushalts- und Finanzausschuss")[0]


def test_umlauts_are_restored_most_first() -> None:
    assert list(restored("foerderfaehig"))[0] == "förderfähig"
    assert set(restored("neue")) == {"neü"}
    assert list(restored("haus")) == []


@given(st.text())
def test_no_text_is_too_strange_to_be_read(text: str) -> None:
    read = ANALYSER.read(join_hyphens(text))

    for term, position, start, end in read.placed:
        assert term
        assert 0 <= position < len(read.folded)
        assert 0 <= start < end <= len(text)


@given(st.text())
@example("𝓐")
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
