"""Routes come from files and become versions; a loaded version never changes."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from cms.core.digests import canonical_json, sha256
from workflow.errors import BrokenRoute
from workflow.models import Route
from workflow.rules.faults import faults_in
from workflow.wording import fault_sentence, not_readable

SHIPPED = Path(__file__).parent / "routes"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading one file came to; `changed` is False when it says nothing new."""

    key: str
    version: int
    changed: bool


def load_shipped_routes(*, only_missing: bool = False, dry_run: bool = False) -> list[Loaded]:
    """Load the routes that come with the product; running it twice changes nothing.

    `only_missing` leaves keys alone that have a version already: an installation
    that loaded its own text of a route keeps it over an update.
    """
    paths = sorted(SHIPPED.glob("*.toml"))
    if only_missing:
        present = set(Route.objects.values_list("key", flat=True))
        paths = [path for path in paths if path.stem not in present]
    return load_files(paths, dry_run=dry_run)


@transaction.atomic
def load_files(paths: list[Path], *, dry_run: bool = False) -> list[Loaded]:
    """Load all files or none. Raises BrokenRoute for the first that cannot be used."""
    read = [read_file(path) for path in paths]
    return [_load(definition, dry_run=dry_run) for definition in read]


def read_file(path: Path) -> dict[str, Any]:
    """Return a file's definition, or raise BrokenRoute with everything that is wrong."""
    try:
        definition = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BrokenRoute(str(path), [not_readable(error)]) from None
    if faults := faults_in(definition):
        raise BrokenRoute(str(path), [fault_sentence(fault) for fault in faults])
    return definition


def as_toml(definition: dict[str, Any]) -> str:
    """Return a definition as TOML that loads to the same digest."""
    return "\n".join(_lines(definition)) + "\n"


def _load(definition: dict[str, Any], *, dry_run: bool) -> Loaded:
    digest = sha256(canonical_json(definition))
    present = Route.objects.present(definition["key"])
    if present is not None and present.digest == digest:
        return Loaded(present.key, present.version, changed=False)
    version = present.version + 1 if present else 1
    if not dry_run:
        Route.objects.create(
            key=definition["key"],
            version=version,
            title=definition["title"],
            subject_kind=definition["subject"],
            definition=definition,
            digest=digest,
        )
    return Loaded(definition["key"], version, changed=True)


def _lines(definition: dict[str, Any]) -> Iterator[str]:
    for name, value in definition.items():
        if name != "stage":
            yield f"{name} = {_value(value)}"
    for stage in definition["stage"]:
        yield ""
        yield "[[stage]]"
        for name, value in stage.items():
            yield f"{name} = {_value(value)}"


def _value(value: Any) -> str:
    if isinstance(value, dict):
        inside = ", ".join(f"{name} = {_value(part)}" for name, part in value.items())
        return f"{{ {inside} }}"
    if isinstance(value, list):
        return "[" + ", ".join(_value(part) for part in value) + "]"
    if isinstance(value, str):
        # A JSON string is a TOML basic string as well; DEL is the one exception.
        return canonical_json(value).decode().replace("\x7f", "\\u007F")
    return str(value).lower() if isinstance(value, bool) else str(value)
