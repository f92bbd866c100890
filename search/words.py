"""The words of a question: which carry it, how they are spelt, what they stand for."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from search.german import Analyser, fold
from search.german.words import QUESTION_WORDS, WORD
from search.questions import Correction
from search.relevance import Asked, is_rare
from search.spelling import Speller, Spelt, Vocabulary

# Nobody types so many words; who pastes a page needs no spelling.
_MOST_CHECKED = 10


@dataclass(frozen=True, slots=True)
class Spelled:
    """A word as somebody typed it, and as it is to be searched."""

    typed: str
    spelt: Spelt

    @property
    def differs(self) -> bool:
        return fold(self.spelt.used) != fold(self.typed)


class WordReader:
    def __init__(
        self,
        analyser: Analyser,
        vocabulary: Vocabulary,
        papers_with: Callable[[Collection[str]], Mapping[str, int]],
    ) -> None:
        self._analyser = analyser
        self._vocabulary = vocabulary
        self._speller = Speller(vocabulary, analyser)
        self._papers_with = papers_with

    def spell(self, words: Sequence[str]) -> list[Spelled]:
        """Spell the words that carry the question; all of them when none does."""
        carrying = [
            word
            for word in words
            if word.lower() not in QUESTION_WORDS and (len(word) > 1 or word.isdigit())
        ]
        words = carrying or words
        self._speller.expect(words[:_MOST_CHECKED])
        checked = [Spelled(word, self._speller.check(word)) for word in words[:_MOST_CHECKED]]
        return checked + [Spelled(word, Spelt(word.lower())) for word in words[_MOST_CHECKED:]]

    def corrected(self, spelled: Sequence[Spelled]) -> list[Asked]:
        spelt = [word.spelt for word in spelled]
        found = self._asked([(one.word, one.weight) for one in spelt])
        likelier = iter(self._asked([(o.beside, o.beside_weight) for o in spelt if o.beside]))
        asked = [
            replace(word, beside=next(likelier)) if one.beside else word
            for word, one in zip(found, spelt, strict=True)
        ]
        return self._said_otherwise(spelled, asked)

    def verbatim(self, spelled: Sequence[Spelled]) -> list[Asked]:
        return self.asked_all(word.typed for word in spelled)

    def _said_otherwise(self, spelled: Sequence[Spelled], asked: Sequence[Asked]) -> list[Asked]:
        """Add long forms to abbreviations, and short forms to words that have one."""
        known = self._analyser.abbreviations
        stems = [one.terms.stem for one in asked]
        result = []
        for place, (word, one) in enumerate(zip(spelled, asked, strict=True)):
            also = list(known.long_forms(word.typed))
            for end in range(place + 1, min(len(stems), place + known.longest) + 1):
                if short := known.short_form(tuple(stems[place:end])):
                    also.append((short,))
            result.append(replace(one, also=tuple(also)))
        return result

    def asked_all(self, words: Iterable[str]) -> list[Asked]:
        return self._asked([(word, 1.0) for word in words])

    def _asked(self, words: Sequence[tuple[str, float]]) -> list[Asked]:
        """Read words with their weights; how rare the compounds are is asked for at once."""
        read = [(self._analyser.terms(word), fold(word), weight) for word, weight in words]
        papers = self._papers_with({terms.stem for terms, _, _ in read if terms.coarse})
        return [
            Asked(
                terms=terms,
                folded=folded,
                weight=weight,
                rare=bool(terms.coarse) and is_rare(papers[terms.stem]),
            )
            for terms, folded, weight in read
        ]

    def corrections(self, spelled: Sequence[Spelled]) -> list[Correction]:
        return [
            Correction(
                typed=word.typed,
                used=self._as_usual(word.spelt.used, like=word.typed),
                replaced=not word.spelt.beside,
            )
            for word in spelled
            if word.differs
        ]

    def usual(self, folded: str) -> str:
        return self._vocabulary.look_up(folded).usual

    def _as_usual(self, word: str, *, like: str) -> str:
        """With its capital, as the archive writes it, or else as the typed word has one."""
        usual = self.usual(fold(word))
        if usual.lower() == word:
            return usual
        return word[:1].upper() + word[1:] if like[:1].isupper() else word


def with_corrections(text: str, corrections: Sequence[Correction]) -> str:
    """The question as it would read with the corrected words."""
    used = {correction.typed: correction.used for correction in corrections}
    return WORD.sub(lambda found: used.get(found.group(), found.group()), text)
