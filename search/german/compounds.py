"""Splitting compounds after Koehn and Knight (2003), over a lexicon of nouns.

Of all ways to cut a word into known nouns the one with the highest geometric
mean of their frequencies wins; a word that is more frequent than its parts
stays whole.
"""

import math
from collections.abc import Mapping
from functools import cache

from search.german.words import word_set

LINKS = ("", "s", "es", "n", "en", "er", "e")
LONGEST = 45
_SHORTEST_PART = 4
_MOST_PARTS = 4
# Modifiers of three letters are too short for the lexicon and too common to miss.
_SHORT_MODIFIERS = word_set(
    "rad bus bau amt rat see bio öko ost süd eis zoo ski uhr öl gas ort tag weg hof tor"
)
_SHORT_HEADS = {"amt": 3000, "rat": 800, "bau": 500, "tag": 500, "weg": 300, "ort": 300}
_FREQUENT = 50
# Endings that look like nouns but never are the head of a compound.
NO_PARTS = word_set(
    """
    artig bar bare bares chen fach fache falls haft heit heiten ieren isch ismus keit keiten lein
    lich liche lichen licher liches lose los mäßig mässig sam schaft schaften seits tion tionen ung
    ungen weise weisen
    """
)
NO_MODIFIERS = word_set(
    """
    alle auch ausser außen außer beim dass dies diese durch einer eines gegen haben herab heran
    herein hinein hinter ihre innen jeder mitte nach neben nicht nieder ober oder sein seine sich
    sind unter voran voraus vorbei vorher werden wenn wieder zurück zusammen zwischen über
    """
)

Parts = tuple[str, ...]
# Sum of logarithms, number of parts, the parts.
_Cut = tuple[float, int, Parts]


class Splitter:
    """Splits lower-case words over ``nouns``: word -> frequency."""

    def __init__(self, nouns: Mapping[str, int]) -> None:
        self._nouns = nouns
        self._heads = {**nouns, **_SHORT_HEADS}

    def split(self, word: str) -> Parts:
        """Return the parts in their base form; nothing when the word stays whole."""
        if not 6 <= len(word) <= LONGEST or not word.isalpha():
            return ()
        return self._long_parts(word) or self._short_modifier(word) or self._short_head(word)

    def _long_parts(self, word: str) -> Parts:
        if len(word) < 2 * _SHORTEST_PART:
            return ()
        cut = self._best_cut(word)
        if cut is None or cut[1] < 2:
            return ()
        own = self._nouns.get(word, 0)
        if own and math.log(own) >= cut[0] / cut[1]:
            return ()
        return cut[2]

    def _best_cut(self, word: str) -> _Cut | None:
        @cache
        def best_from(start: int, parts_left: int) -> _Cut | None:
            best: _Cut | None = None
            rest = word[start:]
            frequency = self._heads.get(rest, 0)
            if frequency and start > 0 and rest not in NO_PARTS:
                best = (math.log(frequency), 1, (rest,))
            if parts_left == 1:
                return best
            for end in range(start + _SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
                modifier = self._modifier(word[start:end])
                if modifier is None:
                    continue
                tail = best_from(end, parts_left - 1)
                if tail is None:
                    continue
                base, count = modifier
                cut = (math.log(count) + tail[0], 1 + tail[1], (base, *tail[2]))
                if best is None or cut[0] / cut[1] > best[0] / best[1]:
                    best = cut
            return best

        return best_from(0, _MOST_PARTS)

    def _modifier(self, surface: str) -> tuple[str, int] | None:
        """Return the most frequent base form of a modifier without its linking letters."""
        best: tuple[str, int] | None = None
        for link in LINKS:
            if not surface.endswith(link):
                continue
            base = surface[: len(surface) - len(link)]
            frequency = self._nouns.get(base, 0) if len(base) >= _SHORTEST_PART else 0
            if frequency and (best is None or frequency > best[1]):
                best = (base, frequency)
        # Schul(e)leitung: the last letter of the modifier was dropped.
        frequency = self._nouns.get(surface + "e", 0)
        if frequency and len(surface) >= _SHORTEST_PART and frequency > 3 * (best or ("", 0))[1]:
            best = (surface + "e", frequency)
        if best is None or best[0] in NO_MODIFIERS or best[0] in NO_PARTS:
            return None
        return best

    def _short_modifier(self, word: str) -> Parts:
        modifier, head = word[:3], word[3:]
        if modifier not in _SHORT_MODIFIERS or head in NO_PARTS:
            return ()
        return (modifier, head) if self._heads.get(head, 0) >= _FREQUENT else ()

    def _short_head(self, word: str) -> Parts:
        head = word[-3:]
        # "Beirat" is bei+rat, but an umlaut before the head never ends a modifier.
        if head not in _SHORT_HEADS or len(word) < 7 or word[-4] in "äöü":
            return ()
        modifier = self._modifier(word[:-3])
        return (modifier[0], head) if modifier and modifier[1] >= _FREQUENT else ()


def spans(word: str, parts: Parts) -> list[tuple[int, int]] | None:
    """Find where each part stands in the word, linking letters left out."""
    found: list[tuple[int, int]] = []
    place = 0
    for part in parts:
        starts = [place + len(link) for link in LINKS if word.startswith(link, place)]
        for start in starts if found else [0]:
            surface = next(
                (s for s in (part, part.removesuffix("e")) if word.startswith(s, start)), ""
            )
            if surface:
                place = start + len(surface)
                found.append((start, place))
                break
        else:
            return None
    return found
