"""The nouns that compounds are split over, and how an archive adds its own.

A lexicon is frozen with the index it was used for: index and question must
split alike. ``digest`` says whether two lexicons do.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from search.german.abbreviations import Explained, LongForms, explained_in, learnt
from search.german.compounds import NO_MODIFIERS, NO_PARTS, Splitter
from search.german.stems import stem
from search.german.words import STOP_WORDS, words_of

NOUNS_FILE = Path(__file__).with_name("nouns-de.tsv")
MUNICIPAL_FILE = Path(__file__).with_name("nouns-municipal.txt")
_MOST_WEIGHT = 2000
_MUNICIPAL_WEIGHT = 3000
_KNOWN_FROM = 5


@lru_cache(maxsize=1)
def shipped_nouns() -> Mapping[str, int]:
    """The nouns of the federal laws with their frequencies, and ours; see README.md."""
    lines = NOUNS_FILE.read_text(encoding="utf-8").splitlines()
    nouns = {noun: int(count) for noun, count in (line.split("\t") for line in lines)}
    for noun in MUNICIPAL_FILE.read_text(encoding="utf-8").split():
        nouns[noun] = max(nouns.get(noun, 0), _MUNICIPAL_WEIGHT)
    return nouns


@dataclass(frozen=True)
class Lexicon:
    """Shipped nouns, the archive's own nouns, and the words the archive uses.

    ``known`` maps a word to the number of papers that hold it; it decides
    which neighbouring parts of a compound form a unit of their own.
    ``abbreviations`` only widen questions and may differ without a rebuild.
    """

    own: Mapping[str, int] = field(default_factory=dict)
    known: Mapping[str, int] = field(default_factory=dict)
    abbreviations: Mapping[str, LongForms] = field(default_factory=dict)

    @cached_property
    def nouns(self) -> Mapping[str, int]:
        return {**shipped_nouns(), **self.own}

    @cached_property
    def digest(self) -> str:
        digest = hashlib.sha256(NOUNS_FILE.read_bytes() + MUNICIPAL_FILE.read_bytes())
        for words in (self.own, self.known):
            for word, count in sorted(words.items()):
                digest.update(f"{word}\t{count}\n".encode())
            digest.update(b"\n")
        return digest.hexdigest()

    def as_text(self) -> str:
        lines = [f"own\t{word}\t{count}\n" for word, count in sorted(self.own.items())]
        lines += [f"known\t{word}\t{count}\n" for word, count in sorted(self.known.items())]
        lines += [
            f"short\t{short}\t{papers}\t{form}\n"
            for short, forms in sorted(self.abbreviations.items())
            for form, papers in forms
        ]
        return "".join(lines)

    @classmethod
    def of_text(cls, text: str) -> "Lexicon":
        words: dict[str, dict[str, int]] = {"own": {}, "known": {}}
        abbreviations: dict[str, list[tuple[str, int]]] = {}
        for line in text.splitlines():
            part, word, count, *form = line.split("\t")
            if part == "short":
                abbreviations.setdefault(word, []).append((form[0], int(count)))
            else:
                words[part][word] = int(count)
        return cls(**words, abbreviations=abbreviations)


class Learner:
    """Reads the papers of an archive once and makes its lexicon."""

    def __init__(self) -> None:
        self._papers = 0
        self._in_papers: Counter[str] = Counter()
        self._capitalised: Counter[str] = Counter()
        self._small: Counter[str] = Counter()
        self._explained: Counter[Explained] = Counter()

    def read(self, text: str) -> set[Explained]:
        """Take in one paper; its line-end hyphens are joined already. Return the
        abbreviations that it explains."""
        self._papers += 1
        explained = explained_in(text)
        self._explained.update(explained)
        seen = set()
        for word, count in Counter(words_of(text)).items():
            small = word.lower()
            if not 4 <= len(word) <= 40 or not word.isalpha():
                continue
            seen.add(small)
            if word[0].islower():
                self._small[small] += count
            elif word[1:].islower():
                self._capitalised[small] += count
        self._in_papers.update(seen)
        return explained

    def lexicon(self, extra: Iterable[str] = ()) -> Lexicon:
        """Make the lexicon; ``extra`` are nouns that an installation wants split."""
        own = {word: _MOST_WEIGHT for word in map(str.lower, extra) if word.isalpha()}
        splitter = Splitter(shipped_nouns())
        least = 40 if self._papers >= 2000 else 15
        for word, count in self._capitalised.items():
            if count >= least and self._is_new_noun(word, count) and not splitter.split(word):
                own.setdefault(word, min(count, _MOST_WEIGHT))
        known = {
            word: papers
            for word, papers in self._in_papers.items()
            if papers >= _KNOWN_FROM and len(word) >= 6
        }
        papers = ((short, form, number) for (short, form), number in self._explained.items())
        return Lexicon(own, known, learnt(papers, stem))

    def _is_new_noun(self, word: str, count: int) -> bool:
        return (
            len(word) <= 14
            and count > 4 * self._small[word]
            and word not in shipped_nouns()
            and word not in STOP_WORDS
            and word not in NO_PARTS
            and word not in NO_MODIFIERS
        )
