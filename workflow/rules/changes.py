"""What one version of a route says otherwise than another: stage by stage, word by word."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Definition = Mapping[str, Any]


class ChangeKind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `stage` is empty for the route itself, `word` for a stage as a whole."""

    kind: ChangeKind
    stage: str = ""
    word: str = ""
    before: Any = None
    after: Any = None


def changes_between(before: Definition | None, after: Definition) -> list[Change]:
    """Return what differs; against nothing, every stage is added."""
    return list(_changes(before or {"stage": []}, after))


def _changes(before: Definition, after: Definition) -> Iterator[Change]:
    if "key" in before:
        yield from _changes_of_words(before, after, "")
    old = {stage["key"]: stage for stage in before["stage"]}
    new = {stage["key"]: stage for stage in after["stage"]}
    for key in old:
        if key not in new:
            yield Change(ChangeKind.REMOVED, key)
    for place, key in enumerate(new, start=1):
        if key not in old:
            yield Change(ChangeKind.ADDED, key, after=place)
    yield from _moved(list(old), list(new))
    for key, stage in new.items():
        if key in old:
            yield from _changes_of_words(old[key], stage, key)


def _moved(old: list[str], new: list[str]) -> Iterator[Change]:
    """Yield stages that stand in another order among those that stayed."""
    stayed_before = [key for key in old if key in new]
    stayed_after = [key for key in new if key in old]
    for key in stayed_after:
        if stayed_before.index(key) != stayed_after.index(key):
            yield Change(ChangeKind.MOVED, key, before=old.index(key) + 1, after=new.index(key) + 1)


def _changes_of_words(before: Definition, after: Definition, stage: str) -> Iterator[Change]:
    for word in sorted({*before, *after} - {"stage"}):
        old, new = before.get(word), after.get(word)
        if old == new:
            continue
        if old is None:
            kind = ChangeKind.ADDED
        else:
            kind = ChangeKind.REMOVED if new is None else ChangeKind.CHANGED
        yield Change(kind, stage, word, old, new)
