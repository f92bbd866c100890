"""Files that are zip archives of XML, read member by member within limits.

Nothing is unpacked to disk, no tree is built, DTDs and entities are refused, and all
members together may unpack to so many bytes only, whatever their headers claim.
"""

import io
import zipfile
from collections.abc import Collection
from typing import Any

from defusedxml.ElementTree import DefusedXMLParser

UNPACKED_BYTES = 100_000_000
MEMBERS = 10_000
TEXT_CHARACTERS = 2_000_000
_CHUNK = 65_536


class TooLarge(Exception):
    verdict = "too_large"


class Full(Exception):
    """As much text as is kept has been read; the rest is left out."""


class Package:
    def __init__(self, data: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._room = UNPACKED_BYTES
        if len(self._archive.filelist) > MEMBERS:
            raise TooLarge(f"more than {MEMBERS} members")

    @property
    def names(self) -> Collection[str]:
        return self._archive.namelist()

    def parse(self, name: str, target: Any) -> None:
        """Feed a member to a target (`start`, `end`, `data`, as ElementTree knows them)."""
        parser = DefusedXMLParser(target=target, forbid_dtd=True)
        with self._archive.open(name) as member:
            while chunk := member.read(_CHUNK):
                self._room -= len(chunk)
                if self._room < 0:
                    raise TooLarge(f"unpacks to more than {UNPACKED_BYTES} bytes")
                parser.feed(chunk)
        parser.close()


class Attributes:
    """A target that collects the attributes of one kind of element, without namespaces."""

    def __init__(self, element: str) -> None:
        self._element = element
        self.found: list[dict[str, str]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == self._element:
            # r:id and id are two things: what has a namespace comes last, and wins.
            pairs = sorted(attributes.items(), key=lambda pair: pair[0].startswith("{"))
            self.found.append({local(name): value for name, value in pairs})

    def end(self, tag: str) -> None:
        pass

    def data(self, text: str) -> None:
        pass

    def close(self) -> None:
        pass


class Words:
    """A target that collects text, until there is more of it than is kept."""

    silent: frozenset[str] = frozenset()

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self._muted = 0
        self._length = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        if self._muted or self.is_silent(name, attributes):
            self._muted += 1
        else:
            self.begin(name, attributes)

    def end(self, tag: str) -> None:
        if self._muted:
            self._muted -= 1
        else:
            self.finish(local(tag))

    def data(self, text: str) -> None:
        if not self._muted:
            self.say(text)

    def close(self) -> None:
        pass

    def is_silent(self, name: str, attributes: dict[str, str]) -> bool:
        return name in self.silent

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins that is not silent."""

    def finish(self, name: str) -> None:
        """An element ends that was not silent."""

    def say(self, text: str) -> None:
        """Text inside an element that is not silent."""

    def add(self, text: str) -> None:
        self._length += len(text)
        if self._length > TEXT_CHARACTERS:
            raise Full
        self.pieces.append(text)

    @property
    def text(self) -> str:
        lines = (line.strip() for line in "".join(self.pieces).splitlines())
        return "\n".join(line for line in lines if line)


def local(tag: str) -> str:
    """Return a name without its namespace."""
    return tag.rpartition("}")[2]


def read_into(package: Package, name: str, words: Words) -> Words:
    """Parse a member; what was read before there was too much of it is kept."""
    try:
        package.parse(name, words)
    except Full:
        words.pieces.append("\n")
    return words
