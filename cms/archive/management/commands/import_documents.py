"""Bring in files, or all files of a folder, as archive documents."""

from collections import defaultdict
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
from cms.archive.models import ArchivePaper
from cms.core import outbox
from cms.core.commands import WrongCall
from cms.documents import extraction

# Files that are stored in one transaction: a server that waits to write waits for these.
_TOGETHER = 20
# Who names a wrong folder need not read all of an archive.
_MOST_TOLD = 50


class Command(ImportCommand):
    help = (
        "Bring in files, and the files below folders, as archive documents: PDF, Word, Excel, "
        "PowerPoint, OpenDocument, HTML, text, CSV. What is known of them may stand beside: in "
        "file.pdf.json, file.json, or a metadata.csv or metadata.json of the folder. Run it again "
        "to go on, or to bring in what has changed. What has gone from a folder is told; it stays "
        "in the archive."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument("--kind", default="", help="What they are, where nothing says so.")
        parser.add_argument(
            "--source",
            default="",
            help="What names the source; else the name of the folder, of a single file's as well.",
        )

    def bring_in(self, **options: Any) -> dict[str, Any]:
        self.seen: dict[str, set[str]] = {}
        files = 0
        for folder in self.folders(options["paths"], options["source"]):
            if not folder.only:
                # Only who has seen all of a folder knows what has gone from it.
                self.seen.setdefault(folder.source, set())
            documents = folder.documents()
            while some := list(islice(documents, _TOGETHER)):
                self.take_all(folder, some, options["kind"])
                files += len(some)
                self.progress(f"{folder.root.name}: {files} files, {self.store.changes} written")
        self.store.flush()
        return {"files": files, "gone": sum(map(self.tell_gone, sorted(self.seen)))}

    def folders(self, paths: Iterable[Path], source: str) -> list[Folder]:
        """Return the folders, and for single files their folder with only these in it."""
        single: dict[Path, set[Path]] = defaultdict(set)
        whole = []
        for path in paths:
            if path.is_dir():
                whole.append(path)
            elif path.exists():
                single[path.parent].add(path)
            else:
                raise WrongCall(f"There is no file or folder {path}.")
        made = [(root, frozenset[Path]()) for root in whole]
        made += [(root, frozenset(files)) for root, files in single.items()]
        return [
            Folder(root, (source or root.resolve().name)[:120], self.oddities, only)
            for root, only in made
        ]

    def tell_gone(self, source: str) -> int:
        """Tell the papers of a source that are in the archive and in the folder no more."""
        held = ArchivePaper.objects.filter(source=source).order_by("source_id")
        gone = [
            one
            for one in held.values_list("source_id", flat=True).iterator()
            if one not in self.seen[source]
        ]
        for one in gone[:_MOST_TOLD]:
            self.tell(one, "no longer in the folder, stays in the archive")
        return len(gone)

    def say(self, result: dict[str, Any]) -> None:
        super().say(result)
        if result["gone"]:
            self.stdout.write(f"gone: {result['gone']} papers are no longer in the folder and stay")

    def take_all(self, folder: Folder, paths: Iterable[Path], kind: str) -> None:
        """Store files with their papers, all or none of them."""
        with transaction.atomic():
            for path in paths:
                self.take(folder, path, kind)
            self.store.flush()

    def take(self, folder: Folder, path: Path, kind: str) -> None:
        known = (folder.source, folder.identity(path))
        if folder.source in self.seen:
            self.seen[folder.source].add(known[1])
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
