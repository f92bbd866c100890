"""Abbreviations are learnt from the archive's own brackets, and work both ways."""

import pytest

from search.german import Analyser, Lexicon
from search.german.abbreviations import long_form
from search.german.lexicon import Learner


@pytest.mark.parametrize(
    ("words", "short", "form"),
    [
        ("Der Kommunale Ordnungsdienst", "KOD", "Kommunale Ordnungsdienst"),
        ("für den öffentlichen Personennahverkehr", "ÖPNV", "öffentlichen Personennahverkehr"),
        ("die Volkshochschule", "VHS", "Volkshochschule"),
        ("Antrag der Fraktion der Grünen", "SPD", ""),
        ("in Baden", "BW", ""),
        ("", "KOD", ""),
    ],
)
def test_the_long_form_is_read_off_the_words_before(words: str, short: str, form: str) -> None:
    assert long_form(words.split(), short) == form


def test_an_archive_teaches_its_abbreviations() -> None:
    learner = Learner()
    for text in ("Der Kommunale Ordnungsdienst (KOD)", "des Kommunalen Ordnungsdienstes (KOD)"):
        for _ in range(2):
            learner.read(text)
    known = Analyser(learner.lexicon()).abbreviations
    stems = tuple(Analyser(Lexicon()).stem(w) for w in ("kommunaler", "Ordnungsdienst"))

    assert known.long_forms("KOD") == [stems]
    assert known.short_form(stems) == "kod"
    # Nobody means an abbreviation who types an ordinary word.
    assert known.long_forms("kod") == []


def test_what_is_explained_once_is_not_learnt() -> None:
    learner = Learner()
    learner.read("Der Kommunale Ordnungsdienst (KOD)")

    assert learner.lexicon().abbreviations == {}
