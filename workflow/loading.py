"""Routes come from files and become versions; a loaded version never changes."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from cms.core.digests import canonical_json, sha256
from workflow.errors import BrokenRoute
from workflow.feasibility import faults_of_this_house
from workflow.models import Route
from workflow.rules.changes import Change, changes_between
from workflow.rules.faults import faults_in, risks_in
from workflow.wording import fault_sentence, not_readable

SHIPPED = Path(__file__).parent / "routes"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading one file came to; `changed` is False when it says nothing new.

    `changes` are told against the version that was in force; `warnings` are
    risks of the route, and faults of this installation (nobody stands behind a
    participant), that did not keep it out.
    """

    key: str
    version: int
    changed: bool
    changes: tuple[Change, ...] = ()
    warnings: tuple[str, ...] = ()


def load_shipped_routes(
    *, only_missing: bool = False, dry_run: bool = False, even_if_nobody: bool = False
) -> list[Loaded]:
    """Load the routes that come with the product; running it twice changes nothing.

    `only_missing` leaves keys alone that have a version already: an installation
    that loaded its own text of a route keeps it over an update.
    """
    paths = sorted(SHIPPED.glob("*.toml"))
    if only_missing:
        present = set(Route.objects.values_list("key", flat=True))
        paths = [path for path in paths if path.stem not in present]
    return load_files(paths, dry_run=dry_run, even_if_nobody=even_if_nobody)


@transaction.atomic
def load_files(
    paths: Sequence[Path], *, dry_run: bool = False, even_if_nobody: bool = False
) -> list[Loaded]:
    """Load all files or none. Raises BrokenRoute for the first that cannot be used.

    A participant that does not exist here, or behind whom nobody stands, is a
    fault of a new version too; with `even_if_nobody`, and for a version that is
    in force already, it is told as a warning.
    """
    read = [(path, read_file(path)) for path in paths]
    if twice := _key_given_twice([definition["key"] for _, definition in read]):
        raise BrokenRoute(twice, [gettext("Two of the files have this key.")])
    found = []
    for path, definition in read:
        faults = [fault_sentence(fault) for fault in faults_of_this_house(definition)]
        risks = [fault_sentence(fault) for fault in risks_in(definition)]
        loaded = _load(definition, dry_run=dry_run, warnings=(*faults, *risks))
        if faults and loaded.changed and not even_if_nobody:
            # What has been written in this transaction is taken back.
            raise BrokenRoute(str(path), faults)
        found.append(loaded)
    return found


def read_file(path: Path) -> dict[str, Any]:
    """Return a file's definition, or raise BrokenRoute with everything that is wrong."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BrokenRoute(str(path), [not_readable(error)]) from None
    return read_text(text, str(path))


def read_text(text: str, source: str) -> dict[str, Any]:
    """Return the definition that a TOML text holds, or raise BrokenRoute."""
    try:
        definition = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BrokenRoute(source, [not_readable(error)]) from None
    check(definition, source)
    return definition


def check(definition: Any, source: str) -> None:
    """Raise BrokenRoute with every fault of a definition, whatever it is."""
    if faults := faults_in(definition):
        raise BrokenRoute(source, [fault_sentence(fault) for fault in faults])


def as_toml(definition: dict[str, Any]) -> str:
    """Return a definition as TOML that loads to the same digest."""
    return "\n".join(_lines(definition)) + "\n"


def _key_given_twice(keys: Sequence[str]) -> str:
    return next((key for key in keys if keys.count(key) > 1), "")


def _load(definition: dict[str, Any], *, dry_run: bool, warnings: tuple[str, ...]) -> Loaded:
    key, digest = definition["key"], sha256(canonical_json(definition))
    present = Route.objects.present(key)
    if present is not None and present.digest == digest:
        return Loaded(key, present.version, changed=False, warnings=warnings)
    changes = changes_between(present.definition if present else None, definition)
    version = present.version + 1 if present else 1
    if not dry_run:
        Route.objects.create(
            key=key,
            version=version,
            title=definition["title"],
            subject_kind=definition["subject"],
            definition=definition,
            digest=digest,
        )
    return Loaded(key, version, changed=True, changes=tuple(changes), warnings=warnings)


def _lines(definition: dict[str, Any]) -> Iterator[str]:
    for name, value in definition.items():
        if name != "stage":
            yield f"{name} = {in_toml(value)}"
    for stage in definition["stage"]:
        yield ""
        yield "[[stage]]"
        for name, value in stage.items():
            yield f"{name} = {in_toml(value)}"


def in_toml(value: Any) -> str:
    """Return one value as it stands in a file."""
    if isinstance(value, dict):
        inside = ", ".join(f"{name} = {in_toml(part)}" for name, part in value.items())
        return f"{{ {inside} }}"
    if isinstance(value, list):
        return "[" + ", ".join(in_toml(part) for part in value) + "]"
    if isinstance(value, str):
        # A JSON string is a TOML basic string as well; DEL is the one exception.
        return canonical_json(value).decode().replace("\x7f", "\\u007F")
    return str(value).lower() if isinstance(value, bool) else str(value)
