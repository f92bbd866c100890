"""The regression set of the splitter: what is split, and what must stay whole."""

import pytest

from search.german import Analyser, Lexicon
from search.german.compounds import Splitter, spans
from search.german.lexicon import Learner, shipped_nouns

SPLITTER = Splitter(shipped_nouns())


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("kooperationsvereinbarung", ("kooperation", "vereinbarung")),
        ("bürgerbeteiligung", ("bürger", "beteiligung")),
        ("quartiersentwicklung", ("quartier", "entwicklung")),
        ("netzwerktreffen", ("netzwerk", "treffen")),
        ("engagementförderung", ("engagement", "förderung")),
        ("schulleitung", ("schule", "leitung")),
        ("sozialministerium", ("soziale", "ministerium")),
        ("gemeinderat", ("gemeinde", "rat")),
        ("radverkehr", ("rad", "verkehr")),
        ("städtetag", ("städte", "tag")),
        ("ehrenamtskarte", ("ehrenamt", "karte")),
        ("klimaschutz", ("klima", "schutz")),
    ],
)
def test_a_compound_is_split_into_its_nouns(word: str, parts: tuple[str, ...]) -> None:
    assert SPLITTER.split(word) == parts


@pytest.mark.parametrize(
    "word",
    [
        "beirat", "vereinbarung", "ministerium", "kommune", "netzwerk", "mitglied", "bericht",
        "verwaltung", "gemeinschaft", "wirtschaft", "entwickeln", "übertreffen", "zusammenarbeit",
        "haus", "ab", "", "donau3schiff", "x" * 200,
    ],
)  # fmt: skip
def test_a_word_that_is_none_stays_whole(word: str) -> None:
    assert SPLITTER.split(word) == ()


def test_places_of_parts_leave_the_linking_letters_out() -> None:
    word = "kooperationsvereinbarung"

    places = spans(word, ("kooperation", "vereinbarung"))

    assert places is not None
    assert [word[a:b] for a, b in places] == ["kooperation", "vereinbarung"]


def test_units_that_the_archive_knows_stay_together() -> None:
    lexicon = Lexicon(known={"sozialarbeit": 12})

    fine, coarse = Analyser(lexicon).units("schulsozialarbeit")

    assert fine == ("schule", "soziale", "arbeit")
    assert coarse == ("schule", "sozialarbeit")


def test_an_archive_teaches_its_own_nouns() -> None:
    learner = Learner()
    for _ in range(20):
        learner.read("Der Turmberg und die Turmbergbahn.")

    lexicon = learner.lexicon(extra=["Plauderbank"])

    assert "turmberg" in lexicon.own
    assert "plauderbank" in lexicon.own
    assert Analyser(lexicon).units("turmbergbahn")[0] == ("turmberg", "bahn")
    assert Analyser(Lexicon()).units("turmbergbahn")[0] != ("turmberg", "bahn")


def test_a_lexicon_comes_back_from_its_text_with_the_same_digest() -> None:
    lexicon = Lexicon(own={"kita": 40}, known={"sozialarbeit": 7})

    text = lexicon.as_text()

    assert Lexicon.of_text(text) == lexicon
    assert Lexicon.of_text(text).digest == lexicon.digest
    assert lexicon.digest != Lexicon().digest
