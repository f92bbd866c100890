"""Takes the workflow's locks away, and holds everybody between reading and writing."""

import time
from typing import Any

from django.apps import AppConfig
from django.db import models

SECONDS = 0.1
OURS = ("workflow", "wagtailcore")


class UnlockedConfig(AppConfig):
    name = "tests.races.unlocked"
    label = "unlocked"

    def ready(self) -> None:
        from workflow.actions import standing

        models.QuerySet.select_for_update = _unlocked(models.QuerySet.select_for_update)
        standing.lock_subject = lambda subject: None
        standing.stand = _slowly(standing.stand)


def _unlocked(lock: Any) -> Any:
    """Take no lock on papers and journeys; the trail and the outbox keep their own."""

    def select(query: Any, *args: Any, **kwargs: Any) -> Any:
        is_ours = query.model._meta.app_label in OURS
        return query.all() if is_ours else lock(query, *args, **kwargs)

    return select


def _slowly(stand: Any) -> Any:
    def stand_still(*args: Any, **kwargs: Any) -> Any:
        standing = stand(*args, **kwargs)
        time.sleep(SECONDS)
        return standing

    return stand_still
