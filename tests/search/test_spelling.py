"""What is meant by a word that nobody wrote so, out of a small known vocabulary."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from search.german import Analyser, Lexicon, fold
from search.german.distance import distance
from search.spelling import Known, Speller, Spelt


@dataclass
class Words:
    """A vocabulary in a dictionary: usual spelling -> papers."""

    papers: dict[str, int] = field(default_factory=dict)
    entries: int = 2000

    def look_up(self, folded: str) -> Known:
        usual = next((word for word in self.papers if fold(word) == folded), folded)
        return Known(folded, self.papers.get(usual, 0), usual)

    def near(self, folded: str, edits: int, limit: int) -> Sequence[Known]:
        known = [self.look_up(fold(word)) for word in self.papers]
        close = [one for one in known if distance(folded, one.folded) <= edits + 0.4]
        return sorted(close, key=lambda one: -one.papers)[:limit]


def speller(**papers: int) -> Speller:
    return Speller(Words(papers), Analyser(Lexicon()))


@pytest.mark.parametrize(
    ("typed", "used"),
    [
        ("Kooperatoin", "kooperation"),
        ("Vereinbahrung", "vereinbarung"),
        ("Foerderung", "förderung"),
        ("Forderung", "förderung"),
        ("oeffentliche", "öffentliche"),
        ("Partnershaft", "partnerschaft"),
    ],
)
def test_a_slip_is_replaced(typed: str, used: str) -> None:
    words = speller(
        Kooperation=90, Vereinbarung=80, Förderung=300, öffentliche=70, Partnerschaft=40
    )

    assert words.check(typed).used == used


def test_an_umlaut_is_not_read_into_every_ue() -> None:
    assert speller(neue=500, Steuer=300).check("neue") == Spelt("neue")
    assert speller(neue=500, Steuer=300).check("Steuer") == Spelt("steuer")


def test_a_known_rare_word_is_kept_and_the_likely_one_searched_beside() -> None:
    spelt = speller(Gemeinderat=900, Gemeinderaat=1).check("Gemeinderaat")

    assert (spelt.word, spelt.beside, spelt.beside_weight) == ("gemeinderaat", "gemeinderat", 0.7)


def test_a_word_that_splits_is_never_replaced() -> None:
    spelt = speller(Kooperationsvereinbarung=900).check("Kooperationsvereinbarungs")

    assert spelt.word == "kooperationsvereinbarungs"


def test_a_frequent_word_is_left_alone() -> None:
    assert speller(Bericht=400, Gericht=4000).check("Bericht") == Spelt("bericht")


@pytest.mark.parametrize("typed", ["KOD", "ÖPNV", "2021", "ab", "x" * 200, "Tür7"])
def test_what_is_no_word_is_left_alone(typed: str) -> None:
    assert speller(Kot=500, Tür=900).check(typed) == Spelt(typed.lower())


def test_one_wrong_part_of_a_compound_is_mended() -> None:
    words = speller(Quartier=200, Vereinbarung=300)

    assert words.check("Quartiersvereinbarnug").used == "quartiersvereinbarung"


def test_a_word_of_one_paper_corrects_only_in_a_small_archive() -> None:
    words = {"Plauderbank": 1}

    assert Speller(Words(words, 5000), Analyser(Lexicon())).check("Plauderbnak").used == (
        "plauderbnak"
    )
    assert Speller(Words(words, 50), Analyser(Lexicon())).check("Plauderbnak").used == (
        "plauderbank"
    )
