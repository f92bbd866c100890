"""The negative control: with HARNESS_UNLOCKED=1 appointments are kept without lock and transaction.

The outbox loses its claims by the same switch, in tests/harness/effects.
"""

import time
from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any

from django.apps import AppConfig
from django.db import models

# Between reading an appointment and marking it, so that two timers hold it at once.
SECONDS = 0.3


class CarelessConfig(AppConfig):
    name = "tests.crash"
    label = "careless"

    def ready(self) -> None:
        from tests.harness.effects.handler import UNLOCKED

        if not UNLOCKED:
            return
        from workflow import reading
        from workflow.actions import standing, timing
        from workflow.models import Appointment

        timing.transaction = SimpleNamespace(atomic=nullcontext)
        standing.stand = reading.standing_of
        lock = models.QuerySet.select_for_update
        save = Appointment.save

        def unlocked(query: Any, *args: Any, **kwargs: Any) -> Any:
            return query.all() if query.model is Appointment else lock(query, *args, **kwargs)

        def saved_late(appointment: Any, *args: Any, **kwargs: Any) -> None:
            time.sleep(SECONDS)
            save(appointment, *args, **kwargs)

        models.QuerySet.select_for_update = unlocked
        Appointment.save = saved_late
