"""When a guest's link and code hold: the rules, without a database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from workflow.rules import guests
from workflow.rules.guests import LinkFacts, refusal_of_link
from workflow.rules.refusals import Refusal
from workflow.rules.states import Answer, JourneyStatus, StageStatus

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
GOOD = LinkFacts(
    journey=JourneyStatus.RUNNING,
    stage=StageStatus.OPEN,
    is_revoked=False,
    has_expired=False,
    is_of_this_opening=True,
    takes_part=True,
    is_of_this_text=True,
)


def test_a_link_holds_while_its_answer_is_waited_for():
    assert refusal_of_link(GOOD) is None


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"is_revoked": True}, Refusal.LINK_INVALID),
        ({"takes_part": False}, Refusal.LINK_INVALID),
        ({"answer": Answer.AGREED}, Refusal.ALREADY_DECIDED),
        ({"answer": Answer.SILENT}, Refusal.SILENCE_COUNTED),
        ({"is_of_this_opening": False}, Refusal.GUEST_NOT_WAITED_FOR),
        ({"has_expired": True}, Refusal.LINK_EXPIRED),
        ({"is_of_this_text": False}, Refusal.GUEST_TEXT_CHANGED),
        *(
            ({"journey": status}, Refusal.GUEST_NOT_WAITED_FOR)
            for status in JourneyStatus
            if status is not JourneyStatus.RUNNING
        ),
        *(
            ({"stage": status}, Refusal.GUEST_NOT_WAITED_FOR)
            for status in StageStatus
            if status is not StageStatus.OPEN
        ),
    ],
)
def test_each_thing_that_ends_a_link_ends_it_by_itself(change, refusal):
    assert refusal_of_link(replace(GOOD, **change)) is refusal


def test_a_revoked_link_tells_nothing_else():
    everything_wrong = replace(
        GOOD, is_revoked=True, answer=Answer.SILENT, has_expired=True, is_of_this_text=False
    )

    assert refusal_of_link(everything_wrong) is Refusal.LINK_INVALID


def test_a_link_outlives_the_deadline_unless_silence_speaks_then():
    due = NOW + timedelta(days=10)

    assert guests.expiry(now=NOW, due_at=due, silence_is_consent=False) > due
    assert guests.expiry(now=NOW, due_at=due, silence_is_consent=True) == due
    assert guests.expiry(now=NOW, due_at=None, silence_is_consent=False) > NOW


def test_a_link_sent_again_after_the_deadline_still_leaves_time():
    due = NOW - timedelta(days=30)

    assert guests.expiry(now=NOW, due_at=due, silence_is_consent=False) > NOW


def test_a_code_opens_when_it_fits_and_no_limit_is_reached():
    good = {"is_out": True, "has_expired": False, "tries": 0, "fits": True}

    assert guests.refusal_of_code(**good) is None
    assert guests.refusal_of_code(**{**good, "fits": False}) is Refusal.CODE_WRONG
    for change in ({"is_out": False}, {"has_expired": True}, {"tries": guests.TRIES_PER_CODE}):
        assert guests.refusal_of_code(**{**good, **change}) is Refusal.CODE_EXPIRED


def test_all_codes_of_a_link_together_hit_one_of_a_million_hardly_ever():
    tries = guests.TRIES_PER_CODE * guests.CODES_PER_LINK

    assert tries / 10**guests.CODE_DIGITS < 1 / 10_000
    assert guests.refusal_to_send_code(codes_sent=guests.CODES_PER_LINK - 1) is None
    assert guests.refusal_to_send_code(codes_sent=guests.CODES_PER_LINK) is Refusal.CODE_TOO_OFTEN


def test_asking_by_hand_needs_a_stage_to_come_that_knows_guests_and_a_right():
    good = {
        "journey": JourneyStatus.RUNNING,
        "stage": StageStatus.OPEN,
        "asks_guests": True,
        "may_invite": True,
        "is_complete": True,
        "is_asked": False,
        "has_a_seat": False,
    }
    changes = {
        Refusal.NOT_RUNNING: {"journey": JourneyStatus.AGREED},
        Refusal.NOT_OPEN: {"stage": StageStatus.DONE},
        Refusal.GUESTS_NOT_ASKED: {"asks_guests": False},
        Refusal.GUEST_NOT_YOURS_TO_INVITE: {"may_invite": False},
        Refusal.GUEST_ADDRESS_MISSING: {"is_complete": False},
        Refusal.GUEST_ASKED_ALREADY: {"is_asked": True},
        Refusal.GUEST_HAS_A_SEAT: {"has_a_seat": True},
    }

    assert guests.refusal_to_invite(**good) is None
    for refusal, change in changes.items():
        assert guests.refusal_to_invite(**{**good, **change}) is refusal


def test_a_link_is_managed_by_those_who_may_while_an_answer_is_awaited():
    good = {"may_manage": True, "takes_part": True, "has_answered": False}

    assert guests.refusal_to_manage(**good) is None
    assert guests.refusal_to_manage(**{**good, "may_manage": False}) is Refusal.GUEST_NOT_YOURS
    assert guests.refusal_to_manage(**{**good, "takes_part": False}) is Refusal.LINK_INVALID
    assert guests.refusal_to_manage(**{**good, "has_answered": True}) is Refusal.ALREADY_DECIDED
