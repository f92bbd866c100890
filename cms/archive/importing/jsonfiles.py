"""JSON objects out of files, one by one: lists, lines or single objects, plain or gzipped.

Never holds more than one object, whatever the size of the file. A broken piece is
yielded as such, with its place, and reading goes on where it can.
"""

import gzip
import io
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, TextIO

SUFFIXES = (".json", ".jsonl", ".ndjson")
# One object, as text. The largest paper of a real council archive takes 1 MB.
LARGEST = 64_000_000
_CHUNK = 65_536
_TOO_LONG = f"an object of more than {LARGEST // 1_000_000} MB"


@dataclass(frozen=True, slots=True)
class Found:
    place: str
    value: Any


@dataclass(frozen=True, slots=True)
class Broken:
    place: str
    reason: str


def files_below(paths: list[Path]) -> list[Path]:
    """Return the files to read, those of a folder in a fixed order. Raises FileNotFoundError."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = (one for one in path.rglob("*") if one.is_file())
            found += sorted(
                one for one in inside if one.name.removesuffix(".gz").endswith(SUFFIXES)
            )
        elif path.is_file():
            found.append(path)
        else:
            raise FileNotFoundError(path)
    return found


def objects_in(path: Path) -> Iterator[Found | Broken]:
    try:
        with _opened(path) as stream:
            yield from _read(path.name, stream)
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        yield Broken(path.name, f"cannot be read to its end: {error}")


def _opened(path: Path) -> io.BufferedReader:
    plain = path.open("rb")
    if plain.peek(2)[:2] != b"\x1f\x8b":
        return plain
    return io.BufferedReader(gzip.GzipFile(fileobj=plain))


def _read(name: str, stream: io.BufferedReader) -> Iterator[Found | Broken]:
    begin = stream.peek(_CHUNK).removeprefix(b"\xef\xbb\xbf").lstrip()
    if begin.startswith(b"["):
        yield from _List(name, io.TextIOWrapper(stream, "utf-8-sig")).elements()
    elif name.removesuffix(".gz").endswith(".json") and not _is_object(begin.splitlines()[:1]):
        yield from _whole(name, stream)
    else:
        yield from _lines(name, stream)


def _is_object(lines: list[bytes]) -> bool:
    """Whether the first line of a file is complete in itself, as JSON lines are."""
    try:
        return bool(lines) and isinstance(json.loads(lines[0]), dict)
    except (ValueError, RecursionError):
        return False


def _whole(name: str, stream: BinaryIO) -> Iterator[Found | Broken]:
    """One object over many lines."""
    text = stream.read(LARGEST + 1)
    if len(text) > LARGEST:
        yield Broken(name, _TOO_LONG)
        return
    value = _parsed(text)
    if isinstance(value, Exception) and _is_object([text.partition(b"\n")[0]]):
        # Lines after all, the first one longer than what was looked at.
        yield from _lines(name, io.BytesIO(text))
    else:
        yield from _unpacked(f"{name}, line 1", value)


def _lines(name: str, stream: BinaryIO) -> Iterator[Found | Broken]:
    number = 0
    while line := stream.readline(LARGEST + 1):
        number += 1
        place = f"{name}, line {number}"
        if len(line) > LARGEST and not line.endswith(b"\n"):
            while (rest := stream.readline(_CHUNK)) and not rest.endswith(b"\n"):
                pass
            yield Broken(place, _TOO_LONG)
            continue
        line = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if not line.strip():
            continue
        yield from _unpacked(place, _parsed(line))


def _parsed(text: bytes) -> Any:
    """Return the value, or the error as a value."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        return error


def _unpacked(place: str, value: Any) -> Iterator[Found | Broken]:
    """Yield an object, or those that it carries: a page of a list, as APIs answer."""
    if isinstance(value, Exception):
        yield Broken(place, f"broken JSON: {value}")
    elif isinstance(value, dict) and "type" not in value and isinstance(value.get("data"), list):
        for entry, one in enumerate(value["data"], 1):
            yield Found(f"{place}, entry {entry}", one)
    else:
        yield Found(place, value)


class _List:
    """Reads the elements of a list in turn, a chunk at a time."""

    def __init__(self, name: str, stream: TextIO) -> None:
        self._name = name
        self._stream = stream
        self._buffer = ""
        self._line = 1
        self._decoder = json.JSONDecoder()

    def elements(self) -> Iterator[Found | Broken]:
        self._skip(" \t\r\n")
        self._advance(1)
        while True:
            self._skip(" \t\r\n,")
            if self._buffer.startswith("]"):
                return
            place = f"{self._name}, line {self._line}"
            try:
                value, end = self._decoder.raw_decode(self._buffer)
            except (ValueError, RecursionError) as error:
                if len(self._buffer) > LARGEST:
                    yield Broken(place, f"{_TOO_LONG}; nothing after it was read")
                    return
                if not self._more():
                    yield Broken(place, f"broken JSON: {error}; nothing after it was read")
                    return
                continue
            yield Found(place, value)
            self._advance(end)

    def _more(self) -> bool:
        # Doubling: an object is tried again a few times only, however long it is.
        chunk = self._stream.read(max(_CHUNK, len(self._buffer)))
        self._buffer += chunk
        return bool(chunk)

    def _skip(self, what: str) -> None:
        while True:
            rest = self._buffer.lstrip(what)
            self._advance(len(self._buffer) - len(rest))
            if rest or not self._more():
                return

    def _advance(self, length: int) -> None:
        self._line += self._buffer.count("\n", 0, length)
        self._buffer = self._buffer[length:]
