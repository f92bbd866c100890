"""A question and its address say the same, whatever stands in either."""

import datetime

from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from search.addresses import read_address, without_filters, without_value, write_address
from search.questions import Facet, Question, Sort

# An address holds at most 30 values of a facet; what is longer was typed, not clicked.
VALUES = st.frozensets(
    st.text(min_size=1, max_size=9).filter(lambda v: "\0" not in v), min_size=1, max_size=30
)
YEARS = st.frozensets(st.integers(1, 9999).map(str), min_size=1, max_size=5)
DAYS = st.none() | st.dates(datetime.date(1900, 1, 1))
QUESTIONS = st.builds(
    Question,
    text=st.text(max_size=60).map(lambda text: text.replace("\0", "").strip()),
    facets=st.fixed_dictionaries({}, optional={Facet.TOPIC: VALUES, Facet.YEAR: YEARS}),
    within=st.sampled_from(["", "network:5", "event_series:123"]),
    since=DAYS,
    until=DAYS,
    sort=st.sampled_from(Sort),
    page=st.integers(1, 1000),
    verbatim=st.booleans(),
)


@given(QUESTIONS)
def test_a_question_comes_back_from_its_address(question: Question) -> None:
    address = write_address(question).removeprefix("?")

    assert read_address(QueryDict(address)) == question


def test_nonsense_is_left_out() -> None:
    address = QueryDict("q=+x+&jahr=abc&jahr=1995&von=31.31.2020&bis=2020-13-45&seite=-4")

    question = read_address(address)

    assert question == Question(text="x", facets={Facet.YEAR: frozenset({"1995"})})


def test_what_names_no_whole_narrows_nothing() -> None:
    for nonsense in ("series", "series:", "series:x", "Series:1", "a:1 OR b:2", ":1"):
        assert read_address(QueryDict(f"q=x&in={nonsense}")).within == ""


def test_filters_come_off_one_by_one_or_all_at_once() -> None:
    chosen = {Facet.YEAR: frozenset({"1995"}), Facet.TOPIC: frozenset({"Quartier"})}
    question = Question(text="x", facets=chosen, within="network:5", page=3)

    assert (
        write_address(without_value(question, Facet.YEAR, "1995"))
        == "?q=x&in=network%3A5&thema=Quartier"
    )
    assert write_address(without_filters(question)) == "?q=x"
