"""Timers as processes: two at once, and killed with -9 in the midst of their work.

A stage of each paper has fallen due weeks ago and nobody looked: a reminder, an
escalation to the deputies and one to the head are owed.
"""

import os
import random
import signal
import subprocess
import sys
import time

import pytest
from django.db import connection

from tests.harness.databases import column, copy_of, copy_of_the_tests_database, number
from tests.harness.kill_loop import ROOT

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.xdist_group("crash")]

PAPERS, KILLS = (200, 20) if os.environ.get("UMLAUF_SOAK") else (8, 3)
OWED = 3 * PAPERS
UNLOCKED = {"LATE_UNLOCKED": "1"}

sqlite_only = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="another engine: without a transaction it takes no locks"
)


class Timers:
    """A database of overdue papers, and processes that keep what is due in them."""

    def __init__(self, url, folder):
        self.url, self.log = url, folder / "timers.log"
        self.environment = {
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "cms.settings.test",
            "UMLAUF_VAR": str(folder),
            "CELERY_BROKER_URL": "memory://",
            "PYTHONPATH": str(ROOT),
        }

    def start(self, *words, **environment):
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "tests.workflow.late_stages", *words],
                env={**os.environ, **self.environment, **environment},
                cwd=ROOT, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def finish(self, *processes):
        for process in processes:
            assert process.wait(timeout=300) == 0, self.log.read_text()[-3000:]

    def kill_at_an_odd_moment(self, dice, **environment):
        before = self.marked()
        process = self.start("keep", **environment)
        while self.marked() == before and process.poll() is None:
            time.sleep(0.02)
        time.sleep(dice.random() * 0.4)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def marked(self):
        return number(
            self.url, "SELECT count(*) FROM workflow_appointment WHERE done_at IS NOT NULL"
        )

    def open(self):
        return number(self.url, "SELECT count(*) FROM workflow_appointment WHERE done_at IS NULL")

    def letters(self):
        """Return which letters were noted: kind, stage and opening, and to whom for escalation."""
        kinds = "key LIKE 'reminder:%' OR key LIKE 'deputies:%' OR key LIKE 'head:%'"
        return column(self.url, f"SELECT key FROM core_outboxrow WHERE {kinds}")  # noqa: S608

    def entries(self):
        acts = "'workflow.reminded', 'workflow.escalated'"
        return number(self.url, f"SELECT count(*) FROM core_trailentry WHERE action IN ({acts})")  # noqa: S608


@pytest.fixture(scope="module")
def laid(django_db_setup, django_db_blocker, tmp_path_factory):
    """A database of overdue papers, laid once; each test has a copy of its own."""
    folder = tmp_path_factory.mktemp("late")
    with django_db_blocker.unblock(), copy_of_the_tests_database(folder) as url:
        made = Timers(url, folder)
        made.finish(made.start("lay", str(PAPERS)))
        yield url


@pytest.fixture
def timers(laid, tmp_path):
    with copy_of(laid, tmp_path) as url:
        yield Timers(url, tmp_path)


def test_two_timers_at_once_do_everything_once(timers):
    timers.finish(timers.start("keep"), timers.start("keep"))
    timers.finish(timers.start("keep"))

    assert timers.open() == 0
    assert len(set(timers.letters())) == len(timers.letters()) == OWED
    assert timers.entries() == OWED


def test_a_timer_that_is_killed_loses_nothing_and_doubles_nothing(timers):
    dice = random.Random(4)

    for _ in range(KILLS):
        timers.kill_at_an_odd_moment(dice)
    left = timers.open()
    timers.finish(timers.start("keep"))

    assert left > 0, "the kills came too late to prove anything"
    assert timers.open() == 0
    assert len(set(timers.letters())) == len(timers.letters()) == OWED
    assert timers.entries() == OWED


@sqlite_only
def test_without_the_lock_two_timers_remind_twice(timers, tmp_path):
    """The negative control of the first test: both read each row before either marks it."""
    together = {**UNLOCKED, "LATE_MEETING": str(tmp_path)}
    timers.finish(timers.start("keep", **together), timers.start("keep", **together))

    assert len(timers.letters()) > len(set(timers.letters()))


@sqlite_only
def test_where_mark_and_effect_are_apart_a_kill_loses_what_was_marked(timers):
    """The negative control of the second test."""
    dice = random.Random(4)

    for _ in range(KILLS):
        timers.kill_at_an_odd_moment(dice, **UNLOCKED)
    timers.finish(timers.start("keep"))

    assert len(set(timers.letters())) < OWED
