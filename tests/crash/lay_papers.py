"""A process that lays what will fall due: `python -m tests.crash.lay_papers PAPERS ENTRIES`.

Each paper was submitted a month ago by the real action. To its reviewer and their
deputy a letter each is owed on the opening and on a reminder, and one to the deputy on
the escalation. The appointments fall due one after the other from now on, as if it
were their day, while the kills go on.
"""

import sys
from datetime import timedelta

import django

django.setup()

import time_machine  # noqa: E402
from django.utils import timezone  # noqa: E402

from cms.accounts.roles import Role  # noqa: E402
from cms.core import outbox  # noqa: E402
from tests.people import account, alma, bruno  # noqa: E402
from tests.stand_ins import journeys  # noqa: E402
from tests.workflow.clock import TIMED  # noqa: E402
from workflow import actions  # noqa: E402
from workflow.models import Appointment  # noqa: E402

SECONDS_APART = 0.01
STAGE = {**TIMED, "remind": [1], "escalate": [{"after": 0, "to": "deputies"}]}


def lay(papers: int, entries: int) -> None:
    journeys.route(STAGE, key="paper")
    deputy = account("Dora Dorn", Role.MEMBERS)
    with time_machine.travel(timezone.now() - timedelta(days=30)):
        actions.appoint_deputy(
            principal=bruno(), deputy=deputy, by=bruno(), may_sign=True,
            starts=timezone.localdate(), ends=timezone.localdate() + timedelta(days=60),
        )  # fmt: skip
        for _ in range(papers):
            actions.submit(subject=journeys.paper(), by=alma())
    for number in range(entries):
        outbox.put("harness.entry", str(number))
    fall_due_one_after_the_other()


def fall_due_one_after_the_other() -> None:
    appointments = list(Appointment.objects.order_by("pk"))
    for place, appointment in enumerate(appointments):
        appointment.due_at = timezone.now() + timedelta(seconds=SECONDS_APART * place)
    Appointment.objects.bulk_update(appointments, ["due_at"], batch_size=200)


if __name__ == "__main__":
    lay(int(sys.argv[1]), int(sys.argv[2]))
