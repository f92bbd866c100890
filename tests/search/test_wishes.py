"""What a person typed is read, whatever it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.wishes import Wish, read_wish


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("Haus am See", Wish(words=("Haus", "am", "See"))),
        ('"Haus am See" Boot', Wish(words=("Boot",), phrases=(("Haus", "am", "See"),))),
        ("„Haus am See“", Wish(phrases=(("Haus", "am", "See"),))),
        ("Haus -See", Wish(words=("Haus",), excluded=(("See",),))),
        ('-"am See"', Wish(excluded=(("am", "See"),))),
        ("PV-Anlagen", Wish(words=("PV", "Anlagen"))),
        ("Koop*", Wish(prefixes=("Koop",))),
        ('Haus "am See', Wish(words=("Haus", "am", "See"))),
        ("()[]{}^~:\\*", Wish()),
        ("", Wish()),
    ],
)
def test_a_text_says_what_is_wanted(text: str, wish: Wish) -> None:
    assert read_wish(text) == wish


def test_what_may_be_a_reference_number_is_kept_as_one_piece() -> None:
    assert "2021/1281" in read_wish("Vorlage 2021/1281").references
    assert "az. 42-17/2024" in read_wish("Az. 42-17/2024").references
    assert read_wish("Haus am See").references == ()


@given(st.text())
def test_reading_never_fails_and_keeps_within_bounds(text: str) -> None:
    wish = read_wish(text)

    assert len(wish.words) <= 32
    assert all("\0" not in word for word in wish.words)
