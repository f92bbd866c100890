"""The manners of our management commands.

Result on stdout (with --json exactly one object), logs on stderr; exit code 0
done, 1 failed, 2 wrong call.
"""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.json import DjangoJSONEncoder


class Failed(CommandError):
    """The work could not be done; exit code 1."""


class WrongCall(CommandError):
    """The command was called wrongly; exit code 2."""

    def __init__(self, message: str) -> None:
        super().__init__(message, returncode=2)


class ProductCommand(BaseCommand):
    """Base of every command of ours. Subclasses implement `run` and `say`."""

    writes = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="One JSON object on stdout.")
        if self.writes:
            parser.add_argument(
                "--dry-run", action="store_true", help="Say what would be done, change nothing."
            )

    def handle(self, *args: Any, **options: Any) -> None:
        result = self.run(**options)
        if options["json"]:
            self.stdout.write(json.dumps(result, cls=DjangoJSONEncoder, ensure_ascii=False))
        else:
            self.say(result)
        if failure := self.failure(result):
            raise Failed(failure)

    def run(self, **options: Any) -> dict[str, Any]:
        """Do the work and return its result as plain values."""
        raise AssertionError("A command must say what it does.")

    def say(self, result: dict[str, Any]) -> None:
        """Tell a person the result; by default one line per value."""
        for key, value in result.items():
            self.stdout.write(f"{key}: {value}")

    def failure(self, result: dict[str, Any]) -> str:
        """Return why a finished run counts as failed (exit code 1), or nothing."""
        return ""

    def progress(self, text: str) -> None:
        """Show progress on stderr, on a terminal only."""
        if sys.stderr.isatty():
            self.stderr.write(f"\r\x1b[K{text}", ending="")
            self.stderr.flush()
