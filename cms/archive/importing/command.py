"""What the two import commands have in common: for whom, how far, what was odd, is it found."""

from abc import abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from cms.archive.importing.oddities import Oddities
from cms.archive.importing.storing import Meant, Store
from cms.core.commands import Failed, ProductCommand, WrongCall
from cms.core.papers import Audience
from cms.networks.models import Organisation
from search import indexing, rebuilding
from search.errors import SearchError

_AUDIENCES = [Audience.PUBLIC, Audience.MEMBERS, Audience.OFFICE]
# From here on it pays to build the index anew: it learns the archive's own words.
_MANY = 500


class ImportCommand(ProductCommand):
    writes = True
    store: Store
    oddities: Oddities

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--audience", choices=_AUDIENCES, default=Audience.PUBLIC)
        parser.add_argument(
            "--network", default="", help="Key of the network whose members may read it."
        )
        parser.add_argument(
            "--rebuild", action="store_true", help="Build the search index anew afterwards."
        )
        parser.add_argument(
            "--strict", action="store_true", help="End with exit code 1 if something was odd."
        )

    @abstractmethod
    def bring_in(self, **options: Any) -> dict[str, Any]:
        """Read what there is and give it to the store; return what to report besides."""

    def run(self, **options: Any) -> dict[str, Any]:
        self.strict = options["strict"]
        self.oddities = Oddities(self.tell)
        self.store = Store(_meant(options), dry_run=options["dry_run"])
        more = self.bring_in(**options)
        self.store.flush()
        self.progress("")
        found = {
            "dry_run": options["dry_run"],
            **{name: dict(counts) for name, counts in self.store.counts.items()},
            **more,
            "odd": dict(self.oddities.counts),
        }
        if options["rebuild"] and not options["dry_run"]:
            found["indexed"] = self.rebuild()
        return found

    def rebuild(self) -> int:
        """Build the index anew and settle the rows whose work that was."""
        rows = indexing.waiting()
        try:
            built = rebuilding.rebuild(self.progress)
        except SearchError as error:
            raise Failed(f"All is imported, but the index was not rebuilt: {error}") from error
        indexing.settle(rows)
        self.progress("")
        return built.entries

    def say(self, result: dict[str, Any]) -> None:
        would = "would be " if result["dry_run"] else ""
        for name in self.store.counts:
            counts = ", ".join(f"{number} {what}" for what, number in result[name].items())
            self.stdout.write(f"{name}: {would}{counts or 'none'}")
        for kind, number in result.get("left_out", {}).items():
            self.stdout.write(f"{kind}: {number} left out, no record is made of this kind")
        for reason, number in result["odd"].items():
            self.stdout.write(f"odd: {number} times {reason}")
        if "indexed" in result:
            self.stdout.write(f"{result['indexed']} entries indexed")
        elif not result["dry_run"] and self.store.changes >= _MANY:
            self.stdout.write(
                "The worker brings them into the index. After an import of this size call "
                "rebuild_index as well: it learns the words of the new papers."
            )

    def failure(self, result: dict[str, Any]) -> str:
        if self.strict and self.oddities.total:
            return f"{self.oddities.total} things were odd; everything else is imported."
        return ""

    def files(self, find: Callable[[list[Path]], list[Path]], paths: list[Path]) -> list[Path]:
        try:
            return find(paths)
        except FileNotFoundError as error:
            raise WrongCall(f"There is no {error}.") from error

    def tell(self, place: str, reason: str) -> None:
        self.progress("")
        self.stderr.write(f"{place}: {reason}")


def _meant(options: dict[str, Any]) -> Meant:
    audience, key = options["audience"], options["network"]
    if (audience == Audience.MEMBERS) != bool(key):
        raise WrongCall("--audience members and --network KEY belong together.")
    if not key:
        return Meant(audience)
    network = Organisation.objects.networks().filter(key=key).first()
    if network is None:
        raise WrongCall(f"There is no network {key}.")
    return Meant(audience, network.pk)
