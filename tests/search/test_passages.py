"""Texts are cut without loss, and the window shown is the one that says most."""

from hypothesis import given
from hypothesis import strategies as st

from search import passages
from search.german import Analyser, Lexicon, terms_of_words, words_of

ANALYSER = Analyser(Lexicon())


def terms_in(text: str) -> str:
    return ANALYSER.read(text).word_by_word()


def letters(text: str) -> str:
    return "".join(text.split())


@given(st.text(alphabet="ab \n", max_size=400))
def test_nothing_is_lost_by_cutting(text: str) -> None:
    assert letters("".join(passages.cut(text, size=40))) == letters(text)


def test_passages_are_neither_tiny_nor_huge() -> None:
    text = "\n".join("Wort " * 30 for _ in range(200)) + "\n" + "x" * 10_000

    assert all(300 <= len(one) <= 2500 for one in passages.cut(text))


def test_the_window_holds_the_words_of_the_question() -> None:
    text = "Nichts davon. " * 60 + "Das Quartier und seine Nachbarschaft. " + "Und mehr. " * 60
    terms = {ANALYSER.stem("Quartier"), ANALYSER.stem("Nachbarschaft")}

    shown = passages.Marker(ANALYSER, terms).window(text, terms_in(text))

    assert [shown.text[a:b] for a, b in shown.marks] == ["Quartier", "Nachbarschaft"]
    assert len(shown.text) <= passages.WINDOW


def test_a_word_longer_than_the_window_is_shown_from_its_beginning() -> None:
    word = "x" * 2 * passages.WINDOW
    text = f"Davor. {word}"

    shown = passages.Marker(ANALYSER, {ANALYSER.stem(word)}).window(text, terms_in(text))

    assert shown.text.startswith("Davor. xxx")


def test_the_end_of_a_passage_can_be_shown() -> None:
    text = "Nichts davon. " * 60 + "Quartier"

    shown = passages.Marker(ANALYSER, {ANALYSER.stem("Quartier")}).window(text, terms_in(text))

    assert shown.text.endswith("Quartier")


@given(st.text(max_size=300))
def test_every_word_has_its_terms_at_its_place(text: str) -> None:
    assert len(terms_of_words(terms_in(text))) == max(1, len(words_of(text)))


@given(st.text(max_size=900), st.integers(min_value=100, max_value=400))
def test_marks_lie_inside_the_window(text: str, width: int) -> None:
    terms = {term for term, *_ in ANALYSER.read(text).placed[:3]}

    shown = passages.Marker(ANALYSER, terms).window(text, terms_in(text), width)

    assert all(0 <= start < end <= len(shown.text) for start, end in shown.marks)
