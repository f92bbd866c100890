"""Wiedervorlage: a person's own reminders on a paper, which go with its deadline."""

from datetime import date, timedelta

import pytest
from django.core import mail as sent
from django.urls import reverse

from cms.core import outbox
from tests.people import alma, bruno, cem
from tests.stand_ins import journeys
from tests.workflow.clock import TIMED, at, follow_ups, letters, when
from workflow import actions
from workflow.errors import JourneyRefused
from workflow.models import FollowUp, Stage
from workflow.rules.refusals import Refusal
from workflow.rules.timing import FollowUpKind

pytestmark = pytest.mark.django_db

MONDAY = at(2027, 6, 7)  # due on Monday, 21 June
LONG = {**TIMED, "deadline": {"working_days": 10}}


@pytest.fixture
def journey():
    journeys.route(LONG, {**journeys.APPROVAL, "deadline": {"working_days": 3}})
    with when(MONDAY):
        return journeys.in_review()


def noted(journey, kind, on=None, by=None, moment=MONDAY, note=""):
    with when(moment):
        return actions.note_follow_up(
            journey=journey, by=by or bruno(), kind=kind, on=on, note=note
        )


@pytest.mark.parametrize(
    ("kind", "on", "day"),
    [
        (FollowUpKind.SAME_DAY, None, date(2027, 6, 21)),
        (FollowUpKind.DAY_BEFORE, None, date(2027, 6, 18)),
        (FollowUpKind.WEEK_BEFORE, None, date(2027, 6, 14)),
        (FollowUpKind.BEGINNING_OF_WEEK, None, date(2027, 6, 21)),
        (FollowUpKind.ON_DATE, date(2027, 6, 9), date(2027, 6, 9)),
    ],
)
def test_one_letter_on_the_day_however_often_the_timer_looks(journey, kind, on, day):
    noted(journey, kind, on)
    morning = at(day.year, day.month, day.day, 6)

    before = follow_ups(morning - timedelta(days=1))
    counts = [follow_ups(morning), follow_ups(morning), follow_ups(morning + timedelta(days=7))]

    assert (before, counts) == (0, [1, 0, 0])
    assert letters("follow_up") == [bruno().pk]


def test_the_letter_has_the_note_and_the_way_to_the_paper(journey):
    noted(journey, FollowUpKind.ON_DATE, date(2027, 6, 9), note="Anlage 2 nachrechnen")
    with when(MONDAY):
        outbox.drain()
    sent.outbox.clear()

    with when(at(2027, 6, 9)):
        follow_ups(at(2027, 6, 9))
        outbox.drain()

    (letter,) = sent.outbox
    assert letter.to == [bruno().email]
    assert "Anlage 2 nachrechnen" in letter.body
    assert journey.get_absolute_url() in letter.body


@pytest.mark.parametrize(
    ("kind", "on", "refusal"),
    [
        (FollowUpKind.ON_DATE, date(2027, 6, 17), Refusal.FOLLOW_UP_IN_THE_PAST),
        (FollowUpKind.WEEK_BEFORE, None, Refusal.FOLLOW_UP_IN_THE_PAST),
        (FollowUpKind.ON_DATE, None, Refusal.FOLLOW_UP_DAY_MISSING),
    ],
)
def test_nothing_is_noted_for_a_day_that_has_passed(journey, kind, on, refusal):
    with pytest.raises(JourneyRefused) as caught:
        noted(journey, kind, on, moment=at(2027, 6, 18))

    assert caught.value.refusal is refusal
    assert not FollowUp.objects.exists()


def test_it_goes_with_the_deadline_when_another_stage_opens(journey):
    follow_up = noted(journey, FollowUpKind.DAY_BEFORE)
    with when(at(2027, 6, 8)):
        journeys.agree(journey, bruno())

    follow_up.refresh_from_db()

    # The approval has three working days from Tuesday, to Friday.
    assert follow_up.due_on == date(2027, 6, 10)


def test_who_was_reminded_is_reminded_again_of_a_stage_that_is_opened_again(journey):
    noted(journey, FollowUpKind.DAY_BEFORE)
    first = follow_ups(at(2027, 6, 18))
    with when(at(2027, 6, 18)):
        stage, digest = journeys.open_stage(journey), journeys.present_digest(journey.subject)
        actions.send_back(stage=stage, by=bruno(), seen_digest=digest, comment="Bitte kürzen.")
        actions.resubmit(journey=journey, by=alma())

    assert (first, follow_ups(at(2027, 6, 19))) == (1, 0)
    assert follow_ups(at(2027, 7, 1)) == 1


def test_a_day_that_has_passed_by_the_new_deadline_becomes_today(journey):
    follow_up = noted(journey, FollowUpKind.WEEK_BEFORE)
    with when(at(2027, 6, 11)):
        journeys.agree(journey, bruno())

    follow_up.refresh_from_db()

    assert follow_up.due_on == date(2027, 6, 11)


def test_while_the_paper_is_with_its_author_no_deadline_is_near(journey):
    follow_up = noted(journey, FollowUpKind.SAME_DAY)
    with when(at(2027, 6, 8)):
        stage, digest = journeys.open_stage(journey), journeys.present_digest(journey.subject)
        actions.send_back(stage=stage, by=bruno(), seen_digest=digest, comment="Bitte kürzen.")

    sent_out = follow_ups(at(2027, 6, 21))
    follow_up.refresh_from_db()

    assert sent_out == 0
    assert (follow_up.due_on, follow_up.done_at) == (None, None)


def test_a_day_of_choice_stays_when_the_journey_has_ended(journey):
    noted(journey, FollowUpKind.ON_DATE, date(2027, 9, 1))
    noted(journey, FollowUpKind.SAME_DAY)
    with when(at(2027, 6, 8)):
        actions.withdraw(journey=journey, by=alma())

    assert follow_ups(at(2027, 9, 1)) == 1
    with pytest.raises(JourneyRefused) as caught:
        noted(journey, FollowUpKind.DAY_BEFORE, moment=at(2027, 9, 1))
    assert caught.value.refusal is Refusal.FOLLOW_UP_NO_DEADLINE


def test_without_a_deadline_the_day_is_found_when_there_is_one():
    untimed = {name: word for name, word in TIMED.items() if name != "deadline"}
    journeys.route(untimed, {**journeys.APPROVAL, "deadline": {"working_days": 3}})
    with when(MONDAY):
        journey = journeys.in_review()
    follow_up = noted(journey, FollowUpKind.SAME_DAY)
    unknown = follow_up.due_on

    with when(MONDAY):
        journeys.agree(journey, bruno())
    follow_up.refresh_from_db()

    assert (unknown, follow_up.due_on) == (None, date(2027, 6, 10))


def test_who_may_not_see_the_paper_notes_nothing(journey):
    with pytest.raises(JourneyRefused) as caught:
        noted(journey, FollowUpKind.SAME_DAY, by=cem())

    assert caught.value.refusal is Refusal.FOLLOW_UP_NOT_YOURS


def test_who_may_see_the_paper_no_longer_gets_no_letter(journey):
    noted(journey, FollowUpKind.SAME_DAY)
    bruno().groups.clear()

    assert follow_ups(at(2027, 6, 21)) == 0
    assert letters("follow_up") == []


def test_only_their_own_person_changes_and_finishes_it(journey):
    follow_up = noted(journey, FollowUpKind.SAME_DAY)

    for act in (
        lambda: actions.finish_follow_up(follow_up=follow_up, by=alma()),
        lambda: actions.change_follow_up(
            follow_up=follow_up, by=alma(), kind=FollowUpKind.ON_DATE, on=date(2027, 6, 9)
        ),
    ):
        with when(MONDAY), pytest.raises(JourneyRefused) as caught:
            act()
        assert caught.value.refusal is Refusal.FOLLOW_UP_NOT_YOURS

    assert FollowUp.objects.get().kind == "same_day"


def test_one_that_was_finished_brings_no_letter_and_can_be_noted_again(journey):
    follow_up = noted(journey, FollowUpKind.SAME_DAY)
    actions.finish_follow_up(follow_up=follow_up, by=bruno())
    finished = follow_ups(at(2027, 6, 21))

    noted(journey, FollowUpKind.SAME_DAY)

    assert FollowUp.objects.count() == 1
    assert (finished, follow_ups(at(2027, 6, 21))) == (0, 1)


def test_the_same_is_not_noted_twice(journey):
    noted(journey, FollowUpKind.SAME_DAY)

    with pytest.raises(JourneyRefused) as caught:
        noted(journey, FollowUpKind.SAME_DAY)

    assert caught.value.refusal is Refusal.FOLLOW_UP_TWICE


def test_who_moves_one_to_another_day_is_reminded_on_that_day(journey):
    follow_up = noted(journey, FollowUpKind.ON_DATE, date(2027, 6, 9))
    first = follow_ups(at(2027, 6, 9))
    with when(at(2027, 6, 9)):
        actions.change_follow_up(
            follow_up=follow_up, by=bruno(), kind=FollowUpKind.ON_DATE, on=date(2027, 6, 16)
        )

    assert (first, follow_ups(at(2027, 6, 10)), follow_ups(at(2027, 6, 16))) == (1, 0, 1)


# --- at the door ------------------------------------------------------------------


def test_noting_changing_and_crossing_off_at_the_door(journey, signed_in):
    address = reverse("workflow:follow_up", args=[journey.pk])

    with when(MONDAY):
        client = signed_in(bruno())
        client.post(address, {"kind": "on_date", "on": "2027-06-09", "note": "Nachfragen"})
        follow_up = FollowUp.objects.get()
        page = client.get(journey.get_absolute_url())
        change = reverse("workflow:change_follow_up", args=[journey.pk, follow_up.pk])
        form = client.get(change)
        client.post(change, {"kind": "same_day", "note": "Nachfragen"})
        follow_up.refresh_from_db()
        client.post(reverse("workflow:finish_follow_up", args=[follow_up.pk]))

    assert "Nachfragen" in page.content.decode()
    assert 'value="2027-06-09"' in form.content.decode()
    assert follow_up.due_on == date(2027, 6, 21)
    assert not FollowUp.objects.filter(done_at=None).exists()


def test_what_was_refused_is_shown_again_with_what_was_typed(journey, signed_in):
    with when(at(2027, 6, 18)):
        response = signed_in(bruno()).post(
            reverse("workflow:follow_up", args=[journey.pk]),
            {"kind": "on_date", "on": "2027-06-01", "note": "Nachfragen"},
        )

    assert response.status_code == 400
    assert "schon vorbei" in response.content.decode()
    assert "Nachfragen" in response.content.decode()


def test_nobody_else_sees_it_or_reaches_it(journey, signed_in):
    follow_up = noted(journey, FollowUpKind.ON_DATE, date(2027, 6, 9), note="Ganz privat")
    client = signed_in(alma())

    page = client.get(journey.get_absolute_url())
    answers = [
        client.get(reverse("workflow:change_follow_up", args=[journey.pk, follow_up.pk])),
        client.post(reverse("workflow:finish_follow_up", args=[follow_up.pk])),
    ]

    assert "Ganz privat" not in page.content.decode()
    assert [answer.status_code for answer in answers] == [404, 404]
    assert FollowUp.objects.get().done_at is None


def test_reading_changes_nothing(journey, signed_in):
    follow_up = noted(journey, FollowUpKind.SAME_DAY)
    client = signed_in(bruno())

    client.get(reverse("workflow:follow_up", args=[journey.pk]), {"kind": "same_day"})
    refused = client.get(reverse("workflow:finish_follow_up", args=[follow_up.pk]))

    assert refused.status_code == 405
    assert FollowUp.objects.filter(done_at=None).count() == 1
    assert Stage.objects.filter(status="open").count() == 1


def test_the_desk_shows_ones_own_the_nearest_first(journey, signed_in):
    noted(journey, FollowUpKind.SAME_DAY, note="Als Zweites")
    noted(journey, FollowUpKind.ON_DATE, date(2027, 6, 9), note="Als Erstes")

    with when(at(2027, 6, 9)):
        own = signed_in(bruno()).get(reverse("desk")).content.decode()
        other = signed_in(alma()).get(reverse("desk")).content.decode()

    assert own.index("Als Erstes") < own.index("Als Zweites")
    assert own.count("fällig</") == 1
    assert "Wiedervorlagen" not in other
