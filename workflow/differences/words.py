"""Two plain texts side by side: first by lines, in changed lines by words.

difflib looks for the longest common run again and again, which takes minutes on
a long text. Here lines (words) that occur once in both texts are paired first;
difflib sees only the short stretches between such pairs.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# The largest stretch difflib is asked about, in old times new tokens.
LARGEST = 40_000
# Below this share of common words, two lines are read more easily one after the other.
LEAST_IN_COMMON = 0.25

Opcode = tuple[str, int, int, int, int]


class Mark(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    mark: Mark
    text: str


@dataclass(slots=True)
class Tally:
    """How many lines have changed, come in and gone."""

    changed: int = 0
    added: int = 0
    removed: int = 0

    def add(self, other: "Tally") -> None:
        self.changed += other.changed
        self.added += other.added
        self.removed += other.removed


def compare(before: str, after: str, tally: Tally | None = None) -> Iterator[Piece]:
    """Yield the pieces of two texts in reading order, and count lines into `tally`."""
    waiting: list[str] = []
    for piece in _compare(before, after, tally):
        if piece.mark is Mark.SAME:
            waiting.append(piece.text)
            continue
        if waiting:
            yield Piece(Mark.SAME, "".join(waiting))
            waiting = []
        yield piece
    if waiting:
        yield Piece(Mark.SAME, "".join(waiting))


def _compare(before: str, after: str, tally: Tally | None) -> Iterator[Piece]:
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for tag, i1, i2, j1, j2 in opcodes(old, new):
        removed, added = "".join(old[i1:i2]), "".join(new[j1:j2])
        if tally is not None and tag != "equal":
            both = min(i2 - i1, j2 - j1)
            tally.add(Tally(both, j2 - j1 - both, i2 - i1 - both))
        if tag == "replace":
            yield from _by_words(removed, added)
        else:
            yield from _pieces(removed, added, same=tag == "equal")


def opcodes(old: Sequence[str], new: Sequence[str]) -> Iterator[Opcode]:
    """Yield what difflib would call opcodes, in time that does not explode."""
    i = j = 0
    for pair in [*_pairs(old, new), (len(old), len(new))]:
        yield from _stretch(old, new, i, pair[0], j, pair[1])
        i, j = pair[0] + 1, pair[1] + 1
        if pair[0] < len(old):
            yield "equal", pair[0], i, pair[1], j


def _pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return places of tokens that occur once in both, as far as their order is the same."""
    once_in_old = {token for token, count in Counter(old).items() if count == 1}
    once_in_both = {t for t, count in Counter(new).items() if count == 1} & once_in_old
    place_in_new = {token: j for j, token in enumerate(new) if token in once_in_both}
    found = [(i, place_in_new[token]) for i, token in enumerate(old) if token in once_in_both]
    kept = longest_rising([j for _, j in found])
    return [found[index] for index in kept]


def longest_rising(numbers: Sequence[int]) -> list[int]:
    """Return the indexes of a longest rising run among different numbers."""
    ends: list[int] = []
    indexes: list[int] = []
    came_from: list[int] = []
    for index, number in enumerate(numbers):
        place = bisect_left(ends, number)
        came_from.append(indexes[place - 1] if place else -1)
        ends[place : place + 1] = [number]
        indexes[place : place + 1] = [index]
    found = []
    index = indexes[-1] if indexes else -1
    while index >= 0:
        found.append(index)
        index = came_from[index]
    return found[::-1]


def _stretch(
    old: Sequence[str], new: Sequence[str], i1: int, i2: int, j1: int, j2: int
) -> Iterator[Opcode]:
    """Yield the opcodes of a stretch without pairs: its equal ends, and what lies between."""
    head = 0
    while i1 + head < i2 and j1 + head < j2 and old[i1 + head] == new[j1 + head]:
        head += 1
    if head:
        yield "equal", i1, i1 + head, j1, j1 + head
    i1, j1 = i1 + head, j1 + head
    tail = 0
    while i2 - tail > i1 and j2 - tail > j1 and old[i2 - tail - 1] == new[j2 - tail - 1]:
        tail += 1
    yield from _middle(old, new, i1, i2 - tail, j1, j2 - tail)
    if tail:
        yield "equal", i2 - tail, i2, j2 - tail, j2


def _middle(
    old: Sequence[str], new: Sequence[str], i1: int, i2: int, j1: int, j2: int
) -> Iterator[Opcode]:
    if i1 == i2 and j1 == j2:
        return
    if i1 == i2 or j1 == j2 or (i2 - i1) * (j2 - j1) > LARGEST:
        tag = "insert" if i1 == i2 else "delete" if j1 == j2 else "replace"
        yield tag, i1, i2, j1, j2
        return
    matcher = SequenceMatcher(None, old[i1:i2], new[j1:j2], autojunk=False)
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        yield tag, i1 + a1, i1 + a2, j1 + b1, j1 + b2


def _by_words(before: str, after: str) -> Iterator[Piece]:
    # A space belongs to the word before it: alone it would be found everywhere. Compared
    # are the words: the last one of a text is the same when more is written behind it.
    old, new = re.findall(r"\S+\s*|\s+", before), re.findall(r"\S+\s*|\s+", after)
    found = list(opcodes([one.rstrip(" ") for one in old], [one.rstrip(" ") for one in new]))
    common = sum(i2 - i1 for tag, i1, i2, _, _ in found if tag == "equal")
    if common < LEAST_IN_COMMON * min(len(old), len(new)):
        found = [("replace", 0, len(old), 0, len(new))]
    for tag, i1, i2, j1, j2 in found:
        yield from _pieces("".join(old[i1:i2]), "".join(new[j1:j2]), same=tag == "equal")


def _pieces(removed: str, added: str, *, same: bool) -> Iterator[Piece]:
    if same:
        yield Piece(Mark.SAME, added)
        return
    # The space or the end of the line after a changed word has not changed with it.
    space = _common_space(removed, added)
    if space:
        removed, added = removed[: -len(space)], added[: -len(space)]
    if removed:
        yield Piece(Mark.REMOVED, removed)
    if added:
        yield Piece(Mark.ADDED, added)
    if space:
        yield Piece(Mark.SAME, space)


def _common_space(removed: str, added: str) -> str:
    one, other = removed[len(removed.rstrip()) :], added[len(added.rstrip()) :]
    return one if one == other else ""
