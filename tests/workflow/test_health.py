"""The doctor sees a paper that waits where nobody can decide."""

import pytest

from tests.people import bruno
from tests.stand_ins import journeys
from workflow.health import examine

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
