"""Guards that a control can take away, each by its name, while the site runs.

What is off stands in a file of the site's folder, which every process looks for at
each call. Without the file every guard is the real one: one site serves the races
and their controls.
"""

import json
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db import models
from django.db.backends.sqlite3.base import DatabaseWrapper as SQLite
from django.db.models.signals import pre_save

FILE = "off.json"
# Between reading and writing, so that both sides of a race have read.
SECONDS = 0.1
LATE_SECONDS = 0.8
OURS = ("workflow", "wagtailcore")


class Guard(StrEnum):
    """What stands between two people who act at once."""

    # On SQLite the lock is the transaction that begins as a writer.
    LOCKS = "locks"
    # Who decides has seen the present text.
    DIGEST = "digest"
    # Wagtail's workflow is not cancelled past its journey, neither by a form nor by code.
    CANCELLING = "cancelling"
    # A paper whose workflow has ended is not agreed on.
    SHELL = "shell"
    # No guards, but a way to have both sides meet: what was read is written late.
    PROMPT_VOTE = "prompt vote"
    PROMPT_WITHDRAWAL = "prompt withdrawal"


@contextmanager
def without(folder: Path, guards: Iterable[Guard]) -> Iterator[None]:
    """Take guards away from the site in a folder for as long as the block lasts."""
    file = folder / FILE
    file.write_text(json.dumps(list(guards)))
    try:
        yield
    finally:
        file.unlink()


class UnguardedConfig(AppConfig):
    name = "tests.races.unguarded"
    label = "unguarded"

    def ready(self) -> None:
        from wagtail.models import WorkflowState

        from workflow import guards, wagtail_hooks
        from workflow.actions import deciding, progress, standing, withdrawal

        _without(Guard.LOCKS, models.QuerySet, "select_for_update", _unlocked)
        _without(Guard.LOCKS, SQLite, "_start_transaction_under_autocommit", _as_reader)
        _without(Guard.LOCKS, standing, "lock_subject", _nothing)
        _without(Guard.LOCKS, standing, "stand", _then_pause)
        _without(Guard.DIGEST, deciding, "refusal_to_decide", _as_if_seen)
        _without(Guard.SHELL, progress, "finish_shell", _nothing)
        _without(Guard.PROMPT_VOTE, deciding, "write", _late)
        _without(Guard.PROMPT_WITHDRAWAL, withdrawal, "end_without_result", _late)
        _without(Guard.CANCELLING, wagtail_hooks, "_take_out", _nothing)
        pre_save.disconnect(guards.refuse_to_cancel_the_shell, sender=WorkflowState)
        _without(Guard.CANCELLING, guards, "refuse_to_cancel_the_shell", _nothing)
        pre_save.connect(guards.refuse_to_cancel_the_shell, sender=WorkflowState)


def _without(guard: Guard, owner: Any, name: str, other: Callable[..., Any]) -> None:
    """Have `other` called with the real function and its arguments while the guard is off."""
    real = getattr(owner, name)

    def either(*args: Any, **kwargs: Any) -> Any:
        return other(real, *args, **kwargs) if _is_off(guard) else real(*args, **kwargs)

    setattr(owner, name, either)


def _is_off(guard: Guard) -> bool:
    with suppress(FileNotFoundError):
        return guard in json.loads(Path(settings.VAR_DIR, FILE).read_text())
    return False


def _nothing(real: Any, *args: Any, **kwargs: Any) -> None:
    """Stand in for a guard."""


def _then_pause(real: Any, *args: Any, **kwargs: Any) -> Any:
    found = real(*args, **kwargs)
    time.sleep(SECONDS)
    return found


def _late(real: Any, *args: Any, **kwargs: Any) -> Any:
    time.sleep(LATE_SECONDS)
    return real(*args, **kwargs)


def _unlocked(real: Any, query: Any, *args: Any, **kwargs: Any) -> Any:
    """Take no lock on papers and journeys; the trail and the outbox keep their own."""
    is_ours = query.model._meta.app_label in OURS
    return query.all() if is_ours else real(query, *args, **kwargs)


def _as_reader(real: Any, database: Any) -> None:
    database.cursor().execute("BEGIN")


def _as_if_seen(real: Any, situation: Any, **words: Any) -> Any:
    return real(replace(situation, seen_digest=situation.current_digest), **words)
