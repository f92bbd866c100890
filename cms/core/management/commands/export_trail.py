"""The trail for somebody who wants to check it without us."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from cms.core.commands import ProductCommand, WrongCall
from cms.core.models import TrailEntry
from cms.core.trail import export


class Command(ProductCommand):
    help = (
        "Write the trail and its sealed heads as JSON lines. To check them, on any machine: "
        "python cms/core/trail_verifier/verify_trail_export.py DEST"
    )
    writes = True

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("dest", type=Path, metavar="DEST", help="An empty or new folder.")
        parser.add_argument(
            "--without-names", action="store_true", help="Leave out who acted; the rest holds."
        )
        parser.add_argument(
            "--only", type=int, metavar="NUMBER",
            help="Only this entry, with the proof that it belongs to the sealed trail.",
        )  # fmt: skip

    def run(self, **options: Any) -> dict[str, Any]:
        folder: Path = options["dest"]
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise WrongCall(f"{folder} is not an empty folder.")
        if options["dry_run"]:
            return {"dest": str(folder), "entries": TrailEntry.objects.count()}
        with_names, only = not options["without_names"], options["only"]
        try:
            if only is None:
                counts = export.write_all(folder, with_names=with_names)
            else:
                counts = export.write_proof(folder, only, with_names=with_names)
        except LookupError as error:
            raise WrongCall(f"Entry {only} does not exist or is not sealed yet.") from error
        return {"dest": str(folder), **counts}
