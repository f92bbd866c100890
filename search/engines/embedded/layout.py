"""The folder of the embedded index: generations, the pointer to one, the lock.

    search/current            the name of the generation that answers
    search/writer.lock        held by the one writer, an OS lock that dies with it
    search/hosts/<name>       when a host last opened the index: there should be one
    search/g-<time>-<pid>/    manifest.json, lexicon.tsv, papers/, passages/, vocabulary/
    search/g-…/touched        while it is being built: what changed meanwhile

Local disks only: locks and memory maps do not work over network file systems.
"""

import contextlib
import fcntl
import json
import os
import shutil
import socket
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from search.engines.embedded import schema
from search.engines.manifest import Manifest
from search.errors import EngineBusy
from search.german import Lexicon
from search.german.abbreviations import LongForms

_RETRY_SECONDS = 0.05
_HOSTS = "hosts"
_HOST_SECONDS = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Generation:
    """One index on disk."""

    path: Path

    @property
    def papers(self) -> str:
        return str(self.path / "papers")

    @property
    def passages(self) -> str:
        return str(self.path / "passages")

    @property
    def vocabulary(self) -> str:
        return str(self.path / "vocabulary")

    @property
    def lexicon_file(self) -> Path:
        return self.path / "lexicon.tsv"

    @property
    def touched_file(self) -> Path:
        return self.path / "touched"

    def committed(self) -> list[bytes]:
        """What each index was at its last commit: its list of segments, put in place as a whole."""
        parts = (self.papers, self.passages, self.vocabulary)
        return [Path(part, "meta.json").read_bytes() for part in parts]

    def create(self, lexicon: Lexicon) -> None:
        schema.create(self.papers, schema.papers())
        schema.create(self.passages, schema.passages())
        schema.create(self.vocabulary, schema.vocabulary())
        self.lexicon_file.write_text(lexicon.as_text(), encoding="utf-8")
        manifest = json.dumps(Manifest.of_today(schema.VERSION, lexicon).stored(), indent=1)
        (self.path / "manifest.json").write_text(manifest, encoding="utf-8")

    def manifest(self) -> Manifest:
        """Read the manifest. Raises EngineOutdated when its fields are not ours."""
        text = (self.path / "manifest.json").read_text(encoding="utf-8")
        return Manifest.of_stored(json.loads(text), schema.VERSION)

    def note_touched(self, keys: Mapping[str, int]) -> None:
        """Note what is written elsewhere while this generation is being built."""
        with self.touched_file.open("a", encoding="utf-8") as file:
            file.writelines(f"{json.dumps([key, version])}\n" for key, version in keys.items())

    def touched(self) -> dict[str, int]:
        lines = self.touched_file.read_text(encoding="utf-8").splitlines()
        return dict(json.loads(line) for line in lines)

    def lexicon(self) -> Lexicon:
        return Lexicon.of_text(self.lexicon_file.read_text(encoding="utf-8"))

    def learn(self, abbreviations: Mapping[str, LongForms]) -> bool:
        """Write the lexicon with other abbreviations; return whether they are others."""
        before = self.lexicon_file.read_text(encoding="utf-8")
        after = replace(Lexicon.of_text(before), abbreviations=abbreviations).as_text()
        if after == before:
            return False
        put_in_place(self.lexicon_file, after)
        return True


def put_in_place(path: Path, text: str) -> None:
    """Write a file in one step that a crash cannot halve."""
    fresh = path.with_suffix(".new")
    with fresh.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


class Layout:
    def __init__(self, root: str | Path) -> None:
        self.root = Path(root)
        self._pointer = self.root / "current"

    def current(self) -> Generation | None:
        """The generation that answers; None before the first write."""
        try:
            name = self._pointer.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        return Generation(self.root / name)

    def new(self) -> Generation:
        self.root.mkdir(parents=True, exist_ok=True)
        name = f"g-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}-{time.monotonic_ns() % 10**6}"
        path = self.root / name
        path.mkdir()
        return Generation(path)

    def point_to(self, generation: Generation) -> None:
        """Put a generation in place, in one step that a crash cannot halve."""
        put_in_place(self._pointer, generation.path.name)

    def remove_strays(self, *, except_for: Iterable[Generation] = ()) -> None:
        """Remove what no pointer leads to: old generations, half-built ones."""
        kept = {generation.path.name for generation in except_for}
        if current := self.current():
            kept.add(current.path.name)
        for path in self.root.glob("g-*"):
            if path.name not in kept:
                shutil.rmtree(path, ignore_errors=True)

    def note_host(self) -> None:
        """Note that this host uses the folder; where nothing can be written, nothing is noted."""
        with contextlib.suppress(OSError):
            (self.root / _HOSTS).mkdir(parents=True, exist_ok=True)
            (self.root / _HOSTS / socket.gethostname()).touch()

    def other_hosts(self) -> list[str]:
        """The other hosts that have used the folder of late."""
        try:
            noted = {file.name: file.stat().st_mtime for file in (self.root / _HOSTS).iterdir()}
        except OSError:
            return []
        recent = {name for name, at in noted.items() if at > time.time() - _HOST_SECONDS}
        return sorted(recent - {socket.gethostname()})

    def being_built(self) -> list[Generation]:
        return [Generation(file.parent) for file in self.root.glob("g-*/touched")]

    @contextlib.contextmanager
    def locked(self, name: str = "writer.lock", *, wait_seconds: float) -> Iterator[None]:
        """Hold the lock; raise EngineBusy when it is not free in time.

        An OS lock: it is free again the moment its process ends, however it ends.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        deadline = time.monotonic() + wait_seconds
        with (self.root / name).open("a") as file:
            while True:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except OSError:
                    if time.monotonic() >= deadline:
                        raise EngineBusy(f"{self.root}: somebody else is writing") from None
                time.sleep(_RETRY_SECONDS)
            try:
                yield
            finally:
                fcntl.flock(file, fcntl.LOCK_UN)
