"""The doctor sees a paper that waits where nobody can decide."""

import pytest

from cms.accounts.roles import Role
from tests.people import account, bruno
from tests.stand_ins import journeys
from workflow.health import examine, examine_routes

pytestmark = pytest.mark.django_db


def all_kinds_have_routes():
    journeys.route()
    journeys.route(key="paper")


def test_a_journey_with_somebody_to_decide_is_fine():
    all_kinds_have_routes()
    journeys.in_review()

    assert examine().ok


def test_a_group_emptied_in_mid_stage_is_found():
    all_kinds_have_routes()
    journeys.in_review()
    bruno().groups.clear()

    found = examine()

    assert not found.ok
    assert "Kooperation" in found.message


def test_a_kind_without_a_route_is_found():
    assert "paper_page" in examine().message


def test_a_route_behind_which_nobody_stands_is_found():
    found = examine_routes()

    assert not found.ok
    assert "agreement: division: Hinter „division“ steht niemand" in found.message


def test_with_somebody_in_every_role_the_routes_are_fine():
    all_kinds_have_routes()
    account("Alle Anders", *Role)

    assert examine_routes().ok


def test_a_group_emptied_later_is_found_again():
    all_kinds_have_routes()
    everything = account("Alle Anders", *Role)
    everything.groups.remove(everything.groups.get(name=Role.LEADERSHIP.value))

    assert "leadership" in examine_routes().message
