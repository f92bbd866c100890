"""Umlauts typed as ae, oe and ue."""

import itertools
import re
from collections.abc import Iterator

_PAIR = re.compile("ae|oe|ue")
_UMLAUT = {"a": "ä", "o": "ö", "u": "ü"}
_MOST_PAIRS = 4


def restored(word: str) -> Iterator[str]:
    """Yield every reading of a lower-case word with umlauts, most umlauts first."""
    pairs = [found.start() for found in _PAIR.finditer(word)][:_MOST_PAIRS]
    for count in range(len(pairs), 0, -1):
        for chosen in itertools.combinations(pairs, count):
            yield "".join(
                _UMLAUT[letter] if place in chosen else letter
                for place, letter in enumerate(word)
                if place - 1 not in chosen
            )
