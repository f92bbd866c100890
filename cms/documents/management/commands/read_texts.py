"""Have files read once more whose text could not be read when they came in."""

from typing import Any

from django.core.management.base import CommandParser

from cms.core.commands import ProductCommand
from cms.documents.extraction import request_text
from cms.documents.models import File

_UNREAD = (File.TextState.SCAN, File.TextState.TOO_LARGE, File.TextState.FAILED)


class Command(ProductCommand):
    help = (
        "Have files without readable text read again: scans after tesseract was installed, "
        "others after an update. The worker does it; what fails again stays as it was."
    )
    writes = True

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--state", action="append", choices=[state.value for state in _UNREAD],
            help="Only files in this state; can be given several times.",
        )  # fmt: skip

    def run(self, **options: Any) -> dict[str, Any]:
        states = options["state"] or [state.value for state in _UNREAD]
        counted = dict.fromkeys(states, 0)
        for file in File.objects.filter(text_state__in=states).iterator():
            counted[file.text_state] += 1
            if not options["dry_run"]:
                request_text(file)
        return {"noted": sum(counted.values()), "states": counted}

    def say(self, result: dict[str, Any]) -> None:
        for state, number in result["states"].items():
            self.stdout.write(f"{File.TextState(state).label}: {number}")
        self.stdout.write(f"{result['noted']} files are noted to be read by the worker")
