"""What is refused and why, without a database."""

from dataclasses import replace

import pytest

from workflow.rules import refusals
from workflow.rules.definition import Flaw
from workflow.rules.refusals import Refusal, Situation
from workflow.rules.states import (
    WAYS,
    Answer,
    Exclusion,
    JourneyStatus,
    StageKind,
    StageStatus,
)
from workflow.wording import ANSWERS, FAULTS, JOURNEY_STATUS, REFUSALS, STAGE_STATUS

BRUNO = 2
READY = Situation(
    journey=JourneyStatus.RUNNING,
    stage=StageStatus.OPEN,
    kind=StageKind.REVIEW,
    person=BRUNO,
    takes_part=True,
    authors=frozenset({1}),
    editors=frozenset({1}),
    exclude=frozenset(Exclusion),
    answers=frozenset({"agreed", "objected"}),
    current_digest="abc",
    seen_digest="abc",
)


def test_who_takes_part_and_read_the_present_text_may_decide():
    assert refusals.refusal_to_decide(READY, answer="agreed", comment="") is None
    assert refusals.refusal_to_return(READY, comment="Zu lang.") is None


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"journey": JourneyStatus.WITHDRAWN}, Refusal.NOT_RUNNING),
        ({"journey": JourneyStatus.RETURNED}, Refusal.NOT_RUNNING),
        ({"stage": StageStatus.WAITING}, Refusal.NOT_OPEN),
        ({"stage": StageStatus.DONE}, Refusal.NOT_OPEN),
        ({"takes_part": False}, Refusal.NOT_PARTICIPANT),
        ({"authors": frozenset({BRUNO})}, Refusal.IS_AUTHOR),
        ({"editors": frozenset({BRUNO})}, Refusal.HAS_EDITED),
        ({"has_decided": True}, Refusal.ALREADY_DECIDED),
        ({"current_digest": "abd"}, Refusal.TEXT_HAS_CHANGED),
        ({"seen_digest": ""}, Refusal.TEXT_HAS_CHANGED),
    ],
)
def test_one_thing_amiss_is_enough_to_refuse(change, refusal):
    situation = replace(READY, **change)

    assert refusals.refusal_to_decide(situation, answer="agreed", comment="") is refusal
    assert refusals.refusal_to_return(situation, comment="Zu lang.") is refusal


def test_exclusions_count_only_where_the_stage_names_them():
    situation = replace(
        READY, exclude=frozenset(), authors=frozenset({BRUNO}), editors=frozenset({BRUNO})
    )

    assert refusals.refusal_to_decide(situation, answer="agreed", comment="") is None


@pytest.mark.parametrize("answer", ["returned", "approve", ""])
def test_an_answer_the_stage_does_not_know_is_refused(answer):
    found = refusals.refusal_to_decide(READY, answer=answer, comment="x")

    assert found is Refusal.NO_SUCH_ANSWER


def test_a_no_and_a_return_need_a_reason():
    no = refusals.refusal_to_decide(READY, answer="objected", comment=" ")
    back = refusals.refusal_to_return(READY, comment="")

    assert no is back is Refusal.COMMENT_MISSING


def test_a_stage_may_keep_the_way_back_shut():
    situation = replace(READY, may_return=False)

    assert refusals.refusal_to_return(situation, comment="x") is Refusal.NO_RETURN_FROM_HERE


@pytest.mark.parametrize("status", list(JourneyStatus))
def test_a_paper_under_way_cannot_set_out_again(status):
    found = refusals.refusal_to_submit(
        status=status, may_edit=True, is_scheduled=False, has_route=True
    )

    under_way = status in (JourneyStatus.RUNNING, JourneyStatus.RETURNED)
    assert found is (Refusal.ALREADY_UNDER_WAY if under_way else None)


@pytest.mark.parametrize("status", list(JourneyStatus))
@pytest.mark.parametrize("kind", [None, *StageKind])
def test_only_an_open_approval_of_a_running_journey_locks_the_text(status, kind):
    found = refusals.refusal_to_edit(status=status, open_kind=kind)

    locked = status is JourneyStatus.RUNNING and kind is StageKind.APPROVAL
    assert found is (Refusal.IS_LOCKED if locked else None)


def test_every_state_has_a_way_out_or_is_an_end():
    ends = {status for status, ways in WAYS.items() if not ways}

    assert set(WAYS) == set(JourneyStatus)
    assert ends == {JourneyStatus.AGREED, JourneyStatus.REFUSED, JourneyStatus.WITHDRAWN}
    for status, ways in WAYS.items():
        assert status in ends or ways & (ends | {JourneyStatus.RUNNING})


def test_everything_that_can_be_said_is_worded():
    assert set(REFUSALS) == set(Refusal)
    assert set(FAULTS) == set(Flaw)
    assert set(JOURNEY_STATUS) == set(JourneyStatus)
    assert set(STAGE_STATUS) == set(StageStatus)
    assert set(ANSWERS) == set(Answer)
