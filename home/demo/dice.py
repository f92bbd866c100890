"""Choices that look like chance and come out the same on every machine."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A stream of numbers that follows from its seed."""

    def __init__(self, *seed: object) -> None:
        self._seed = "|".join(str(part) for part in seed).encode()
        self._throws = 0

    def between(self, low: int, high: int) -> int:
        """Return a number from `low` to `high`, both included."""
        self._throws += 1
        digest = hashlib.sha256(self._seed + b"#%d" % self._throws).digest()
        return low + int.from_bytes(digest[:8], "big") % (high - low + 1)

    def pick(self, choices: Sequence[T]) -> T:
        return choices[self.between(0, len(choices) - 1)]

    def some(self, choices: Sequence[T], number: int) -> list[T]:
        """Return `number` different choices, in their own order."""
        left = list(range(len(choices)))
        while len(left) > number:
            left.pop(self.between(0, len(left) - 1))
        return [choices[place] for place in left]
