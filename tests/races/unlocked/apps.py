"""Takes the workflow's locks away, and holds everybody between reading and writing."""

import time
from typing import Any

from django.apps import AppConfig
from django.db import models

SECONDS = 0.05


class UnlockedConfig(AppConfig):
    name = "tests.races.unlocked"
    label = "unlocked"

    def ready(self) -> None:
        from workflow.actions import standing

        # Set on the class: the trail's own lock goes as well, or it would stand in.
        models.QuerySet.select_for_update = lambda query, *args, **kwargs: query.all()
        standing.lock_subject = lambda subject: None
        standing.stand = _slowly(standing.stand)


def _slowly(stand: Any) -> Any:
    def stand_still(*args: Any, **kwargs: Any) -> Any:
        standing = stand(*args, **kwargs)
        time.sleep(SECONDS)
        return standing

    return stand_still
