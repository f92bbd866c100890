"""From a text to terms: stems, with the parts of a compound at its own place."""

from dataclasses import dataclass

from search.german.abbreviations import Abbreviations
from search.german.compounds import Parts, Splitter, spans
from search.german.hyphens import left_out
from search.german.lexicon import Lexicon
from search.german.stems import stem
from search.german.words import STOP_WORDS, WORD, fold

_CACHE_LIMIT = 200_000


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one word. ``coarse`` are the units a reader would name,
    ``fine`` the smaller nouns inside them that are not units themselves."""

    stem: str
    coarse: tuple[str, ...] = ()
    fine: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        return (self.stem, *self.coarse, *self.fine)


# One term: itself, its place among the words, and where the word stands in the text.
# A plain tuple, because an archive has tens of millions of them.
Placed = tuple[str, int, int, int]


@dataclass(frozen=True, slots=True)
class Read:
    """A text that was read: its terms, and all its words folded, stop words included."""

    placed: list[Placed]
    folded: list[str]

    def word_by_word(self) -> str:
        """The terms as a short text, see :func:`terms_of_words`."""
        words: list[list[str]] = [[] for _ in self.folded]
        for term, position, *_ in self.placed:
            words[position].append(term)
        # A few odd letters leave a space when they are folded.
        return " ".join("|".join(terms).replace(" ", "") for terms in words)


def terms_of_words(word_by_word: str) -> list[str]:
    """One item for each word of a text: its terms with | between, nothing for a stop word."""
    return word_by_word.split(" ")


class Analyser:
    """One German, for index and question alike."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._splitter = Splitter(lexicon.nouns)
        self.abbreviations = Abbreviations(lexicon.abbreviations, stem)
        self._terms: dict[str, tuple[str, ...]] = {}

    def relearn(self, lexicon: Lexicon) -> None:
        """Take over other abbreviations; the terms of words stay what they are."""
        self.abbreviations = Abbreviations(lexicon.abbreviations, stem)

    def stem(self, word: str) -> str:
        return stem(word)

    def terms(self, word: str) -> Terms:
        """The terms of a word that somebody asks for; stop words have them too."""
        small = word.lower()
        fine, coarse = self.units(small)
        stem = self.stem(small)
        coarse_stems = self._distinct(coarse, without=(stem,))
        return Terms(stem, coarse_stems, self._distinct(fine, without=(stem, *coarse_stems)))

    def index_terms(self, small: str) -> tuple[str, ...]:
        """The terms of a lower-case word of a text; none for a stop word."""
        found = self._terms.get(small)
        if found is None:
            found = () if small in STOP_WORDS else self.terms(small).all
            if len(self._terms) >= _CACHE_LIMIT:
                self._terms.clear()
            self._terms[small] = found
        return found

    def units(self, word: str) -> tuple[Parts, Parts]:
        """Split a lower-case word into its smallest nouns and into its two largest units."""
        fine = self._splitter.split(word)
        if len(fine) < 3 or not self.lexicon.known:
            return fine, fine
        return fine, self._two_units(word, fine) or fine

    def _two_units(self, word: str, fine: Parts) -> Parts:
        """Schul|sozialarbeit rather than schule|soziales|arbeit, if the archive knows it."""
        places = spans(word, fine)
        if places is None:
            return ()
        known = self.lexicon.known
        best: tuple[int, Parts] = (0, ())
        for cut in range(1, len(fine)):
            left = fine[0] if cut == 1 else word[: places[cut - 1][1]]
            right = fine[-1] if cut == len(fine) - 1 else word[places[cut][0] :]
            # The outermost nouns stand in the lexicon, whatever the archive says.
            uses = [known.get(left, 0)] if cut > 1 else []
            uses += [known.get(right, 0)] if cut < len(fine) - 1 else []
            if min(uses) > best[0]:
                best = (min(uses), (left, right))
        return best[1]

    def read(self, text: str) -> Read:
        """Read a text whose line-end hyphens are joined.

        Parts stand at the position of their compound. Stop words yield no term
        but keep their position, so that phrases with them still fit.
        """
        filled = self._filled_in(text)
        placed: list[Placed] = []
        folded: list[str] = []
        for position, found in enumerate(WORD.finditer(text)):
            start, end = found.span()
            word = found.group()
            folded.append(fold(word))
            for term in self.index_terms(word.lower()):
                placed.append((term, position, start, end))
            for term in filled.get(start, ()):
                placed.append((term, position, start, end))
        return Read(placed, folded)

    def _filled_in(self, text: str) -> dict[int, tuple[str, ...]]:
        """ "Geh- und Radweg": the first word also counts as "Gehweg"."""
        filled = {}
        for start, first, second in left_out(text):
            fine, coarse = self.units(second)
            if fine:
                head = coarse[-1] if len(coarse) < len(fine) else fine[-1]
                filled[start] = self._distinct((first + head, fine[-1]))
        return filled

    def _distinct(self, words: Parts, without: tuple[str, ...] = ()) -> tuple[str, ...]:
        stems = dict.fromkeys(self.stem(word) for word in words)
        return tuple(stem for stem in stems if stem not in without)
