"""When a stage falls due: in working days of its Land, by the clock of the office."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from tests.people import alma, bruno
from tests.stand_ins import journeys
from tests.workflow.clock import TIMED, at, timer, when
from workflow import actions, calendars
from workflow.errors import JourneyRefused
from workflow.models import Journey, Route
from workflow.rules.refusals import Refusal
from workflow.rules.workdays import Workdays

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _hesse(settings):
    settings.WORKFLOW_LAND = "HE"


@pytest.fixture
def closed(monkeypatch):
    """Let there be only holidays on so many days from a day on."""

    def close(start, length):
        off = {start + timedelta(days=number) for number in range(length)}
        monkeypatch.setattr(calendars, "workdays_in", lambda land: Workdays(off.__contains__))

    return close


def opened(moment, *stages):
    journeys.route(*stages)
    with when(moment):
        return journeys.open_stage(journeys.in_review())


def test_over_easter_and_the_change_to_summer_time_it_is_still_the_end_of_the_day():
    stage = opened(at(2027, 3, 22), TIMED)

    # 23, 24, 25 March; Good Friday, the weekend, Easter Monday; 30, 31 March.
    assert stage.due_at == at(2027, 3, 31, 23, 59, 59)
    assert stage.due_at.astimezone(UTC) == datetime(2027, 3, 31, 21, 59, 59, tzinfo=UTC)


def test_after_the_change_to_winter_time_the_day_is_not_an_hour_shorter():
    stage = opened(at(2027, 10, 29), TIMED)

    assert stage.due_at.astimezone(UTC) == datetime(2027, 11, 5, 22, 59, 59, tzinfo=UTC)


def test_what_is_opened_after_midnight_in_berlin_counts_from_that_day():
    just_after = datetime(2027, 6, 6, 22, 30, tzinfo=UTC)

    stage = opened(just_after, TIMED)

    assert timezone.localtime(stage.opened_at).day == 7
    assert stage.due_at == at(2027, 6, 14, 23, 59, 59)


def test_the_time_zone_that_somebodys_admin_shows_moves_no_deadline():
    with timezone.override("Pacific/Auckland"):
        stage = opened(at(2027, 6, 7, 20), TIMED)

    assert stage.due_at == at(2027, 6, 14, 23, 59, 59)


def test_calendar_days_are_counted_as_they_are():
    stage = opened(at(2027, 3, 22), {**TIMED, "deadline": {"calendar_days": 6}})

    assert stage.due_at == at(2027, 3, 28, 23, 59, 59)


@pytest.mark.parametrize(("land", "day"), [("SN", 18), ("", 17)])
def test_the_land_of_the_route_goes_before_that_of_the_installation(land, day):
    """On 17 November 2027 is Buß- und Bettag, in Sachsen only."""
    text = {**journeys.definition({**TIMED, "deadline": {"working_days": 1}}), "land": land}
    journeys.route()
    Route.objects.update(definition=text)

    with when(at(2027, 11, 16)):
        stage = journeys.open_stage(journeys.in_review())

    assert stage.due_at == at(2027, 11, day, 23, 59, 59)


def test_in_a_fortnight_of_holidays_only_no_deadline_runs_and_nobody_consents_by_silence(closed):
    monday = at(2027, 7, 5)
    closed(monday.date(), 14)
    stage = opened(at(2027, 7, 2), {**TIMED, "deadline": {"working_days": 1}, "silence": "consent"})

    in_the_fortnight = [timer(monday + timedelta(days=number)) for number in range(15)]

    assert stage.due_at == at(2027, 7, 19, 23, 59, 59)
    assert in_the_fortnight == [0] * 15
    assert timer(at(2027, 7, 20, 0)) == 1


def test_where_no_working_day_is_left_the_paper_does_not_set_out(closed):
    closed(at(2027, 7, 5).date(), 400)
    journeys.route(TIMED)
    page = journeys.draft()
    bruno()

    with when(at(2027, 7, 2)), pytest.raises(JourneyRefused) as caught:
        actions.submit(subject=page, by=alma())

    assert caught.value.refusal is Refusal.NO_WORKING_DAY
    assert not Journey.objects.exists()
