"""Working days: by rule with holidays of the test, and by the calendar with those of the Länder."""

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.calendars import check_land, workdays_in
from workflow.rules.faults import LAENDER
from workflow.rules.workdays import MOST_DAYS_OFF, NoWorkingDay, Workdays

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
NUMBERS = st.integers(0, 40)
PLACES = st.sampled_from(sorted(LAENDER))


def place(*off):
    """Working days of a place with these days off."""
    return Workdays(frozenset(off).__contains__)


def days_off(start, length):
    return [start + timedelta(days=number) for number in range(length)]


@st.composite
def places(draw):
    start = draw(DAYS)
    return place(*days_off(start, draw(st.integers(0, 20))), *draw(st.lists(DAYS, max_size=60)))


@given(places(), DAYS, NUMBERS)
def test_a_deadline_never_falls_on_a_day_off(somewhere, day, number):
    assert somewhere.counts(somewhere.after(day, number))
    assert somewhere.counts(somewhere.before(day, number))


@given(places(), DAYS, st.integers(1, 40))
def test_exactly_so_many_working_days_lie_in_between(somewhere, day, number):
    end = somewhere.after(day, number)

    passed = [day + timedelta(days=one) for one in range(1, (end - day).days + 1)]

    assert sum(somewhere.counts(one) for one in passed) == number


@given(places(), DAYS, NUMBERS, NUMBERS)
def test_counting_in_two_steps_leads_to_the_same_day(somewhere, day, first, second):
    assert somewhere.after(somewhere.after(day, 0), first + second) == somewhere.after(
        somewhere.after(somewhere.after(day, 0), first), second
    )


@given(places(), DAYS, NUMBERS)
def test_counting_back_undoes_counting_on(somewhere, day, number):
    start = somewhere.after(day, 0)

    assert somewhere.before(somewhere.after(start, number), number) == start


@given(places(), DAYS, DAYS, NUMBERS)
def test_who_begins_later_never_ends_earlier(somewhere, one, other, number):
    early, late = sorted((one, other))

    assert somewhere.after(early, number) <= somewhere.after(late, number)


@given(PLACES, DAYS, NUMBERS)
def test_in_no_land_a_deadline_falls_on_a_weekend_or_a_holiday(land, day, number):
    end = workdays_in(land).after(day, number)

    assert end.weekday() < 5
    assert end not in holidays.country_holidays("DE", subdiv=land)


def test_a_weekend_does_not_count():
    friday = date(2026, 11, 20)

    assert place().after(friday, 1) == date(2026, 11, 23)
    assert place().after(friday + timedelta(days=1), 0) == date(2026, 11, 23)
    assert place().before(date(2026, 11, 23), 1) == friday


@pytest.mark.parametrize(
    ("land", "start", "number", "end"),
    [
        # Buß- und Bettag, a Wednesday, in Sachsen only.
        ("SN", date(2026, 11, 17), 1, date(2026, 11, 19)),
        ("BY", date(2026, 11, 17), 1, date(2026, 11, 18)),
        # Fronleichnam, a Thursday.
        ("NW", date(2026, 6, 3), 1, date(2026, 6, 5)),
        ("BE", date(2026, 6, 3), 1, date(2026, 6, 4)),
        # From the last day before Christmas to the first working day of the year:
        # Christmas on Friday and Saturday, New Year's Day on Friday.
        ("HE", date(2026, 12, 24), 1, date(2026, 12, 28)),
        ("HE", date(2026, 12, 31), 1, date(2027, 1, 4)),
        ("BY", date(2026, 1, 5), 1, date(2026, 1, 7)),
        # Good Friday and Easter Monday.
        ("SH", date(2026, 4, 2), 1, date(2026, 4, 7)),
        # Weltkindertag, Frauentag, Reformationstag.
        ("TH", date(2027, 9, 17), 1, date(2027, 9, 21)),
        ("BE", date(2027, 3, 5), 1, date(2027, 3, 9)),
        ("HB", date(2028, 10, 30), 1, date(2028, 11, 1)),
        # Without a Land only what is a holiday in all of them.
        ("", date(2026, 11, 17), 1, date(2026, 11, 18)),
        ("", date(2026, 5, 13), 1, date(2026, 5, 15)),
    ],
)
def test_known_days(land, start, number, end):
    assert workdays_in(land).after(start, number) == end


def test_the_library_knows_every_land_that_a_route_may_name():
    known = set(holidays.country_holidays("DE").subdivisions)

    assert known >= LAENDER


def test_a_land_that_does_not_exist_is_found_at_the_start(settings):
    settings.WORKFLOW_LAND = "Hessen"
    (message,) = check_land()
    settings.WORKFLOW_LAND = "HE"

    assert "HE" in message.hint
    assert check_land() == []


def test_a_fortnight_of_holidays_only_is_passed_over():
    monday = date(2026, 7, 6)
    closed = place(*days_off(monday, 14))

    assert closed.after(monday - timedelta(days=3), 1) == monday + timedelta(days=14)
    assert closed.after(monday, 10) == date(2026, 7, 31)
    assert closed.before(monday + timedelta(days=14), 1) == monday - timedelta(days=3)


def test_a_calendar_without_a_working_day_is_an_error_and_no_endless_search():
    start = date(2026, 7, 6)

    with pytest.raises(NoWorkingDay):
        Workdays(lambda day: True).after(start, 1)

    assert place(*days_off(start, MOST_DAYS_OFF)).after(start, 0)
