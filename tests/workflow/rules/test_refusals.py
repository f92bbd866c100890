"""What is refused and why, without a database."""

from dataclasses import replace

import pytest

from workflow.rules import refusals
from workflow.rules.faults import Flaw
from workflow.rules.refusals import Refusal, Situation
from workflow.rules.states import (
    LOCKING,
    NOT_FOR_CHOICE,
    WAYS,
    Answer,
    Exclusion,
    JourneyStatus,
    StageKind,
    StageStatus,
)
from workflow.wording import (
    ANSWERED,
    ANSWERS,
    FAULTS,
    JOURNEY_STATUS,
    REFUSALS,
    STAGE_KIND,
    STAGE_STATUS,
)

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
    return_targets=frozenset({"author"}),
    current_digest="abc",
    seen_digest="abc",
)


def test_who_takes_part_and_read_the_present_text_may_decide():
    assert refusals.refusal_to_decide(READY, answer="agreed", comment="") is None
    assert refusals.refusal_to_return(READY, to="author", comment="Zu lang.") is None


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
    assert refusals.refusal_to_return(situation, to="author", comment="Zu lang.") is refusal


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"submitter": BRUNO}, Refusal.IS_SUBMITTER),
        ({"decided_earlier": frozenset({BRUNO})}, Refusal.DECIDED_EARLIER),
        ({"colleagues_of_authors": frozenset({BRUNO})}, Refusal.SAME_ORGANISATION),
        ({"principal": 1}, Refusal.PRINCIPAL_EXCLUDED),
        ({"principal": 3, "submitter": 3}, Refusal.PRINCIPAL_EXCLUDED),
        (
            {"principal": 3, "may_sign": False, "kind": StageKind.FINAL_SIGN_OFF},
            Refusal.MAY_NOT_SIGN,
        ),
    ],
)
def test_an_exclusion_meets_a_person_and_whoever_sits_in_their_place(change, refusal):
    situation = replace(READY, **change)

    assert refusals.refusal_to_take_part(situation) is refusal
    assert refusals.refusal_to_take_part(replace(READY, principal=3)) is None


@pytest.mark.parametrize("word", sorted(NOT_FOR_CHOICE))
def test_what_only_the_engine_writes_cannot_be_chosen(word):
    situation = replace(READY, answers=frozenset({word.value}))

    found = refusals.refusal_to_decide(situation, answer=word.value, comment="x")

    assert found is Refusal.NO_SUCH_ANSWER


@pytest.mark.parametrize("answer", ["agreed_with_remarks", "objected", "not_responsible"])
def test_who_says_more_than_yes_says_why(answer):
    situation = replace(READY, answers=frozenset({answer}))

    without = refusals.refusal_to_decide(situation, answer=answer, comment=" ")
    with_reason = refusals.refusal_to_decide(situation, answer=answer, comment="Weil.")

    assert (without, with_reason) == (Refusal.COMMENT_MISSING, None)


def test_points_are_a_reason_for_a_return_too():
    found = refusals.refusal_to_return(READY, to="author", comment="", points=["§ 2 fehlt."])

    assert found is None


@pytest.mark.parametrize(
    ("is_administrator", "reason", "refusal"),
    [
        (True, "Eilt.", None),
        (True, " ", Refusal.REASON_MISSING),
        (False, "Eilt.", Refusal.ONLY_ADMINISTRATORS),
    ],
)
def test_only_administrators_override_and_only_with_a_reason(is_administrator, reason, refusal):
    found = refusals.refusal_to_override(is_administrator=is_administrator, reason=reason)

    assert found is refusal


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
    back = refusals.refusal_to_return(READY, to="author", comment="")

    assert no is back is Refusal.COMMENT_MISSING


def test_a_stage_may_keep_the_way_back_shut():
    situation = replace(READY, return_targets=frozenset({"review"}))

    assert (
        refusals.refusal_to_return(situation, to="author", comment="x")
        is Refusal.NO_RETURN_FROM_HERE
    )


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

    locked = status is JourneyStatus.RUNNING and kind in LOCKING
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
    assert set(ANSWERS) == set(Answer) - NOT_FOR_CHOICE
    assert set(ANSWERED) == set(Answer)
    assert set(STAGE_KIND) == set(StageKind)
