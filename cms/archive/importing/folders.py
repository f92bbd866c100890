"""A folder of files, with what is said of them beside: sidecars in JSON or CSV, or nothing.

`brief.pdf` may have `brief.pdf.json` or `brief.json` beside it; a folder may have a
`metadata.csv` or `metadata.json` with a line for each file, named by its path.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from cms.archive.importing.oddities import Oddities
from cms.archive.importing.records import (
    BodyRecord,
    FileRecord,
    PaperRecord,
    is_web_address,
    source_of,
)
from cms.core.values import FuzzyDate
from cms.documents.reader.plain import decoded

TABLES = ("metadata.csv", "metadata.json")
# What offices leave lying about, besides files that begin with a dot.
_DEBRIS = frozenset({"thumbs.db", "desktop.ini"})
_COLUMNS = {
    "file": ("file", "datei", "dateiname", "filename", "path", "pfad"),
    "title": ("title", "titel", "name"),
    "reference_number": ("reference_number", "reference", "aktenzeichen", "nummer"),
    "kind": ("kind", "type", "art"),
    "date": ("date", "datum"),
    "organisations": ("organisations", "organisation", "organisationen", "organizations"),
    "language": ("language", "sprache"),
    "source_id": ("source_id", "id", "kennung"),
    "web": ("web", "url"),
}
_NAMES = {name: column for column, names in _COLUMNS.items() for name in names}
_MOST = {"reference_number": 80, "kind": 255, "language": 10, "source_id": 500, "title": 2000}


@dataclass(slots=True)
class Folder:
    """What is in a folder, or ``only`` some files of it, with what is said of them beside.

    Reads all tables at once, they are small; the files one by one.
    """

    root: Path
    source: str
    oddities: Oddities
    only: frozenset[Path] = frozenset()
    _said: dict[Path, dict[str, Any]] = field(default_factory=dict)
    _sidecars: set[Path] = field(default_factory=set)

    def documents(self) -> Iterator[Path]:
        """Yield the files that may be documents, in a fixed order."""
        paths = self._paths()
        for path in paths:
            if path.name.lower() in TABLES and path.is_file():
                self._sidecars.add(path)
                self._read_table(path)
        present = {path for path in paths if self._is_document(path)}
        for path in sorted(present):
            for sidecar in (path.with_name(f"{path.name}.json"), path.with_suffix(".json")):
                if sidecar in present and sidecar != path:
                    self._sidecars.add(sidecar)
                    self._said.setdefault(path, {}).update(self._read_object(sidecar))
        yield from sorted(present - self._sidecars)
        if not self.only:
            for path in sorted(self._said.keys() - present):
                self.oddities.note(self.place(path), "a table names a file that is not there")

    def place(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()

    def identity(self, path: Path) -> str:
        """What the source calls a file: as is said beside it, else its place in the folder."""
        said = str(self._said.get(path, {}).get("source_id", "")).replace("\0", "").strip()
        return said[:500] or self.place(path)[-500:]

    def paper(self, path: Path, file: FileRecord, kind: str) -> PaperRecord:
        said = self._checked(path, self._said.get(path, {}))
        return PaperRecord(
            source=self.source,
            source_id=self.identity(path),
            title=said.get("title") or path.stem,
            reference_number=said.get("reference_number", ""),
            kind=said.get("kind") or kind,
            dated=self._date(path, said.get("date", "")),
            language=said.get("language") or "de",
            web=self._address(path, said.get("web", "")),
            directed_by=[body.source_id for body in self.bodies(path)],
            files=[file],
        )

    def bodies(self, path: Path) -> list[BodyRecord]:
        """The organisations that are named beside a file, known by their names only."""
        given = self._said.get(path, {}).get("organisations", "")
        listed = given if isinstance(given, list) else str(given).split("|")
        names = dict.fromkeys(name.strip() for name in listed if isinstance(name, str))
        made = []
        for name in filter(None, names):
            identity = f"folder://{quote(self.source)}/{name}"[:500]
            made.append(BodyRecord(source=source_of(identity), source_id=identity, name=name))
        return made

    def _paths(self) -> list[Path]:
        """Everything below the folder, or the files that are meant and what may speak of them."""
        if not self.only:
            return sorted(self.root.rglob("*"))
        meant = {self.root / name for name in TABLES}
        for path in self.only:
            meant |= {path, path.with_name(f"{path.name}.json"), path.with_suffix(".json")}
        return sorted(path for path in meant if path.exists())

    def _is_document(self, path: Path) -> bool:
        hidden = any(part.startswith(".") for part in path.relative_to(self.root).parts)
        if hidden or path.name.lower() in _DEBRIS or path in self._sidecars:
            return False
        if path.is_symlink():
            self.oddities.note(self.place(path), "a link, not followed")
            return False
        return path.is_file()

    def _read_table(self, path: Path) -> None:
        """A line for each file; paths are those from the table's own folder."""
        try:
            rows = list(self._rows(path))
        except (OSError, csv.Error) as error:
            self.oddities.note(self.place(path), "cannot be read", str(error))
            return
        for line, row in rows:
            place = f"{self.place(path)}, line {line}"
            said = _named(row) if isinstance(row, dict) else {}
            name = str(said.pop("file", "")).replace("\\", "/").replace("\0", "")
            if not name:
                self.oddities.note(place, "names no file")
            elif ".." in Path(name).parts or Path(name).is_absolute():
                self.oddities.note(place, "leads out of the folder")
            else:
                self._said[path.parent / name] = said

    def _rows(self, path: Path) -> Iterable[tuple[int, Any]]:
        text = decoded(path.read_bytes())
        if path.suffix.lower() == ".csv":
            first = text.partition("\n")[0]
            between = max(";,\t", key=first.count)
            return enumerate(csv.DictReader(io.StringIO(text), delimiter=between), 2)
        return enumerate(self._parsed(path, text, list) or [], 1)

    def _read_object(self, path: Path) -> dict[str, Any]:
        try:
            text = decoded(path.read_bytes())
        except OSError as error:
            self.oddities.note(self.place(path), "cannot be read", str(error))
            return {}
        return _named(self._parsed(path, text, dict) or {})

    def _parsed(self, path: Path, text: str, kind: type) -> Any:
        """Return the list or object in a text; anything else is told, and None."""
        try:
            found = json.loads(text)
        except (ValueError, RecursionError) as error:
            self.oddities.note(self.place(path), "broken JSON", str(error))
            return None
        if isinstance(found, kind):
            return found
        self.oddities.note(self.place(path), "no object" if kind is dict else "no list")
        return None

    def _checked(self, path: Path, said: dict[str, Any]) -> dict[str, str]:
        """What is said, as texts that fit; what does not is told."""
        texts = {}
        for name, value in said.items():
            if name == "organisations" or value is None:
                continue
            text = " ".join(str(value).replace("\0", "").split())
            text = text.encode("utf-8", "replace").decode("utf-8")
            if len(text) > _MOST.get(name, 1000):
                self.oddities.note(self.place(path), f"{name} is cut")
            texts[name] = text[: _MOST.get(name, 1000)]
        return texts

    def _date(self, path: Path, text: str) -> FuzzyDate:
        try:
            return FuzzyDate.parse(text)
        except ValueError:
            self.oddities.note(self.place(path), "broken date", text[:40])
            return FuzzyDate.UNKNOWN

    def _address(self, path: Path, text: str) -> str:
        if not text or is_web_address(text):
            return text
        self.oddities.note(self.place(path), "web is no web address", text[:80])
        return ""


def _named(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Give columns the names they have here; the first of two that mean the same counts."""
    found: dict[str, Any] = {}
    for name, value in row.items():
        column = _NAMES.get(str(name).strip().lower().replace(" ", "_"))
        if column and value not in (None, ""):
            found.setdefault(column, value)
    return found
