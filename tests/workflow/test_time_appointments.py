"""What happens in an open stage with time: once each, however often the timer looks."""

from datetime import date, timedelta

import pytest

from cms.core.models import TrailEntry
from tests.people import account, admin, alma, bruno, cem, minister
from tests.stand_ins import journeys
from tests.workflow.clock import HEAD, TIMED, at, everything, letters, timer, when
from workflow import actions, mail, timekeeping
from workflow.actions import timing
from workflow.errors import JourneyRefused
from workflow.models import Appointment, Decision, Journey
from workflow.rules.refusals import Refusal

pytestmark = pytest.mark.django_db

# Without a holiday for weeks: Monday, due on the Monday after.
MONDAY = at(2027, 6, 7)
DUE = at(2027, 6, 14, 23, 59, 59)
ESCALATES = {
    **TIMED,
    "escalate": [{"after": 0, "to": "deputies"}, {"after": 2, "to": "head"}],
    "head": HEAD,
}


def opened(*stages):
    journeys.route(*stages)
    with when(MONDAY):
        return journeys.in_review()


def trail_of(action):
    return TrailEntry.objects.filter(action=action)


# --- reminders --------------------------------------------------------------------


def test_a_reminder_goes_out_once_however_often_the_timer_looks():
    opened({**TIMED, "remind": [2]})

    before = timer(at(2027, 6, 10, 5, 59))
    counts = [timer(at(2027, 6, 10, 6)), timer(at(2027, 6, 10, 6)), timer(at(2027, 6, 11, 8))]

    assert (before, counts) == (0, [1, 0, 0])
    assert letters("reminder") == [bruno().pk]
    assert trail_of("workflow.reminded").get().payload["stage"] == "review"


def test_after_a_week_without_the_timer_one_letter_stands_for_all():
    opened({**TIMED, "remind": [3, 2, 1, 0]})

    done = timer(at(2027, 6, 16))

    assert done == 1
    assert letters("reminder") == [bruno().pk]
    assert not Appointment.objects.filter(done_at=None).exists()


def test_who_has_answered_is_not_reminded():
    both = [*TIMED["participants"], HEAD]
    journey = opened({**TIMED, "participants": both, "completion": "all", "remind": [1]})
    with when(MONDAY):
        journeys.agree(journey, bruno())

    timer(at(2027, 6, 11))

    assert letters("reminder") == [minister().pk]


def test_a_reminder_that_would_lie_before_the_opening_is_not_laid():
    opened({**TIMED, "remind": [5, 9]})

    assert not Appointment.objects.exists()


def test_what_was_laid_for_an_earlier_opening_has_no_effect():
    journey = opened({**TIMED, "remind": [1]})
    with when(at(2027, 6, 8)):
        stage = journeys.open_stage(journey)
        digest = journeys.present_digest(journey.subject)
        actions.send_back(stage=stage, by=bruno(), seen_digest=digest, comment="Bitte kürzen.")
    with when(at(2027, 6, 9)):
        actions.resubmit(journey=journey, by=alma())

    of_the_first_opening = timer(at(2027, 6, 11))
    of_the_second = timer(at(2027, 6, 15))

    assert (of_the_first_opening, of_the_second) == (0, 1)
    assert letters("reminder") == [bruno().pk]


# --- escalation -------------------------------------------------------------------


def test_when_a_stage_is_overdue_the_deputies_are_told():
    opened(ESCALATES)
    deputy, elsewhere = account("Dora Decker"), account("Egon Ernst")
    dates = {"starts": date(2027, 6, 1), "ends": date(2027, 7, 1), "by": admin()}
    actions.appoint_deputy(principal=bruno(), deputy=deputy, **dates)
    actions.appoint_deputy(principal=cem(), deputy=elsewhere, **dates)

    still_time = timer(DUE)
    overdue = timer(DUE + timedelta(seconds=1))

    assert (still_time, overdue) == (0, 1)
    assert letters("deputies") == [deputy.pk]
    assert trail_of("workflow.escalated").get().payload["to"] == "deputies"


def test_the_head_answers_only_after_the_escalation():
    journey = opened(ESCALATES)
    with pytest.raises(JourneyRefused) as caught:
        journeys.agree(journey, minister())

    timer(DUE + timedelta(seconds=1))
    timer(at(2027, 6, 17, 0))

    assert caught.value.refusal is Refusal.NOT_PARTICIPANT
    assert letters("head") == [minister().pk]
    assert journeys.open_stage(journey).escalated_at == at(2027, 6, 17, 0)
    with when(at(2027, 6, 17)):
        assert journeys.agree(journey, minister()).participant.key == "reviewers"


def test_a_head_answers_no_longer_when_the_stage_is_opened_anew():
    journey = opened(ESCALATES)
    timer(at(2027, 6, 17, 0))
    with when(at(2027, 6, 17)):
        stage, digest = journeys.open_stage(journey), journeys.present_digest(journey.subject)
        actions.send_back(stage=stage, by=bruno(), seen_digest=digest, comment="Bitte kürzen.")
        actions.resubmit(journey=journey, by=alma())

    with when(at(2027, 6, 18)), pytest.raises(JourneyRefused) as caught:
        journeys.agree(journey, minister())

    assert caught.value.refusal is Refusal.NOT_PARTICIPANT


# --- silence ----------------------------------------------------------------------


def test_silence_is_consent_only_where_the_stage_says_so_and_on_record_as_such():
    journey = opened({**TIMED, "silence": "consent"}, journeys.APPROVAL)

    still_time = timer(DUE)
    over = timer(DUE + timedelta(seconds=1))

    decision = Decision.objects.get()
    assert (still_time, over) == (0, 1)
    assert (decision.answer, decision.channel, decision.decided_by) == ("silent", "silence", None)
    assert trail_of("workflow.consented_by_silence").count() == 1
    assert journeys.open_stage(journey).key == "approval"


def test_elsewhere_silence_is_nothing_at_all():
    journey = opened(TIMED)

    everything(at(2027, 12, 31))

    assert not Decision.objects.exists()
    assert journeys.open_stage(journey).key == "review"


def test_after_a_break_of_the_timer_nobody_is_reminded_of_what_silence_has_settled():
    opened({**TIMED, "silence": "consent", "remind": [1]}, journeys.APPROVAL)

    timer(at(2027, 6, 16))

    assert letters("reminder") == []
    assert Decision.objects.get().answer == "silent"


# --- the timer --------------------------------------------------------------------


def test_one_that_fails_holds_up_no_other_and_leaves_nothing_half_done(monkeypatch):
    first = opened({**TIMED, "remind": [1]})
    with when(MONDAY):
        second = journeys.in_review(journeys.draft("Zweites"))
    real = mail.remind

    def remind(stage):
        if stage.journey_id == first.pk:
            raise OSError("the disk is full")
        real(stage)

    monkeypatch.setattr(mail, "remind", remind)
    with pytest.raises(timing.NotAllDone):
        timer(at(2027, 6, 11))

    waiting = Appointment.objects.filter(done_at=None)
    assert [one.stage.journey for one in waiting] == [first]
    # The failing one had written into the trail already: gone with its transaction.
    assert [int(one.payload["journey"]) for one in trail_of("workflow.reminded")] == [second.pk]
    monkeypatch.undo()
    assert timer(at(2027, 6, 11)) == 1


def test_a_paper_that_does_not_exist_any_more_troubles_nobody():
    journeys.route({**TIMED, "remind": [1]}, key="paper")
    bruno()
    with when(MONDAY):
        paper = journeys.paper()
        actions.submit(subject=paper, by=alma())
    type(paper).objects.filter(pk=paper.pk).delete()

    assert timer(at(2027, 6, 11)) == 0
    assert not Appointment.objects.filter(done_at=None).exists()


def test_what_the_timer_calls_keeps_appointments_and_sends_follow_ups():
    opened({**TIMED, "remind": [1]})

    done = everything(at(2027, 6, 11))

    assert (done["workflow.appointments"], done["workflow.follow_ups"]) == (1, 0)


def test_the_doctor_tells_when_nobody_runs_what_is_due():
    opened({**TIMED, "remind": [1]})

    with when(at(2027, 6, 11, 7)):
        in_time = timekeeping.examine()
    with when(at(2027, 6, 11, 7, 1)):
        late = timekeeping.examine()
    timer(at(2027, 6, 11, 7, 1))
    with when(at(2027, 6, 11, 7, 1)):
        caught_up = timekeeping.examine()

    assert (in_time.ok, late.ok, caught_up.ok) == (True, False, True)
    assert "run_due" in late.remedy


def test_nothing_happens_in_a_journey_that_was_withdrawn():
    journey = opened({**ESCALATES, "remind": [1], "silence": "consent"})
    with when(MONDAY):
        actions.withdraw(journey=journey, by=alma())

    assert timer(at(2027, 7, 1)) == 0
    assert not Appointment.objects.filter(done_at=None).exists()
    assert Journey.objects.get().status == "withdrawn"
