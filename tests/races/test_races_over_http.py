"""Two people act on one paper at the same moment, over HTTP, on a running site.

Whoever is first counts; the other is told by a 409 and a sentence. Nothing
happens twice, nothing goes public that was not read, and journey, Wagtail's
workflow, task and page never say different things. `make soak` runs 300 rounds
of each on PostgreSQL and 50 on SQLite, an everyday run some few.
"""

import os
from collections.abc import Callable

import pytest
from django.db import connection

from tests.races import races
from tests.races.site import RacingSite

# The mark has the tests' database made, which the site gets a copy of.
pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.xdist_group("races")]

Race = Callable[[RacingSite, int], list[str]]
RACES = [
    races.two_last_votes,
    races.double_click,
    races.two_tabs_with_old_pages,
    races.approve_against_edit,
    races.approve_against_saving_code,
    races.approve_against_cancel,
    races.approve_against_cancelling_code,
    races.approve_against_withdrawal,
]
# Without the locks none of these ends well. Of the others the digest in the form still takes care.
SURE_TO_FAIL: list[Race] = [
    races.two_last_votes,
    races.double_click,
]


def rounds() -> int:
    if not os.environ.get("UMLAUF_SOAK"):
        return 3
    return 300 if connection.vendor == "postgresql" else 50


def wrong_in(race: Race, site: RacingSite, number: int) -> list[str]:
    return [f"round {one}: {wrong}" for one in range(number) for wrong in race(site, one)]


@pytest.mark.parametrize("race", RACES, ids=lambda race: race.__name__)
def test_nothing_is_doubled_unseen_or_in_disagreement(site: RacingSite, race: Race) -> None:
    wrong = wrong_in(race, site, rounds())

    assert wrong == []


def test_the_trail_holds_after_all_races(site: RacingSite) -> None:
    races.double_click(site, 0)

    assert site.backstage.ask("chain") == {"break": None}


@pytest.mark.parametrize("race", SURE_TO_FAIL, ids=lambda race: race.__name__)
def test_without_the_locks_the_same_races_go_wrong(unlocked_site: RacingSite, race: Race) -> None:
    """The negative control: were this green with the locks off, the rest proves nothing.

    What is found is mostly people who meet an error page: the constraints of the
    tables are a second net, which keeps the data whole but explains nothing.
    """
    wrong = wrong_in(race, unlocked_site, 2)

    assert wrong
