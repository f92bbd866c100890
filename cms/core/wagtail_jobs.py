"""Wagtail's own background jobs (search index, references), handed to the outbox."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from django_tasks.utils import normalize_json

from cms.core import outbox
from cms.core.models import OutboxRow

KIND = "core.wagtail_job"


class OutboxBackend(BaseTaskBackend):
    """A django-tasks backend without results: a job is an outbox row."""

    supports_defer = True

    def enqueue(self, task: Task, args: Any, kwargs: Any) -> TaskResult:
        self.validate_task(task)
        name = get_random_string(32)
        payload = {
            "task": task.module_path,
            "args": normalize_json(list(args)),
            "kwargs": normalize_json(dict(kwargs)),
        }
        outbox.put(KIND, name, payload, due_at=task.run_after)
        return TaskResult(
            task=task, id=name, status=TaskResultStatus.READY, enqueued_at=timezone.now(),
            started_at=None, finished_at=None, last_attempted_at=None, args=payload["args"],
            kwargs=payload["kwargs"], backend=self.alias, errors=[], worker_ids=[],
        )  # fmt: skip


@outbox.handler(KIND, batch_size=20, housekeeping=True)
def run_jobs(rows: Sequence[OutboxRow]) -> None:
    for row in rows:
        task: Task = import_string(row.payload["task"])
        # The object may have gone since: then there is nothing left to index.
        with suppress(ObjectDoesNotExist):
            task.func(*row.payload["args"], **row.payload["kwargs"])
