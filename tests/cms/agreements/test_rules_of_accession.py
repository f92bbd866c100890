"""What a request for accession has to say, without a database."""

import pytest

from cms.agreements.accession_rules import (
    Stated,
    refusal_of_list,
    refusal_of_round,
    refusal_to_accede,
    refusal_to_submit,
)
from cms.agreements.rules import Refusal

COMPLETE = Stated(1, "met", "Der Rat hat es beschlossen.", has_date=False)


def submitted(*statements, has_text=True, has_contact=True):
    return refusal_to_submit(statements, has_text=has_text, has_contact=has_contact)


def test_a_complete_request_sets_out():
    planned = Stated(2, "planned", "Ab dem Haushalt 2028.", has_date=True)

    assert submitted(COMPLETE, planned) is None


@pytest.mark.parametrize(
    ("answer", "text"), [("", "Der Rat hat es beschlossen."), ("met", ""), ("met", " \n")]
)
def test_an_answer_needs_a_sentence_and_a_sentence_an_answer(answer, text):
    gaps = [Stated(number, answer, text, has_date=True) for number in (2, 4)]

    assert submitted(COMPLETE, *gaps) == (Refusal.STATEMENT_MISSING, [2, 4])


def test_what_is_planned_needs_a_date():
    planned = Stated(3, "planned", "Sobald es geht.", has_date=False)

    assert submitted(COMPLETE, planned) == (Refusal.STATEMENT_WITHOUT_DATE, [3])


def test_without_text_criteria_or_contact_nothing_sets_out():
    assert submitted(COMPLETE, has_text=False) == (Refusal.NO_TEXT_TO_ACCEDE_TO, [])
    assert submitted() == (Refusal.NO_CRITERIA, [])
    assert submitted(COMPLETE, has_contact=False) == (Refusal.NO_CONTACT, [])


@pytest.mark.parametrize(
    ("closed", "signed", "asked", "refusal"),
    [
        (False, False, False, None),
        (True, False, False, Refusal.CLOSED_FOR_ACCESSION),
        (False, True, False, Refusal.HAS_ACCEDED),
        (True, True, True, Refusal.HAS_ACCEDED),
        (False, False, True, Refusal.REQUEST_UNDER_WAY),
    ],
)
def test_who_can_accede(closed, signed, asked, refusal):
    found = refusal_to_accede(is_closed=closed, has_signed=signed, is_asked_elsewhere=asked)

    assert found is refusal


@pytest.mark.parametrize(
    ("status", "kind", "refusal"),
    [
        ("planned", "accession", None),
        ("in_signature", "accession", None),
        ("closed", "accession", Refusal.ROUND_IS_OVER),
        ("cancelled", "accession", Refusal.ROUND_IS_OVER),
        ("open", "first_signing", Refusal.ROUND_IS_OVER),
    ],
)
def test_a_round_that_can_take_somebody_in(status, kind, refusal):
    assert refusal_of_round(status, kind, same_declaration=True, same_text=True) is refusal


def test_a_round_belongs_to_the_declaration_and_signs_the_same_text():
    def of(*, declaration: bool, text: bool):
        return refusal_of_round("open", "accession", same_declaration=declaration, same_text=text)

    assert of(declaration=False, text=False) is Refusal.ROUND_OF_OTHER_DECLARATION
    assert of(declaration=True, text=False) is Refusal.ROUND_HAS_OTHER_TEXT


def test_statements_answer_the_chosen_list():
    listed = ["a", "b"]

    assert refusal_of_list(same_network=True, stated=["b"], listed=listed) is None
    assert (
        refusal_of_list(same_network=True, stated=["c"], listed=listed)
        is Refusal.CRITERION_NOT_IN_LIST
    )
    assert (
        refusal_of_list(same_network=False, stated=[], listed=listed)
        is Refusal.CRITERIA_OF_OTHER_NETWORK
    )
