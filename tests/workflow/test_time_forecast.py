"""When a journey would end if everybody used their whole time."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.people import alma, bruno
from tests.stand_ins import journeys
from tests.workflow.clock import TIMED, at, when
from workflow import actions, reading
from workflow.calendars import workdays_in
from workflow.forecast import forecast_of
from workflow.models import Journey
from workflow.rules.definition import Deadline
from workflow.rules.forecasting import Ahead, last_days

HESSE = workdays_in("HE")
TODAY = date(2027, 6, 7)
DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))
DEADLINES = st.builds(Deadline, st.integers(1, 30), working_days=st.booleans())
AHEAD = st.lists(st.builds(Ahead, st.none() | DEADLINES), max_size=6)


def test_stage_after_stage_takes_its_whole_time():
    ahead = [
        Ahead(None, is_open=True, due_on=date(2027, 6, 11)),
        Ahead(Deadline(5)),
        Ahead(Deadline(3, working_days=False)),
    ]

    found = last_days(ahead, today=TODAY, workdays=HESSE)

    assert found == [date(2027, 6, 11), date(2027, 6, 18), date(2027, 6, 21)]


def test_behind_a_stage_without_a_deadline_nothing_is_known():
    ahead = [Ahead(Deadline(1)), Ahead(None), Ahead(Deadline(1))]

    assert last_days(ahead, today=TODAY, workdays=HESSE) == [date(2027, 6, 8), None, None]


def test_what_is_overdue_is_done_today_at_the_earliest():
    ahead = [Ahead(None, is_open=True, due_on=date(2027, 5, 31)), Ahead(Deadline(1))]

    assert last_days(ahead, today=TODAY, workdays=HESSE) == [TODAY, date(2027, 6, 8)]


@given(AHEAD, DAYS)
def test_no_stage_ends_before_the_one_in_front_of_it(ahead, today):
    found = last_days(ahead, today=today, workdays=HESSE)

    known = [day for day in found if day is not None]
    assert known == sorted(known)
    assert found[len(known) :] == [None] * (len(ahead) - len(known))


@pytest.mark.django_db
class TestOfAJourney:
    @pytest.fixture
    def journey(self):
        only_with_parties = {
            **TIMED,
            "key": "parties",
            "label": "Beteiligung",
            "when": {"parties_at_least": 1},
            "participants": [{"kind": "group", "key": "ministry", "label": "Ministerium"}],
        }
        approval = {**journeys.APPROVAL, "deadline": {"working_days": 3}}
        journeys.route(TIMED, only_with_parties, approval)
        with when(at(2027, 6, 7)):
            return journeys.in_review()

    def test_a_stage_that_does_not_take_place_costs_no_time(self, journey):
        with when(at(2027, 6, 8)):
            with_all = forecast_of(journey)
            as_it_stands = forecast_of(journey, reading.standing_of(journey))

        # Due on 14 June; five and three working days more, or three only.
        assert (with_all.ends_on, len(with_all.days)) == (date(2027, 6, 24), 3)
        assert (as_it_stands.ends_on, len(as_it_stands.days)) == (date(2027, 6, 17), 2)

    def test_who_decides_early_brings_the_end_nearer(self, journey):
        with when(at(2027, 6, 8)):
            journeys.agree(journey, bruno())
            found = forecast_of(Journey.objects.get())

        assert found.ends_on == date(2027, 6, 11)

    def test_while_it_does_not_run_nothing_is_foretold(self, journey):
        with when(at(2027, 6, 8)):
            actions.withdraw(journey=journey, by=alma())

        assert forecast_of(Journey.objects.get()).days == {}

    def test_the_page_of_the_journey_says_when_it_ends(self, journey, signed_in):
        with when(at(2027, 6, 8)):
            page = signed_in(bruno()).get(journey.get_absolute_url()).content.decode()

        assert "endet dieser Umlauf am 17. Juni 2027" in page
        assert "spätestens am 17.06.2027" in page
