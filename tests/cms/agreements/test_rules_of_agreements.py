"""Rules without a database."""

from datetime import date

import pytest

from cms.agreements import rules, wording
from cms.agreements.rules import WAYS, Refusal, RenewalMode, State
from cms.core.values import FuzzyDate

UNKNOWN = FuzzyDate.UNKNOWN


@pytest.mark.parametrize(
    ("number", "refusal"),
    [(1, Refusal.NUMBER_TAKEN), (3, None), (0, Refusal.NUMBER_ZERO), (None, None)],
)
def test_a_number_is_free_or_it_is_not(number, refusal):
    assert rules.refusal_of_number(number, taken={1, 2}) is refusal


@pytest.mark.parametrize(
    ("starts", "ends", "refusal"),
    [
        ("2012", "2011", Refusal.ENDS_BEFORE_START),
        ("2012-05", "2012-04", Refusal.ENDS_BEFORE_START),
        # Perhaps wrong is not surely wrong.
        ("2012-05", "2012", None),
        ("2012", "2012-01", None),
        ("", "2012", None),
        ("2012", "", None),
    ],
)
def test_an_end_is_refused_only_when_it_is_surely_before_the_start(starts, ends, refusal):
    assert rules.refusal_of_end(FuzzyDate.parse(starts), FuzzyDate.parse(ends)) is refusal


def test_an_open_ended_agreement_has_no_end():
    ends = FuzzyDate.of_year(2030)

    assert rules.refusal_of_end(UNKNOWN, ends, "open_ended") is Refusal.OPEN_ENDED_HAS_END
    assert rules.refusal_of_end(UNKNOWN, ends, "tacit") is None
    assert rules.refusal_of_end(UNKNOWN, ends, "") is None


@pytest.mark.parametrize("mode", [RenewalMode.OPEN_ENDED, RenewalMode.TACIT])
def test_without_an_end_notice_needs_time(mode):
    assert rules.refusal_of_notice(0, mode) is Refusal.NOTICE_WITHOUT_WAY_OUT
    assert rules.refusal_of_notice(None, mode) is None
    assert rules.refusal_of_notice(0, "fixed_term") is None


@pytest.mark.parametrize(
    ("number", "renewed", "situation", "refusal"),
    [
        (3, 2, {"same": False, "same_series": True}, None),
        (3, 3, {"same": True, "same_series": True}, Refusal.RENEWS_ITSELF),
        (3, 2, {"same": False, "same_series": False}, Refusal.RENEWS_OTHER_SERIES),
        (3, 4, {"same": False, "same_series": True}, Refusal.RENEWS_LATER_ONE),
    ],
)
def test_an_agreement_renews_an_earlier_one_of_its_series(number, renewed, situation, refusal):
    assert rules.refusal_to_renew(number, renewed, **situation) is refusal


def test_every_state_has_its_ways_and_can_be_reached_and_ends_in_the_archive():
    assert set(WAYS) == set(State)
    reached = set(rules.BEGINNINGS).union(*WAYS.values())
    assert reached == set(State)
    assert [state for state in State if not WAYS[state]] == [State.ARCHIVED]


@pytest.mark.parametrize(
    ("before", "after", "refusal"),
    [
        ("drafting", "internal_review", None),
        ("drafting", "in_force", Refusal.NO_SUCH_WAY),
        ("in_force", "drafting", Refusal.NO_SUCH_WAY),
        ("in_force", "superseded", None),
        ("archived", "in_force", Refusal.NO_SUCH_WAY),
        ("returned", "internal_review", None),
    ],
)
def test_an_agreement_goes_only_the_ways_of_the_table(before, after, refusal):
    assert rules.refusal_to_move(before, after) is refusal


def test_a_draft_needs_two_parties_and_a_text_for_its_review():
    assert rules.refusal_to_submit(parties=1, articles=3) is Refusal.TOO_FEW_PARTIES
    assert rules.refusal_to_submit(parties=2, articles=0) is Refusal.NO_ARTICLES
    assert rules.refusal_to_submit(parties=2, articles=1) is None


@pytest.mark.parametrize(
    ("ends", "months", "deadline"),
    [
        ("2026-12-31", 6, date(2026, 6, 30)),
        ("2027-03-31", 1, date(2027, 2, 28)),
        ("2027", 3, date(2026, 10, 1)),
        ("2026-12-31", None, None),
        ("", 6, None),
    ],
)
def test_notice_is_counted_back_from_the_earliest_possible_end(ends, months, deadline):
    assert rules.notice_deadline(FuzzyDate.parse(ends), months) == deadline


def test_every_refusal_and_every_state_has_its_words():
    assert set(wording.REFUSALS) == set(Refusal)
    for labels, members in (
        (wording.STATES, State),
        (wording.RENEWAL_MODES, RenewalMode),
        (wording.SERIES_KINDS, rules.SeriesKind),
        (wording.SERIES_RELATIONS, rules.SeriesRelationKind),
        (wording.APPROVALS, rules.ApprovalStatus),
        (wording.PARTY_SIGNATURES, rules.PartySignature),
        (wording.BINDINGS, rules.BindingFor),
        (wording.ROUND_KINDS, rules.RoundKind),
        (wording.ROUND_STATUSES, rules.RoundStatus),
        (wording.SIGNATURE_STATUSES, rules.SignatureStatus),
        (wording.CHANNELS, rules.Channel),
        (wording.SIGNATORY_KINDS, rules.SignatoryKind),
    ):
        assert set(labels) == set(members)
