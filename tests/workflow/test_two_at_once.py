"""Two people decide at the same moment: one counts, the other is told.

The house of the test is copied into a database file, and each person acts in a
thread on a connection of their own. Both are held where they have read how
things stand and not yet written, so that the race happens every time.
"""

import sqlite3
import threading
from contextlib import suppress

import pytest
from django.db import OperationalError, connection, connections

from cms.accounts.roles import Role
from cms.core.refusals import Refused
from tests.people import account, bruno
from tests.stand_ins import journeys
from workflow import actions
from workflow.actions import standing as standings
from workflow.models import Decision, Journey, Stage
from workflow.rules.refusals import Refusal

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        connection.vendor != "sqlite", reason="another engine: this copies an SQLite database"
    ),
]


@pytest.fixture
def at_once(tmp_path, monkeypatch):
    """Return a function that runs several acts at once on a copy of the database."""
    meeting = threading.Barrier(2)
    patience = 1.0
    real = standings.situation_of

    def held(*args, **kwargs):
        found = real(*args, **kwargs)
        # Broken when the other one is kept out by the lock: exactly what is hoped for.
        with suppress(threading.BrokenBarrierError):
            meeting.wait(timeout=patience)
        return found

    def run(*acts, seconds=patience, **options):
        nonlocal patience
        patience = seconds
        path = tmp_path / "race.sqlite3"
        if not path.exists():
            copy = sqlite3.connect(path)
            copy.execute("PRAGMA foreign_keys=OFF")
            copy.executescript("\n".join(connection.connection.iterdump()))
            copy.close()
        results = [None] * len(acts)

        def thread(number, act):
            own = connections["default"]
            own.settings_dict = {
                **own.settings_dict,
                "NAME": path,
                "OPTIONS": {**own.settings_dict["OPTIONS"], **options},
            }
            try:
                results[number] = act()
            except (Refused, OperationalError) as error:
                results[number] = error
            finally:
                own.close()

        threads = [
            threading.Thread(target=thread, args=(number, act)) for number, act in enumerate(acts)
        ]
        for one in threads:
            one.start()
        for one in threads:
            one.join(timeout=60)
        return results

    monkeypatch.setattr(standings, "situation_of", held)
    return run


def deciding(journey):
    stage = journeys.open_stage(journey)
    digest = journeys.present_digest(journey.subject)

    def act_of(user):
        return lambda: actions.decide(stage=stage, by=user, answer="agreed", seen_digest=digest)

    return act_of


def test_one_of_two_decisions_counts_and_the_other_is_refused_clearly(at_once):
    other = account("Rosa Reim", Role.REVIEWERS)
    journey = journeys.in_review()
    act_of = deciding(journey)

    results = at_once(act_of(bruno()), act_of(other))
    (counted,) = at_once(lambda: (Decision.objects.count(), Journey.objects.get().status))
    (stages,) = at_once(lambda: list(Stage.objects.values_list("status", flat=True)))

    refused = [one for one in results if isinstance(one, Refused)]
    assert len(refused) == 1
    assert refused[0].refusal is Refusal.NOT_OPEN
    assert counted == (1, "running")
    assert stages == ["done", "open"]


def test_without_the_lock_the_loser_meets_an_error_instead_of_a_reason(at_once):
    """Negative control: with transactions that lock late nobody is kept out in time."""
    other = account("Rosa Reim", Role.REVIEWERS)
    journey = journeys.in_review()
    act_of = deciding(journey)

    # Nobody keeps them from meeting, however slow the machine is.
    results = at_once(
        act_of(bruno()), act_of(other), seconds=30, transaction_mode=None, timeout=0.2
    )

    assert any(isinstance(one, OperationalError) for one in results)
