"""Spelling: what somebody probably meant, out of words they may see.

The vocabulary counts only papers that this person can find. A word that stands
in hidden papers alone is as unknown as one that stands nowhere: otherwise a
correction would tell what is in them.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from search.german import Analyser, fold
from search.german.distance import distance
from search.german.umlauts import restored


class Known(NamedTuple):
    """A word of the archive: folded, in how many visible papers, as usually written."""

    folded: str
    papers: int
    usual: str


# So many times more words are looked at than are wanted: words that a person may not see stand
# between those they may.
MANY_TIMES = 8


def most_papers_first(known: Known) -> tuple[int, str]:
    """Order words by visible papers alone: were equals left as found, hidden papers would tell."""
    return -known.papers, known.folded


class Vocabulary(Protocol):
    @property
    def entries(self) -> int:
        """How many entries this person can see."""
        ...

    def expect(self, folded: Iterable[str]) -> None:
        """These will be looked up: an engine with a long way fetches them together."""
        ...

    def look_up(self, folded: str) -> Known:
        """The word itself; ``papers`` is 0 when this person can see it nowhere."""
        ...

    def near(self, folded: str, edits: int, limit: int) -> Sequence[Known]:
        """Visible words within that many edits, the most frequent first."""
        ...


@dataclass(frozen=True, slots=True)
class Spelt:
    """``word`` is what to search. ``weight`` is lower for a far guess;
    ``beside`` is a likelier word to be searched as well, with its weight."""

    word: str
    weight: float = 1.0
    beside: str = ""
    beside_weight: float = 0.0

    @property
    def used(self) -> str:
        return self.beside or self.word


class _Guess(NamedTuple):
    score: float
    known: Known
    distance: float


_SHORTEST, _LONGEST = 4, 40
_DISTANCE_COST = 3.2
_UMLAUT_FACTOR = 5
_MUCH_MORE = 30
_CLOSE = 1.05
_CANDIDATES = 25
_LINKS = ("", "s", "n", "en", "es", "er")


class Speller:
    def __init__(self, vocabulary: Vocabulary, analyser: Analyser) -> None:
        self._vocabulary = vocabulary
        self._analyser = analyser

    def expect(self, typed: Iterable[str]) -> None:
        """These words will be checked."""
        folded: set[str] = set()
        for word in typed:
            folded |= {fold(word), *(fold(reading) for reading in restored(word.lower()))}
        self._vocabulary.expect(folded)

    def check(self, typed: str) -> Spelt:
        """Return what to search for one typed word; often the word itself."""
        small = typed.lower()
        folded = fold(typed)
        if not folded.isalpha() or not _SHORTEST <= len(folded) <= _LONGEST:
            return Spelt(small)
        word, papers = self._with_umlauts(small, folded)
        folded = fold(word)
        suspicious = papers < 3 + self._vocabulary.entries // 1000
        if not suspicious or len(folded) < 5 or (typed.isupper() and len(typed) < 6):
            return Spelt(word)
        return self._corrected(word, folded, papers)

    # --- umlauts ------------------------------------------------------------------

    def _with_umlauts(self, small: str, folded: str) -> tuple[str, int]:
        """Read ae, oe, ue as umlauts where the archive does; add them where left out."""
        typed = self._vocabulary.look_up(folded)
        readings = list(restored(small))
        known = [self._vocabulary.look_up(fold(reading)) for reading in readings]
        best = max(known, key=lambda one: one.papers, default=None)
        if best and best.papers and best.papers > _UMLAUT_FACTOR * typed.papers:
            return best.usual.lower(), best.papers
        if not typed.papers:
            for reading in readings:
                if self._analyser.units(reading)[0]:
                    return reading, 1
        elif small == folded and fold(typed.usual) == folded:
            return typed.usual.lower(), typed.papers
        return small, typed.papers

    # --- slips --------------------------------------------------------------------

    def _corrected(self, word: str, folded: str, papers: int) -> Spelt:
        guess = self._best_guess(folded)
        splits = bool(self._analyser.units(word)[0])
        if guess is None:
            compound = "" if splits or papers or len(folded) < 9 else self._mended(folded)
            return Spelt(compound or word)
        meant = guess.known.usual.lower()
        if self._analyser.stem(meant) == self._analyser.stem(word):
            return Spelt(word)
        if papers or splits:
            likely = guess.known.papers >= _MUCH_MORE * max(papers, 1)
            if guess.distance <= _CLOSE and likely and len(folded) >= 6:
                return Spelt(word, beside=meant, beside_weight=0.7 if papers else 1.0)
            return Spelt(word)
        return Spelt(meant, weight=min(1.0, 1.5 / guess.distance))

    def _best_guess(self, folded: str) -> _Guess | None:
        length = len(folded)
        farthest = 1.1 if length < 6 else 1.3 if length < 9 else 2.1
        best: _Guess | None = None
        for known in self._vocabulary.near(folded, 1 if length < 8 else 2, _CANDIDATES):
            if known.papers < self._least_papers:
                continue
            if length < 8 and known.folded[0] != folded[0]:
                continue
            away = distance(folded, known.folded)
            score = math.log(known.papers + 1) - _DISTANCE_COST * away
            if away <= farthest and (best is None or score > best.score):
                best = _Guess(score, known, away)
        return best

    @property
    def _least_papers(self) -> int:
        """In a large archive a word of one paper may itself be a slip."""
        entries = self._vocabulary.entries
        return 1 if entries < 300 else 2 if entries < 1000 else 3

    def _mended(self, folded: str) -> str:
        """Mend one part of a compound that stands nowhere as a whole."""
        best = max(self._mendings(folded), default=(0.0, ""))
        return best[1] if best[1] and self._analyser.units(best[1])[0] else ""

    def _mendings(self, folded: str) -> Iterator[tuple[float, str]]:
        least = 20 if self._vocabulary.entries >= 1000 else 2
        for place in range(4, len(folded) - 3):
            left, right = folded[:place], folded[place:]
            for link in _LINKS:
                base = left.removesuffix(link) if link else left
                if len(base) < 4 or (link and base == left) or len(right) < 5:
                    continue
                first = self._vocabulary.look_up(base)
                if first.papers >= least:
                    front = first.usual.lower() + link
                    yield from self._variants(right, first.papers, front, "")
            last = self._vocabulary.look_up(right)
            if last.papers >= least and len(left) >= 5:
                yield from self._variants(left, last.papers, "", last.usual.lower())

    def _variants(
        self, part: str, papers: int, front: str, back: str
    ) -> Iterator[tuple[float, str]]:
        for known in self._vocabulary.near(part, 1, 5):
            if known.folded != part and known.papers >= self._least_papers:
                frequency = math.log(papers + 1) + math.log(known.papers + 1)
                score = frequency - _DISTANCE_COST * distance(part, known.folded)
                yield score, front + known.usual.lower() + back
