"""Who has signed: counted from the rounds, and never more exact than is known."""

import pytest

from cms.agreements.models import SignatoryCount, Signature
from cms.core.values import ApproxCount, FuzzyDate, Qualifier
from tests.cms.agreements import papers

pytestmark = pytest.mark.django_db

MORE_THAN_100 = ApproxCount(100, Qualifier.MORE_THAN)


def sign(round, name, kind="municipality", status="signed", **fields):
    return Signature.objects.create(
        round=round, organisation=papers.body(name, kind), status=status, **fields
    )


def first_round(declaration):
    """Ten municipalities known by number only, and two bodies by name."""
    first = papers.signing_round(
        declaration, 1, kind="first_signing", ceremony=FuzzyDate.month(2012, 12)
    )
    SignatoryCount.objects.create(round=first, kind="municipality", count=ApproxCount(10))
    sign(first, "Ministerium für Muster", "ministry")
    sign(first, "Musterverband", "municipal_association")
    return first


def test_the_stated_total_stands_while_the_register_is_incomplete():
    page = papers.declaration(stated_total=MORE_THAN_100)
    first_round(page)

    register = page.register

    assert register.total == MORE_THAN_100
    assert register.named == 2
    assert [(count.kind, count.count.value) for count in register.unnamed] == [("municipality", 10)]


def test_a_complete_register_is_counted_and_the_stated_total_is_no_longer_shown():
    page = papers.declaration(stated_total=MORE_THAN_100, register_complete=True)
    first = first_round(page)
    sign(first, "Musterstadt", status="declined")

    assert page.register.total == ApproxCount(2)


def test_so_many_have_signed_of_so_many_while_a_round_is_under_way():
    page = papers.declaration()
    one = papers.signing_round(page, status="in_signature")
    assert one.signed_count is None
    sign(one, "Musterstadt", status="confirmed")
    sign(one, "Neinstadt", status="invited")

    assert one.signed_count == (1, 2)


def test_a_round_of_which_some_are_known_by_number_only_says_no_such_number():
    first = first_round(papers.declaration())

    assert first.signed_count is None
    first.status = "open"
    assert first.signed_count is None


def test_an_unknown_total_stays_unknown():
    page = papers.declaration()
    first_round(page)

    assert page.register.total is None


def test_a_withdrawn_signature_keeps_its_line_and_is_not_counted():
    page = papers.declaration(register_complete=True)
    first = first_round(page)
    sign(first, "Musterstadt", status="withdrawn", withdrawn_on=FuzzyDate.of_year(2016))

    register = page.register

    assert len(register.entries) == 3
    assert [entry.name for entry in register.entries if entry.is_withdrawn] == ["Musterstadt"]
    assert register.total == ApproxCount(2)


def test_the_day_of_the_round_stands_where_a_signature_has_no_day_of_its_own():
    page = papers.declaration()
    first_round(page)
    second = papers.signing_round(page, 2)
    sign(second, "Musterstadt", signed_on=FuzzyDate.day(FuzzyDate.parse("03.05.2014").value))

    dates = [entry.acceded_on.iso for entry in page.register.entries]

    assert dates == ["2012-12", "2012-12", "2014-05-03"]


def test_kinds_are_counted_apart():
    page = papers.declaration()
    first_round(page)

    assert sum(page.register.by_kind.values()) == 2
    assert len(page.register.by_kind) == 2


def test_a_body_that_signed_twice_is_one_signatory():
    page = papers.declaration(register_complete=True)
    sign(papers.signing_round(page, 1), "Musterstadt", status="withdrawn")
    sign(papers.signing_round(page, 2), "Musterstadt")

    assert page.register.total == ApproxCount(1)


def test_reading_the_register_costs_the_same_for_two_and_for_twenty(django_assert_num_queries):
    page = papers.declaration()
    one = papers.signing_round(page)
    for number in range(20):
        sign(one, f"Musterstadt {number}")

    with django_assert_num_queries(5):
        register = page.register
        [(entry.name, entry.acceded_on, entry.kind) for entry in register.entries]
