"""Two versions of one object, field by field and block by block."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from workflow.differences.folding import Passage, passages
from workflow.differences.texts import Part, parts_of
from workflow.differences.words import Mark, Piece, Tally, compare, longest_rising

# Where a paper is kept and how it is found: shown after what is decided on.
FILING = frozenset(
    {
        "slug", "seo_title", "search_description", "show_in_menus", "reference_number", "origin",
        "retention_class",
    }
)  # fmt: skip

Key = tuple[str, int]


class Change(StrEnum):
    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartDifference:
    """One place with its pieces in reading order.

    `moved_from` names the block as it was called where it stood before.
    """

    place: str
    label: str
    block: str
    change: Change
    pieces: tuple[Piece, ...]
    moved_from: str = ""
    tally: Tally = field(default_factory=Tally)
    # A text that is compared with nothing is read as a whole.
    may_fold: bool = True

    @property
    def passages(self) -> list[Passage]:
        return list(passages(self.pieces)) if self.may_fold else [Passage(self.pieces)]

    @property
    def has_changed(self) -> bool:
        return self.change is not Change.SAME or bool(self.moved_from)

    @property
    def anchor(self) -> str:
        """The place as an id within the page."""
        return "stelle-" + self.place.replace(":", "-")


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDifference:
    """One field with its parts: itself, or the blocks that stand in it."""

    name: str
    label: str
    parts: tuple[PartDifference, ...]

    @property
    def is_filing(self) -> bool:
        return self.name in FILING

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return tuple(piece for part in self.parts for piece in part.pieces)

    @property
    def has_changed(self) -> bool:
        return any(part.has_changed for part in self.parts)


def between(before: Any, after: Any) -> list[FieldDifference]:
    """Compare two versions of one object; `before` None means that all is new.

    A field that is empty in both is left out; what is only for filing comes last.
    """
    present = _by_field(parts_of(after))
    earlier = _by_field(parts_of(before)) if before is not None else {}
    found = []
    for name in dict.fromkeys((*present, *earlier)):
        new = present.get(name, [])
        if before is None:
            parts = [_unchanged(part) for part in new]
        else:
            parts = _compare_parts(earlier.get(name, []), new)
        shown = tuple(part for part in parts if any(piece.text.strip() for piece in part.pieces))
        if shown:
            found.append(FieldDifference(name=name, label=shown[0].label, parts=shown))
    return sorted(found, key=lambda one: one.is_filing)


def _by_field(parts: Iterable[Part]) -> dict[str, list[Part]]:
    found: dict[str, list[Part]] = {}
    for part in parts:
        found.setdefault(part.field, []).append(part)
    return found


def _compare_parts(old: Sequence[Part], new: Sequence[Part]) -> list[PartDifference]:
    """Pair the parts by their places, wherever they stand now."""
    earlier, present = _by_key(old), _by_key(new)
    moved = _moved(list(earlier), list(present))
    rows = []
    for key, part in present.items():
        if (was := earlier.get(key)) is None:
            rows.append((key, _one(part, "", part.text)))
        else:
            moved_from = (was.block or was.label) if key in moved else ""
            rows.append((key, _one(part, was.text, part.text, moved_from=moved_from)))
    before: Key | None = None
    for key, part in earlier.items():
        if key not in present:
            # What has gone is shown where it stood: behind what stood before it.
            place = next((n for n, (k, _) in enumerate(rows, start=1) if k == before), 0)
            rows.insert(place, (key, _one(part, part.text, "", gone=True)))
        before = key
    return [row for _, row in rows]


def _by_key(parts: Sequence[Part]) -> dict[Key, Part]:
    """Return the parts by place; a block without an id of its own counts by its order."""
    seen: dict[str, int] = {}
    found: dict[Key, Part] = {}
    for part in parts:
        number = seen[part.place] = seen.get(part.place, -1) + 1
        found[part.place, number] = part
    return found


def _moved(old: Sequence[Key], new: Sequence[Key]) -> set[Key]:
    """Return what stands elsewhere than its neighbours would make one think."""
    place = {key: number for number, key in enumerate(old)}
    common = [key for key in new if key in place]
    stayed = {common[index] for index in longest_rising([place[key] for key in common])}
    return set(common) - stayed


def _one(
    part: Part, before: str, after: str, *, moved_from: str = "", gone: bool = False
) -> PartDifference:
    tally = Tally()
    pieces = tuple(compare(before, after, tally))
    change = Change.CHANGED
    if all(piece.mark is Mark.SAME for piece in pieces):
        change = Change.SAME
    elif part.block and gone:
        change = Change.REMOVED
    elif part.block and not before:
        change = Change.ADDED
    return PartDifference(
        place=part.place, label=part.label, block=part.block, change=change, pieces=pieces,
        moved_from=moved_from, tally=tally,
    )  # fmt: skip


def _unchanged(part: Part) -> PartDifference:
    pieces = (Piece(Mark.SAME, part.text),) if part.text else ()
    return PartDifference(
        place=part.place, label=part.label, block=part.block, change=Change.SAME, pieces=pieces,
        may_fold=False,
    )  # fmt: skip
