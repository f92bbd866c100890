from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils import timezone

from cms.core import outbox
from tests.harness.effects.models import Deadline

MIXED = ("harness.letter", "harness.entry", "deadline")
# Deadlines fall due one after the other, while the kills go on.
SECONDS_APART = 0.002


class Command(BaseCommand):
    help = "Note so many effects that must happen, in one transaction."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("rows", type=int)
        parser.add_argument("--mixed", action="store_true", help="letters, entries and deadlines")

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            for row in range(options["rows"]):
                kind = MIXED[row % len(MIXED)] if options["mixed"] else "harness.effect"
                if kind == "deadline":
                    later = timedelta(seconds=SECONDS_APART * row)
                    Deadline.objects.create(due_at=timezone.now() + later)
                else:
                    outbox.put(kind, str(row))
