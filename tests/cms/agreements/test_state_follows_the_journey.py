"""An agreement's own state, as its journey goes on."""

import pytest

from cms.accounts.roles import Role
from cms.agreements.errors import AgreementsError
from cms.agreements.models import AgreementPage
from cms.agreements.rules import Refusal
from cms.core.papers import Origin
from tests.cms.agreements import papers
from tests.cms.networks.bodies import post
from tests.people import account, alma, bruno
from workflow import actions
from workflow.models import Journey, Stage

pytestmark = pytest.mark.django_db


def draft(number=5, **fields):
    fields.setdefault("body", [papers.article("Ziele")])
    page = papers.agreement(number, origin=Origin.MADE_HERE, owner=alma(), **fields)
    page.save_revision(user=alma())
    return page


def the_official_channel():
    """Reviewer, Referat, Abteilung, Hausleitung; then one person for each party."""
    levels = (
        account("Rosa Rademacher", Role.DIVISION),
        account("Axel Arndt", Role.DEPARTMENT),
        account("Hanna Holm", Role.LEADERSHIP),
    )
    for_parties = (
        speaks_for("Ministerium für Muster", account("Mia Maurer")),
        speaks_for("Musterverband", account("Vera Voss")),
    )
    return (bruno(), *levels, *for_parties)


def speaks_for(name, user):
    post(user, papers.body(name))
    return user


def submitted(page):
    return actions.submit(subject=AgreementPage.objects.get(pk=page.pk), by=alma())


def open_stage(journey):
    return Stage.objects.get(journey=journey, status="open")


def decide(journey, by):
    journey = Journey.objects.get(pk=journey.pk)
    actions.decide(
        stage=open_stage(journey), by=by, answer="agreed", seen_digest=journey.content_digest
    )


def state_of(page):
    return AgreementPage.objects.get(pk=page.pk).state


def test_an_agreed_agreement_is_public_and_ready_for_signature():
    page = draft()
    *before, last = the_official_channel()

    journey = submitted(page)
    assert state_of(page) == "internal_review"
    for person in before:
        decide(journey, person)
        assert state_of(page) == "internal_review"
    decide(journey, last)

    page = AgreementPage.objects.get(pk=page.pk)
    assert page.live
    assert page.state == "ready_for_signature"


def test_a_returned_agreement_says_so():
    page = draft()
    the_official_channel()
    journey = submitted(page)

    actions.send_back(
        stage=open_stage(journey), by=bruno(), seen_digest=journey.content_digest, comment="§ 2."
    )

    assert state_of(page) == "returned"


@pytest.mark.parametrize(
    ("fields", "parties", "refusal"),
    [
        ({"body": []}, 2, Refusal.NO_ARTICLES),
        ({}, 1, Refusal.TOO_FEW_PARTIES),
    ],
)
def test_an_incomplete_draft_does_not_set_out(fields, parties, refusal):
    """Red without the check in review_began; nothing of the journey may remain."""
    page = draft(**fields)
    page.parties = page.parties.all()[:parties]
    page.save_revision(user=alma())
    the_official_channel()

    with pytest.raises(AgreementsError) as caught:
        submitted(page)

    assert caught.value.refusal is refusal
    assert not Journey.objects.exists()
    assert state_of(page) == "drafting"


def test_an_agreement_in_force_stays_so_while_a_correction_travels():
    page = papers.published(papers.agreement(5, state="in_force", body=[papers.article("Ziele")]))
    the_official_channel()
    page.save_revision(user=alma())

    submitted(page)

    assert state_of(page) == "in_force"
