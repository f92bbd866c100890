"""The demo's data, read from the files beside this module."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@cache
def read(name: str) -> dict[str, Any]:
    """Return one file's tables, e.g. read("facts/ties")."""
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def topics() -> dict[str, dict[str, Any]]:
    """Return all topics by key, in the order of the files."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted((HERE / "texts").glob("*.toml")):
        for topic in read(f"texts/{path.stem}")["topic"]:
            found[topic["key"]] = topic
    return found


@cache
def members() -> tuple[dict[str, Any], ...]:
    """Return the invented municipalities."""
    return tuple(_member(line) for line in read("invented/members")["members"])


def _member(line: str) -> dict[str, Any]:
    name, kind, inhabitants, since, keys = line.split("|")
    return {
        "key": key_of(name),
        "name": name,
        "place": place_of(name),
        "kind": kind,
        "inhabitants": int(inhabitants),
        "since": since,
        "topics": keys.split(),
    }


def place_of(name: str) -> str:
    """Return the bare place: "Ahrenfels" of "Stadt Ahrenfels"."""
    kind, _, place = name.partition(" ")
    return place if kind in ("Stadt", "Gemeinde") else name


def key_of(name: str) -> str:
    plain = place_of(name).lower()
    for letter, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"), (" ", "-")):
        plain = plain.replace(letter, letters)
    return plain
