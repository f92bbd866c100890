"""What is laid when a stage opens, and when a person is reminded; without a database."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stand_ins.journeys import REVIEW
from tests.workflow.clock import HEAD, at
from workflow.calendars import workdays_in
from workflow.rules.definition import Deadline, read_stage
from workflow.rules.refusals import Refusal
from workflow.rules.timing import (
    AppointmentKind,
    FollowUpKind,
    appointments,
    due_day,
    end_of,
    follow_up_day,
    refusal_to_follow_up,
)

BERLIN = ZoneInfo("Europe/Berlin")
HESSE = workdays_in("HE")
DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))


def planned(opened_at, due_on, **words):
    rule = read_stage({**REVIEW, "deadline": {"working_days": 10}, **words})
    found = appointments(rule, opened_at=opened_at, due_on=due_on, workdays=HESSE, zone=BERLIN)
    return [(one.kind.value, one.at) for one in found]


def test_reminders_come_in_the_morning_and_count_working_days():
    # Whit Monday is on 17 May 2027, Ascension Day on 6 May.
    found = planned(at(2027, 5, 3), date(2027, 5, 18), remind=[1, 2, 0, 1])

    assert found == [
        ("reminder", at(2027, 5, 13, 6)),
        ("reminder", at(2027, 5, 14, 6)),
        ("reminder", at(2027, 5, 18, 6)),
    ]


def test_escalation_begins_when_the_day_is_over():
    steps = [{"after": 1, "to": "head"}, {"after": 0, "to": "deputies"}]

    found = planned(at(2027, 6, 7), date(2027, 6, 18), escalate=steps, head=HEAD)

    assert found == [("deputies", at(2027, 6, 19, 0)), ("head", at(2027, 6, 22, 0))]


def test_silence_comes_before_what_else_is_due_at_that_moment():
    steps = [{"after": 0, "to": "deputies"}]

    found = planned(at(2027, 6, 7), date(2027, 6, 18), escalate=steps, silence="consent")

    assert [kind for kind, _ in found] == ["silence", "deputies"]


@given(DAYS, st.integers(1, 30), st.lists(st.integers(0, 40)), st.booleans())
def test_nothing_is_laid_into_the_past_and_nothing_twice(day, days, remind, in_working_days):
    opened_at = at(day.year, day.month, day.day, 14, 30)
    due_on = due_day(Deadline(days, working_days=in_working_days), day, HESSE)

    found = planned(opened_at, due_on, remind=remind, silence="consent")

    assert all(moment > opened_at for _, moment in found)
    assert len(set(found)) == len(found)
    assert found.count((AppointmentKind.SILENCE, end_of(due_on, BERLIN) + timedelta(seconds=1)))


@pytest.mark.parametrize(
    ("kind", "day"),
    [
        (FollowUpKind.SAME_DAY, date(2027, 3, 31)),
        (FollowUpKind.DAY_BEFORE, date(2027, 3, 30)),
        (FollowUpKind.WEEK_BEFORE, date(2027, 3, 24)),
        # Monday of that week is Easter Monday.
        (FollowUpKind.BEGINNING_OF_WEEK, date(2027, 3, 30)),
        (FollowUpKind.ON_DATE, None),
    ],
)
def test_the_five_ways_to_be_reminded_of_a_deadline_after_easter(kind, day):
    assert follow_up_day(kind, date(2027, 3, 31), HESSE) == day


@pytest.mark.parametrize("kind", FollowUpKind)
def test_without_a_deadline_there_is_no_day_yet(kind):
    assert follow_up_day(kind, None, HESSE) is None


@given(st.sampled_from(FollowUpKind), DAYS)
def test_a_follow_up_never_comes_after_the_deadline_nor_on_a_day_off_before_it(kind, due_on):
    day = follow_up_day(kind, due_on, HESSE)

    assert day is None or day == due_on or (day < due_on and HESSE.counts(day))


TODAY = date(2027, 6, 7)


@pytest.mark.parametrize(
    ("kind", "day", "changed", "expected"),
    [
        (FollowUpKind.ON_DATE, TODAY, {}, None),
        (FollowUpKind.ON_DATE, date(2027, 6, 6), {}, Refusal.FOLLOW_UP_IN_THE_PAST),
        (FollowUpKind.WEEK_BEFORE, date(2027, 6, 6), {}, Refusal.FOLLOW_UP_IN_THE_PAST),
        (FollowUpKind.ON_DATE, None, {}, Refusal.FOLLOW_UP_DAY_MISSING),
        (FollowUpKind.SAME_DAY, None, {}, None),
        (FollowUpKind.SAME_DAY, None, {"is_under_way": False}, Refusal.FOLLOW_UP_NO_DEADLINE),
        (FollowUpKind.ON_DATE, TODAY, {"is_under_way": False}, None),
        (FollowUpKind.ON_DATE, TODAY, {"may_see": False}, Refusal.FOLLOW_UP_NOT_YOURS),
        (FollowUpKind.ON_DATE, TODAY, {"others": [("on_date", TODAY)]}, Refusal.FOLLOW_UP_TWICE),
        (FollowUpKind.ON_DATE, TODAY, {"others": [("on_date", date(2027, 6, 8))]}, None),
        (FollowUpKind.SAME_DAY, TODAY, {"others": [("same_day", None)]}, Refusal.FOLLOW_UP_TWICE),
    ],
)
def test_why_somebody_cannot_be_reminded_like_this(kind, day, changed, expected):
    facts = {"may_see": True, "is_under_way": True, "others": [], **changed}

    assert refusal_to_follow_up(kind, day, today=TODAY, **facts) is expected
