"""Bring in a folder of files as archive documents."""

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction

from cms.archive.importing.command import ImportCommand
from cms.archive.importing.folders import Folder
from cms.archive.importing.keeping import keep
from cms.archive.importing.oddities import Unusable
from cms.core import outbox
from cms.core.commands import WrongCall
from cms.documents import extraction

# Files that are stored in one transaction: a server that waits to write waits for these.
_TOGETHER = 20


class Command(ImportCommand):
    help = (
        "Bring in the files below folders as archive documents: PDF, Word, Excel, PowerPoint, "
        "OpenDocument, HTML, text, CSV. What is known of them may stand beside: in file.pdf.json, "
        "file.json, or a metadata.csv or metadata.json of the folder. Run it again to go on, or to "
        "bring in what has changed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("paths", nargs="+", type=Path, metavar="FOLDER")
        parser.add_argument("--kind", default="", help="What they are, where nothing says so.")
        parser.add_argument(
            "--source", default="", help="What names the source; else the folder's name."
        )

    def bring_in(self, **options: Any) -> dict[str, Any]:
        seen = 0
        for path in options["paths"]:
            if not path.is_dir():
                raise WrongCall(f"There is no folder {path}.")
            source = (options["source"] or path.resolve().name)[:120]
            folder = Folder(path, source, self.oddities)
            documents = folder.documents()
            while some := list(islice(documents, _TOGETHER)):
                self.take_all(folder, some, options["kind"])
                seen += len(some)
                self.progress(f"{path.name}: {seen} files, {self.store.changes} written")
        return {"files": seen}

    def take_all(self, folder: Folder, paths: Iterable[Path], kind: str) -> None:
        """Store files with their papers, all or none of them."""
        with transaction.atomic():
            for path in paths:
                self.take(folder, path, kind)
            self.store.flush()

    def take(self, folder: Folder, path: Path, kind: str) -> None:
        known = (folder.source, folder.identity(path))
        try:
            file = keep(path, *known, dry_run=self.store.dry_run)
        except Unusable as reason:
            self.oddities.note(folder.place(path), str(reason))
            return
        except OSError as error:
            self.oddities.note(folder.place(path), "cannot be read", str(error))
            return
        for body in folder.bodies(path):
            self.store.take(body)
        self.store.take(folder.paper(path, file, kind))

    def rebuild(self) -> int:
        """Read the texts first, which the worker would do otherwise."""
        read = 0
        while (drained := outbox.drain(limit=20, kinds=[extraction.KIND])).done:
            read += drained.done
            self.progress(f"reading texts: {read} files")
        return super().rebuild()
