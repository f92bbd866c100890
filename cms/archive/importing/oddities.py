"""What an import met that is not as it should be: told, counted, never dropped in silence."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

# Tells one oddity: where it is, what it is.
Tell = Callable[[str, str], None]


class Unusable(Exception):
    """Nothing can be made of this; the sentence says why."""


@dataclass(slots=True)
class Oddities:
    """Counts by reason; the place and the details go to `tell` at once."""

    tell: Tell
    counts: Counter[str] = field(default_factory=Counter)

    def note(self, place: str, reason: str, detail: str = "") -> None:
        self.counts[reason] += 1
        self.tell(place, f"{reason}: {detail}" if detail else reason)

    @property
    def total(self) -> int:
        return self.counts.total()
