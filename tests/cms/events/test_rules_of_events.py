"""Rules without a database."""

from datetime import UTC, date, datetime

import pytest

from cms.core.values import FuzzyDate
from cms.events import rules, wording
from cms.events.rules import WAYS, EventState, Refusal, Situation

WEDNESDAY = FuzzyDate.day(date(2021, 4, 28))
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("stated", "on", "refusal"),
    [
        (2, WEDNESDAY, None),
        (3, WEDNESDAY, Refusal.WEEKDAY_DISAGREES),
        (None, WEDNESDAY, None),
        # A month has no weekday: nothing to compare.
        (3, FuzzyDate.month(2021, 4), None),
        (3, FuzzyDate.UNKNOWN, None),
    ],
)
def test_a_stated_weekday_and_the_date_must_agree(stated, on, refusal):
    assert rules.refusal_of_weekday(stated, on) is refusal


def test_an_event_ends_after_its_beginning():
    two = datetime(2021, 4, 28, 14, tzinfo=UTC)
    five = datetime(2021, 4, 28, 17, tzinfo=UTC)

    assert rules.refusal_of_end(two, five) is None
    assert rules.refusal_of_end(five, two) is Refusal.ENDS_BEFORE_START
    assert rules.refusal_of_end(two, two) is Refusal.ENDS_BEFORE_START
    assert rules.refusal_of_end(None, five) is Refusal.ENDS_WITHOUT_START
    assert rules.refusal_of_end(None, None) is None


@pytest.mark.parametrize(
    ("on", "starts_on", "refusal"),
    [
        ("2021", date(2021, 4, 28), None),
        ("2020", date(2021, 4, 28), Refusal.DAY_DISAGREES),
        ("2021-04-29", date(2021, 4, 28), Refusal.DAY_DISAGREES),
        ("", date(2021, 4, 28), None),
        ("2021", None, None),
    ],
)
def test_the_date_and_the_beginning_must_agree(on, starts_on, refusal):
    assert rules.refusal_of_day(FuzzyDate.parse(on), starts_on) is refusal


@pytest.mark.parametrize(
    ("state", "reason", "old", "refusal"),
    [
        ("cancelled", "", "", Refusal.CANCELLED_WITHOUT_REASON),
        ("cancelled", "Zu wenige Anmeldungen", "", None),
        ("postponed", "", "", Refusal.POSTPONED_WITHOUT_OLD_DATE),
        ("postponed", "", "2021", None),
        ("announced", "", "", None),
    ],
)
def test_what_is_called_off_says_why_or_from_when(state, reason, old, refusal):
    found = rules.refusal_of_state(state, reason=reason, postponed_from=FuzzyDate.parse(old))

    assert found is refusal


@pytest.mark.parametrize("state", ["held", "documented", "archived"])
def test_what_is_still_to_come_has_not_been_held(state):
    ahead, past = FuzzyDate.of_year(2027), FuzzyDate.of_year(2026)

    assert rules.refusal_to_have_been_held(state, ahead, today=TODAY) is Refusal.HELD_IN_FUTURE
    assert rules.refusal_to_have_been_held(state, past, today=TODAY) is None
    assert rules.refusal_to_have_been_held("planned", ahead, today=TODAY) is None


@pytest.mark.parametrize(
    ("numbers", "refusals"),
    [
        ((20, 15, 10), {}),
        ((20, 20, 20), {}),
        (
            (20, 21, 10),
            {"municipal_representatives": Refusal.MORE_REPRESENTATIVES_THAN_PARTICIPANTS},
        ),
        (
            (20, 15, 16),
            {"municipalities": Refusal.MORE_MUNICIPALITIES_THAN_REPRESENTATIVES},
        ),
        ((20, None, 21), {"municipalities": Refusal.MORE_MUNICIPALITIES_THAN_PARTICIPANTS}),
        ((None, 15, 10), {}),
        ((None, None, 10), {}),
        ((20, None, None), {}),
    ],
)
def test_attendance_adds_up_as_far_as_it_is_known(numbers, refusals):
    participants, representatives, municipalities = numbers

    found = rules.refusals_of_attendance(
        participants=participants,
        representatives=representatives,
        municipalities=municipalities,
    )

    assert found == refusals


def test_a_concern_is_done_only_with_something_to_show():
    refused = Refusal.DONE_WITHOUT_RESULT

    assert rules.refusal_of_concern("done", has_result=False, note="") is refused
    assert rules.refusal_of_concern("done", has_result=True, note="") is None
    assert rules.refusal_of_concern("done", has_result=False, note="Im Netzwerk.") is None
    assert rules.refusal_of_concern("wished", has_result=False, note="") is None


def test_a_quotation_has_somebody_who_says_it():
    assert rules.refusal_of_quote("", has_organisation=False) is Refusal.QUOTE_WITHOUT_SPEAKER
    assert rules.refusal_of_quote("", has_organisation=True) is None
    assert rules.refusal_of_quote("Alma", has_organisation=False) is None


def test_the_summit_is_internal_and_network_meetings_have_a_network():
    assert rules.refusal_of_audience("summit", public=True) is Refusal.SUMMIT_IS_INTERNAL
    assert rules.refusal_of_audience("summit", public=False) is None
    assert rules.refusal_of_audience("workshop", public=True) is None
    assert rules.refusal_of_network("network_meeting", has_network=False) is Refusal.NEEDS_NETWORK
    assert rules.refusal_of_network("workshop", has_network=False) is None


@pytest.mark.parametrize(
    ("state", "ends_on", "situation"),
    [
        ("announced", date(2026, 11, 23), Situation.AHEAD),
        ("announced", TODAY, Situation.AHEAD),
        ("announced", date(2026, 11, 21), Situation.OVER),
        ("announced", None, Situation.AHEAD),
        ("held", None, Situation.OVER),
        ("postponed", date(2026, 11, 21), Situation.POSTPONED),
        ("cancelled", date(2026, 11, 23), Situation.CANCELLED),
    ],
)
def test_what_holds_today_follows_from_state_and_date(state, ends_on, situation):
    assert rules.situation_of(state, ends_on=ends_on, today=TODAY) is situation


def test_every_state_of_an_event_has_its_ways_and_ends_in_the_archive():
    assert set(WAYS) == set(EventState)
    assert {EventState.PLANNED}.union(*WAYS.values()) == set(EventState)
    assert [state for state in EventState if not WAYS[state]] == [EventState.ARCHIVED]


@pytest.mark.parametrize(
    ("before", "after", "refusal"),
    [
        ("planned", "planned", None),
        ("planned", "held", None),
        ("postponed", "announced", None),
        ("held", "planned", Refusal.NO_WAY_BACK),
        ("cancelled", "announced", Refusal.NO_WAY_BACK),
        ("archived", "held", Refusal.NO_WAY_BACK),
    ],
)
def test_an_event_never_goes_back(before, after, refusal):
    assert rules.refusal_to_move(before, after) is refusal


def test_every_refusal_and_every_state_has_its_words():
    assert set(wording.REFUSALS) == set(Refusal)
    for labels, members in (
        (wording.EVENT_KINDS, rules.EventKind),
        (wording.EVENT_STATES, rules.EventState),
        (wording.PROGRAMME_STATES, rules.ProgrammeState),
        (wording.REGISTRATION_STATES, rules.RegistrationState),
        (wording.PARTNER_ROLES, rules.PartnerRole),
        (wording.FINDING_KINDS, rules.FindingKind),
        (wording.APPLIES_TO, rules.AppliesTo),
        (wording.CONCERN_KINDS, rules.ConcernKind),
        (wording.CONCERN_STATUSES, rules.ConcernStatus),
    ):
        assert set(labels) == set(members)
