"""What an act costs in queries: the same for three parties and for three hundred."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.accounts.models import User
from tests.people import alma, minister
from tests.stand_ins import journeys
from workflow import actions
from workflow.models import Journey

pytestmark = pytest.mark.django_db

# Stock Wagtail needs 54 and 94 for its one approval by one group.
A_DECISION = 60
THE_PUBLISHING_DECISION = 110

BY_TOWNS = {**journeys.BY_PARTIES, "kind": "approval", "completion": "all"}


def before_parties(number, *stages):
    towns = [f"town{one}" for one in range(number)]
    User.objects.bulk_create(
        User(email=f"wera@{town}.example", first_name="Wera", last_name=town, password="!")
        for town in towns
    )
    journeys.route(*(stages or (BY_TOWNS,)))
    page = journeys.draft()
    page.towns = " ".join(towns)
    page.save_revision(user=alma())
    return journeys.in_review(journeys.fresh(page))


def cost_of(act):
    with CaptureQueriesContext(connection) as context:
        act()
    return len(context)


def decision_by(journey, user):
    stage, digest = journeys.open_stage(journey), journeys.present_digest(journey.subject)
    user = User.objects.get(pk=user.pk)
    return lambda: actions.decide(stage=stage, by=user, answer="agreed", seen_digest=digest)


@pytest.mark.parametrize("parties", [3, 300])
def test_a_decision_costs_the_same_for_few_and_many_parties(parties):
    journey = before_parties(parties)

    cost = cost_of(decision_by(journey, User.objects.get(email="wera@town0.example")))

    assert cost <= A_DECISION


@pytest.mark.parametrize("parties", [1, 300])
def test_the_decision_that_publishes_costs_the_same_for_few_and_many_parties(parties):
    one_of_them = {**BY_TOWNS, "completion": "any"}
    journey = before_parties(parties, one_of_them)

    cost = cost_of(decision_by(journey, User.objects.get(email="wera@town0.example")))

    assert Journey.objects.get(pk=journey.pk).status == "agreed"
    assert cost <= THE_PUBLISHING_DECISION


def test_a_decision_that_opens_the_next_stage_costs_no_more_for_many_papers():
    for number in range(5):
        journeys.in_review(journeys.draft(f"Papier {number}"))
    journey = journeys.before_approval()

    cost = cost_of(decision_by(journey, minister()))

    assert cost <= THE_PUBLISHING_DECISION
