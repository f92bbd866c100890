"""Two people act on one paper at the same moment, over HTTP, on a running site.

Whoever is first counts; the other is told by a 409 and a sentence. Nothing
happens twice, nothing goes public that was not read, and journey, Wagtail's
workflow, task and page never say different things. `make soak` runs 300 rounds
of each on PostgreSQL and 50 on SQLite, an everyday run some few.
"""

import os
from collections.abc import Callable, Iterable

import pytest
from django.db import connection

from tests.races import races
from tests.races.site import RacingSite
from tests.races.unguarded.apps import Guard, without

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
# SQLite itself turns the second writer away: an error page, and no disagreement.
IN_BOTH_WAYS = "unclear" if connection.vendor == "sqlite" else "disagreement"
# What each race ends in without its guard, by a word of the verdict.
CONTROLS: list[tuple[Race, tuple[Guard, ...], str]] = [
    (races.two_last_votes, (Guard.LOCKS,), "unclear"),
    (races.double_click, (Guard.LOCKS,), "unclear"),
    (races.two_tabs_with_old_pages, (Guard.DIGEST,), "unseen"),
    (races.approve_against_edit, (Guard.LOCKS, Guard.PROMPT_VOTE), "lost"),
    (races.approve_against_saving_code, (Guard.LOCKS, Guard.PROMPT_VOTE), "lost"),
    (races.approve_against_cancel, (Guard.LOCKS, Guard.PROMPT_VOTE), "lost"),
    (races.approve_against_cancel, (Guard.CANCELLING,), "disagreement"),
    (races.approve_against_cancelling_code, (Guard.CANCELLING,), "disagreement"),
    (races.approve_against_withdrawal, (Guard.LOCKS, Guard.PROMPT_WITHDRAWAL), "unclear"),
    (races.approve_against_withdrawal, (Guard.LOCKS, Guard.SHELL), IN_BOTH_WAYS),
]
# With so many head starts one side meets the other.
TRIES = 6


def rounds() -> int:
    if not os.environ.get("UMLAUF_SOAK"):
        return 2
    return 300 if connection.vendor == "postgresql" else 50


def wrong_in(race: Race, site: RacingSite, numbers: Iterable[int]) -> list[str]:
    return [f"round {one}: {wrong}" for one in numbers for wrong in race(site, one)]


@pytest.mark.parametrize("race", RACES, ids=lambda race: race.__name__)
def test_nothing_is_doubled_unseen_or_in_disagreement(site: RacingSite, race: Race) -> None:
    wrong = wrong_in(race, site, range(rounds()))

    assert wrong == []


def test_the_trail_holds_after_all_races(site: RacingSite) -> None:
    races.double_click(site, 0)

    assert site.backstage.ask("chain") == {"break": None}


@pytest.mark.parametrize(
    ("race", "guards", "finding"),
    CONTROLS,
    ids=[f"{race.__name__} without {' and '.join(guards)}" for race, guards, _ in CONTROLS],
)
def test_without_its_guard_the_same_race_goes_wrong(
    site: RacingSite, race: Race, guards: tuple[Guard, ...], finding: str
) -> None:
    """The negative control: were this green without the guard, the rest proves nothing."""
    found: list[str] = []
    with without(site.folder, guards):
        for one in range(TRIES):
            found += wrong_in(race, site, [one])
            if any(finding in wrong for wrong in found):
                return
    raise AssertionError(f"nothing {finding} in {TRIES} rounds, but {found}")
