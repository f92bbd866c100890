"""A date is as exact as its source, never more."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from cms.core.fields import FuzzyDateField, FuzzyDateFormField
from cms.core.values import FuzzyDate, Precision

days = st.dates(min_value=date(1800, 1, 1), max_value=date(2200, 12, 31))
precisions = st.sampled_from([Precision.DAY, Precision.MONTH, Precision.YEAR])
fuzzy_dates = st.builds(FuzzyDate, days, precisions) | st.just(FuzzyDate.UNKNOWN)


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("15.05.2012", "2012-05-15"),
        ("15. 5. 2012", "2012-05-15"),
        ("2012-05-15", "2012-05-15"),
        ("15. Mai 2012", "2012-05-15"),
        ("05.2012", "2012-05"),
        ("2012-12", "2012-12"),
        ("Dezember 2012", "2012-12"),
        ("December 2012", "2012-12"),
        ("März 2001", "2001-03"),
        ("1995", "1995"),
        ("", ""),
        ("unbekannt", ""),
    ],
)
def test_people_write_dates_in_many_ways(written: str, iso: str) -> None:
    assert FuzzyDate.parse(written).iso == iso


@pytest.mark.parametrize("written", ["31.02.2012", "2012-13", "00.2012", "2012-00-01"])
def test_an_impossible_date_is_refused_as_not_in_the_calendar(written: str) -> None:
    with override("de"), pytest.raises(ValueError, match="Kalender"):
        FuzzyDate.parse(written)


@pytest.mark.parametrize("written", ["bald", "12", "Maiglöckchen 2012", "1.2.3.4", "20125"])
def test_what_is_no_date_is_refused_with_an_example(written: str) -> None:
    with override("de"), pytest.raises(ValueError, match=r"15\.05\.2012"):
        FuzzyDate.parse(written)


@given(fuzzy_dates)
def test_the_stored_form_gives_the_same_date_back(value: FuzzyDate) -> None:
    assert FuzzyDate.parse(value.iso) == value


@given(fuzzy_dates, fuzzy_dates)
def test_stored_forms_sort_as_the_dates_do(one: FuzzyDate, other: FuzzyDate) -> None:
    assert (one < other) == (one.iso < other.iso)


@given(fuzzy_dates)
def test_the_form_shows_what_it_reads_back(value: FuzzyDate) -> None:
    field = FuzzyDateFormField(required=False)

    shown = field.prepare_value(value)

    assert field.clean(shown) == value


def test_words_are_those_of_the_language() -> None:
    with override("de"):
        assert str(FuzzyDate.parse("2012-12")) == "Dezember 2012"
        assert str(FuzzyDate.parse("2012-05-15")) == "15. Mai 2012"
        assert str(FuzzyDate.UNKNOWN) == "unbekannt"


def test_a_year_is_certainly_before_another_only_when_it_is_over() -> None:
    assert FuzzyDate.of_year(2011).certainly_before(FuzzyDate.month(2012, 1))
    assert not FuzzyDate.of_year(2012).certainly_before(FuzzyDate.month(2012, 6))
    assert not FuzzyDate.UNKNOWN.certainly_before(FuzzyDate.of_year(2012))


def test_the_field_answers_an_impossible_date_with_a_sentence() -> None:
    with override("de"), pytest.raises(ValidationError, match="Kalender"):
        FuzzyDateField().clean("31.04.2020", None)
