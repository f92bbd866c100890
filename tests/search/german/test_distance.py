"""Slips that people make cost less than changes they do not make."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.german.distance import distance

WORDS = st.text(alphabet="abcdefghimnstuvz", min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("slip", "change", "word"),
    [
        ("gemeindrat", "gemeinerat", "gemeinderat"),
        ("versamlung", "versanmlung", "versammlung"),
        ("vreein", "vxein", "verein"),
        ("stattwerke", "staxtwerke", "stadtwerke"),
        ("fereim", "xereim", "verein"),
    ],
)
def test_an_easy_slip_is_nearer_than_another_change(slip: str, change: str, word: str) -> None:
    assert distance(slip, word) <= distance(change, word)
    assert distance(slip, word) > 0


@given(WORDS, WORDS)
def test_only_equal_words_are_at_distance_zero(one: str, other: str) -> None:
    assert (distance(one, other) == 0) == (one == other)


@given(WORDS)
def test_one_letter_more_costs_at_most_one_and_a_first_letter(word: str) -> None:
    assert distance("q" + word, word) <= 1.4
    assert distance(word + "q", word) <= 1.0
