"""Sealed heads: the signed root of the tree over all entries, laid down outside.

They lie in `heads.jsonl` in settings.TRAIL_HEADS_DIR, one JSON object per line,
only ever appended to. A line also carries the hashes of the entries since the
line before, so that the first entry that differs can be named.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from django.conf import settings

from cms.core.digests import canonical_json, sha256
from cms.core.trail import keys

SIGNED = ("size", "root", "at", "previous", "key")


class BadHeads(Exception):
    """What lies in the file is no heads of ours; the message says which line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """`size` entries have the root `root`; `previous` is the digest of the head before.

    `hashes` are those of the entries since the head before; empty where only
    the head itself was kept, as in a letter. They need no signature: they give
    the root, or they are not the entries.
    """

    size: int
    root: str
    at: str
    previous: str
    key: str
    signature: str = ""
    hashes: list[str] = field(default_factory=list)

    @classmethod
    def from_line(cls, line: str) -> Self:
        return cls(**json.loads(line))

    @property
    def message(self) -> bytes:
        """What is signed."""
        return canonical_json({name: getattr(self, name) for name in SIGNED})

    @property
    def digest(self) -> str:
        return sha256(self.message)

    @property
    def sealed_at(self) -> datetime:
        return datetime.fromisoformat(self.at)

    def signed(self) -> Self:
        return replace(self, signature=keys.sign(self.message))

    def is_signed(self) -> bool:
        return keys.is_signed_by(self.key, self.signature, self.message)

    def for_a_letter(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in (*SIGNED, "signature")}


def path() -> Path:
    return Path(settings.TRAIL_HEADS_DIR) / "heads.jsonl"


def laid_down(source: Path | None = None) -> list[Head]:
    """Read all heads, oldest first: ours, or those that somebody kept in `source`.

    Raises BadHeads for anything that cannot be a head.
    """
    if source is None:
        source = path()
        # A last line without an end was never finished.
        text = source.read_text(encoding="utf-8") if source.exists() else ""
        text = text[: text.rfind("\n") + 1]
    else:
        text = source.read_text(encoding="utf-8")
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            found.append(Head.from_line(line))
        except (ValueError, TypeError) as error:
            raise BadHeads(f"{source}, line {number}: {error}") from error
    return found


@contextmanager
def sealing_lock() -> Iterator[bool]:
    """Hold the right to lay heads down; False when another process has it."""
    path().parent.mkdir(parents=True, exist_ok=True)
    with (path().parent / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def lay_down(head: Head) -> None:
    """Append a head and wait until it is on the disk. The caller holds the lock."""
    line = canonical_json(asdict(head)) + b"\n"
    with path().open("ab") as file:
        file.truncate(_end_of_the_last_whole_line(path()))
        file.write(line)
        file.flush()
        os.fsync(file.fileno())


def _end_of_the_last_whole_line(file: Path) -> int:
    return file.read_bytes().rfind(b"\n") + 1
