"""Build the search index anew while the old one answers."""

from typing import Any

from cms.core.commands import Failed, ProductCommand
from search import rebuilding
from search.errors import SearchError


class Command(ProductCommand):
    help = "Build the search index anew; the old one answers until the new one is complete."
    writes = True

    def run(self, **options: Any) -> dict[str, Any]:
        if options["dry_run"]:
            return {"entries": rebuilding.count(), "unread": [], "dry_run": True}
        try:
            result = rebuilding.rebuild(self.progress)
        except SearchError as error:
            raise Failed(f"The index was not rebuilt: {error}") from error
        return {"entries": result.entries, "unread": result.unread, "dry_run": False}

    def say(self, result: dict[str, Any]) -> None:
        self.progress("")
        verb = "would be indexed" if result["dry_run"] else "indexed"
        self.stdout.write(f"{result['entries']} entries {verb}")
        for key in result["unread"]:
            self.stdout.write(f"could not be read: {key} (see the log)")
