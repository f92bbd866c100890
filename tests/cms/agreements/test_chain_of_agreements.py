"""The chain of a series: order, gaps, what is current, who came before and after."""

import pytest
from django.utils import translation

from cms.agreements import wording
from cms.agreements.models import AgreementPage, AgreementParty
from cms.core.values import FuzzyDate
from tests.cms.agreements import papers
from tests.people import cem

pytestmark = pytest.mark.django_db


def five():
    """The first agreement with its year, three of which nothing is known, the one in force."""
    papers.published(papers.agreement(1, state="superseded", concluded_on=FuzzyDate.of_year(1995)))
    for number in (2, 4):
        papers.published(papers.agreement(number, state="superseded"))
    return papers.published(papers.agreement(5, state="in_force", body=[papers.article("Ziele")]))


def chain():
    return papers.series().chain(papers.request().user)


def test_gaps_are_drawn_where_neither_text_nor_date_or_not_even_a_record_is_known():
    five()

    links = chain().links

    assert [link.number for link in links] == [1, 2, 3, 4, 5]
    assert [link.is_gap for link in links] == [False, True, True, True, False]
    assert links[2].agreement is None
    assert chain().gaps == 3


def test_the_agreement_in_force_is_the_current_one():
    page = five()

    assert chain().current.agreement == page
    assert page.is_current
    assert [link.is_current for link in chain().links] == [False] * 4 + [True]


def test_of_two_in_force_the_later_one_is_current():
    first = papers.published(papers.agreement(1, state="in_force"))
    papers.published(papers.agreement(2, state="in_force"))

    assert chain().current.number == 2
    assert not first.is_current


def test_neighbours_follow_from_the_numbers_and_from_what_is_said_to_be_renewed():
    page = five()
    renewal = papers.published(papers.agreement(6, state="signed", renews=page))

    assert page.predecessor.number == 4
    assert page.successor == renewal
    assert renewal.predecessor == page
    assert AgreementPage.objects.get(number=4).predecessor is None


def test_a_draft_of_the_next_agreement_does_not_show_in_the_chain():
    five()
    papers.agreement(6, state="drafting")

    assert chain().links[-1].number == 5


def test_an_agreement_for_members_only_is_no_link_for_a_guest():
    """Red when the chain is built without asking the kernel."""
    papers.published(papers.agreement(1))
    papers.published(papers.agreement(2, audience="members", network=papers.network()))

    seen_by_cem = papers.series().chain(cem())

    assert [link.number for link in chain().links] == [1]
    assert [link.number for link in seen_by_cem.links] == [1]


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "Die erste Vereinbarung"), (5, "Die fünfte Vereinbarung"), (13, "Vereinbarung Nr. 13")],
)
def test_the_position_is_said_in_words(number, words):
    with translation.override("de"):
        assert wording.position_in_chain(number) == words


def test_so_many_have_signed_of_so_many():
    page = papers.agreement()
    party = page.parties.first()
    party.signature_status = "signed"
    party.save()

    assert AgreementPage.objects.get(pk=page.pk).signed_count == (1, 2)


def test_where_it_is_not_known_who_has_signed_no_number_is_shown():
    page = papers.published(papers.agreement())

    def shown():
        return page.serve(papers.request()).render().content.decode()

    page.parties.all().update(signature_status="unknown")
    unknown = shown()
    AgreementParty.objects.filter(pk=page.parties.first().pk).update(signature_status="signed")

    assert "Unterzeichnet:" not in unknown
    assert "Unterzeichnet: 1 von 2" in shown()


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("planned", "noch nicht geschlossen"),
        ("in_signature", "noch nicht geschlossen"),
        ("in_force", "Datum nicht bekannt"),
    ],
)
def test_an_agreement_before_its_signature_has_no_unknown_date(client, state, words):
    papers.published(papers.agreement(1, state=state, body=[papers.article("Ziele")]))

    page = client.get(papers.series().url).content.decode()

    shown = {one for one in ("noch nicht geschlossen", "Datum nicht bekannt") if one in page}
    assert shown == {words}
