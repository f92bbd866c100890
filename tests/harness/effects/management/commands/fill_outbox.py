from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from cms.core import outbox


class Command(BaseCommand):
    help = "Note so many effects that must happen, in one transaction."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("rows", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            for row in range(options["rows"]):
                outbox.put("harness.effect", str(row))
