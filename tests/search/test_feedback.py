"""Feedback lends words that good passages share, and nothing else."""

from search.feedback import Example, feedback_terms
from search.german import Analyser, Lexicon

ANALYSER = Analyser(Lexicon())


def terms_in(text: str) -> str:
    return ANALYSER.read(text).word_by_word()


PAPERS = {"solarpark": 20, "dachflach": 30, "stadt": 900, "einmalig": 1}
EXAMPLES = [
    Example(9.0, terms_in("Der Solarpark nutzt Dachflächen der Stadt, einmalig.")),
    Example(7.0, terms_in("Dachflächen und Solarpark.")),
]


def terms(asked: set[str]) -> dict[str, float]:
    found = feedback_terms(
        EXAMPLES,
        asked=asked,
        entries=1000,
        papers_with=lambda terms: {term: PAPERS.get(term, 0) for term in terms},
    )
    return dict(found)


def test_rare_words_of_good_passages_are_asked_for_as_well() -> None:
    found = terms(asked=set())

    assert set(found) == {"solarpark", "dachflach"}
    assert max(found.values()) == 0.3


def test_what_was_asked_already_is_not_asked_again() -> None:
    assert set(terms(asked={"solarpark"})) == {"dachflach"}


def test_no_examples_lend_no_words() -> None:
    assert feedback_terms([], asked=set(), entries=9, papers_with=lambda _: {}) == []
