"""What the timer calls: everything that has fallen due."""

from typing import Any

from django.utils import timezone

from cms.core import due, outbox
from cms.core.commands import ProductCommand


class Command(ProductCommand):
    help = "Do what has fallen due: deadlines, reminders, alerts, the outbox. Idempotent."

    def run(self, **options: Any) -> dict[str, Any]:
        done = due.run_all(timezone.now())
        drained = outbox.drain()
        return {**done, "outbox.done": drained.done, "outbox.failed": drained.failed}

    def failure(self, result: dict[str, Any]) -> str:
        names = ", ".join(name for name, count in result.items() if count == -1)
        return f"These did not run, the others did: {names}. See the log." if names else ""
