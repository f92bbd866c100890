"""Bring in papers, meetings and organisations of another archive, from OParl 1.1 files."""

from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from cms.archive.importing import jsonfiles, oparl
from cms.archive.importing.command import ImportCommand
from cms.archive.importing.oddities import Unusable


class Command(ImportCommand):
    help = (
        "Bring in OParl 1.1 objects (Paper, Meeting, Organization) from JSON files: single "
        "objects, lists or lines, plain or gzipped, or folders of these. Run it again to go on, "
        "or to bring in what has changed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")

    def bring_in(self, **options: Any) -> dict[str, Any]:
        left_out: Counter[str] = Counter()
        files = self.files(jsonfiles.files_below, options["paths"])
        for path in files:
            for read, one in enumerate(jsonfiles.objects_in(path), 1):
                if isinstance(one, jsonfiles.Broken):
                    self.oddities.note(one.place, one.reason)
                elif kind := self.take(one):
                    left_out[kind] += 1
                if read % 100 == 0:
                    self.progress(f"{path.name}: {read} objects, {self.store.changes} written")
        return {"files": len(files), "left_out": dict(left_out)}

    def take(self, found: jsonfiles.Found) -> str:
        """Store one object; return its kind where no record is made of that kind."""

        def note(reason: str, detail: str) -> None:
            self.oddities.note(found.place, reason, detail)

        try:
            kind = oparl.kind_of(found.value)
            if kind in oparl.LEFT_OUT:
                return kind
            self.store.take(oparl.record_of(kind, found.value, note))
        except Unusable as reason:
            note(str(reason), "")
        return ""
