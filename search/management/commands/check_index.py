"""Compare the search index with the database."""

from typing import Any

from django.core.management.base import CommandParser

from cms.core.commands import Failed, ProductCommand
from search import rebuilding
from search.errors import SearchError


class Command(ProductCommand):
    help = "Compare the search index with the database; --repair has differences written again."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--repair", action="store_true", help="Write what differs again.")

    def run(self, **options: Any) -> dict[str, Any]:
        try:
            drift = rebuilding.compare()
        except SearchError as error:
            raise Failed(f"The index cannot be compared: {error}") from error
        if options["repair"]:
            rebuilding.repair(drift)
        return {
            "missing": drift.missing,
            "outdated": drift.outdated,
            "surplus": drift.surplus,
            "repaired": len(drift.keys) if options["repair"] else 0,
        }

    def say(self, result: dict[str, Any]) -> None:
        for what in ("missing", "outdated", "surplus"):
            self.stdout.write(f"{what}: {len(result[what])}")
            for key in result[what]:
                self.stdout.write(f"  {key}")
        if result["repaired"]:
            self.stdout.write(f"{result['repaired']} entries are noted to be written again")

    def failure(self, result: dict[str, Any]) -> str:
        differs = result["missing"] or result["outdated"] or result["surplus"]
        if differs and not result["repaired"]:
            return "The index differs from the database; --repair mends it."
        return ""
