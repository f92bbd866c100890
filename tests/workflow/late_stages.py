"""A process for the tests on a dying timer: it lays papers long overdue, or keeps what is due.

With LATE_UNLOCKED set, mark and effect are no transaction and nobody waits for
anybody: what the tests must then find out.
"""

import os
import sys
import time
from contextlib import nullcontext, suppress
from datetime import timedelta
from pathlib import Path
from unittest import mock

import django

django.setup()

import time_machine  # noqa: E402
from django.utils import timezone  # noqa: E402

from tests.people import alma, bruno, minister  # noqa: E402
from tests.stand_ins import journeys  # noqa: E402
from tests.workflow.clock import HEAD, TIMED  # noqa: E402
from workflow import actions, reading  # noqa: E402
from workflow.actions import standing, timing  # noqa: E402
from workflow.models import Appointment  # noqa: E402

# So long takes what is done in a stage: a kill comes in the midst of it.
SECONDS = 0.05
UNLOCKED = "LATE_UNLOCKED" in os.environ
# A folder in which two careless processes wait for each other before each row.
MEETING = os.environ.get("LATE_MEETING", "")
TO_COME = {
    **TIMED,
    "remind": [1],
    "escalate": [{"after": 0, "to": "deputies"}, {"after": 1, "to": "head"}],
    "head": HEAD,
}


def lay(number: int) -> None:
    bruno(), minister()
    journeys.route(TO_COME, key="paper")
    with time_machine.travel(timezone.now() - timedelta(days=30)):
        for _ in range(number):
            actions.submit(subject=journeys.paper(), by=alma())


def keep() -> None:
    real = timing._note
    # Behind the mark; where it is no transaction, what is killed here is lost.
    seconds = SECONDS * (5 if UNLOCKED else 1)

    def slowly(*args, **words):
        time.sleep(seconds)
        real(*args, **words)

    with mock.patch.object(timing, "_note", slowly):
        if UNLOCKED:
            carelessly()
        else:
            timing.keep_appointments(timezone.now())


def meet(row: int) -> None:
    """Wait until the other process holds the same row, read before either has marked it."""
    folder = Path(MEETING)
    (folder / f"{row}-{os.getpid()}").touch()
    until = time.monotonic() + 30
    while len(list(folder.glob(f"{row}-*"))) < 2 and time.monotonic() < until:
        time.sleep(0.01)


def carelessly() -> None:
    save = Appointment.save

    def saved_late(self, *args, **words):
        if MEETING:
            meet(self.pk)
        time.sleep(SECONDS)
        save(self, *args, **words)

    with (
        mock.patch.object(timing.transaction, "atomic", nullcontext),
        mock.patch.object(standing, "stand", reading.standing_of),
        mock.patch.object(Appointment, "save", saved_late),
        # Two who write the same row at once also meet errors; here the doubles count.
        suppress(timing.NotAllDone),
    ):
        timing.keep_appointments(timezone.now())


if __name__ == "__main__":
    verb, *words = sys.argv[1:]
    {"lay": lay, "keep": keep}[verb](*map(int, words))
