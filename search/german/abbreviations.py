"""Abbreviations that an archive explains itself: "Kommunaler Ordnungsdienst (KOD)".

After Schwartz and Hearst (2003): the shortest run of words before the bracket
that holds the letters of the abbreviation in order, the first of them at the
start of a word.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from search.german.words import STOP_WORDS, words_of

# An abbreviation with its long forms and in how many papers each is explained.
LongForms = Sequence[tuple[str, int]]

_BRACKET = re.compile(
    r"\((?:kurz:? |sog\. |im Folgenden:? )?[„\"]?([A-ZÄÖÜ][A-Za-zÄÖÜäöü&-]{1,7})[“\"]?\)"
)
_SENTENCE_END = re.compile(r"[.;:,()\"„“•]\s")
_BEFORE = 110
_MOST_WORDS = 8
_FEWEST_PAPERS = 2
_LEAST_SHARE = 0.2
_MOST_FORMS = 2


# An abbreviation and what it stands for, as one paper says.
Explained = tuple[str, str]


def explained_in(text: str) -> set[Explained]:
    """Return what one paper explains; each explanation counts once in it."""
    explained = set()
    for found in _BRACKET.finditer(text):
        short = found[1]
        if sum(letter.isupper() for letter in short) < 2:
            continue
        before = text[max(0, found.start() - _BEFORE) : found.start()]
        words = _SENTENCE_END.split(before)[-1].split()[-_MOST_WORDS:]
        if form := long_form(words, short):
            explained.add((short, form))
    return explained


def learnt(
    papers: Iterable[tuple[str, str, int]], stem: Callable[[str], str]
) -> dict[str, LongForms]:
    """The forms seen often enough, of all with the number of their papers; inflected
    variants count as one."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for short, form, number in papers:
        counts[short][form] += number
    found: dict[str, LongForms] = {}
    for short, forms in counts.items():
        merged: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
        for form, number in sorted(forms.items()):
            merged[tuple(stem(word) for word in words_of(form))][form] += number
        least = max(_FEWEST_PAPERS, _LEAST_SHARE * forms.total())
        kept = [
            (variants.most_common(1)[0][0], variants.total())
            for variants in merged.values()
            if variants.total() >= least
        ]
        if kept:
            found[short] = sorted(kept, key=lambda one: (-one[1], one[0]))[:_MOST_FORMS]
    return found


def long_form(words: Sequence[str], short: str) -> str:
    """Return what the abbreviation stands for; empty when the words do not tell."""
    text = " ".join(words)
    place = len(text)
    letters = [letter.lower() for letter in short if letter.isalpha()]
    for number in range(len(letters) - 1, -1, -1):
        place = _letter_before(text, letters[number], place, at_word_start=number == 0)
        if place < 0:
            return ""
    form = text[place:].strip()
    parts = form.split()
    tells_nothing = len(form) < len(short) + 3 or short.lower() in map(str.lower, parts)
    if tells_nothing or len(parts) > len(letters) + 3:
        return ""
    initials = [word[0].lower() for word in words_of(form) if word.lower() not in STOP_WORDS]
    used = sum(initial in letters for initial in initials)
    fits = initials and initials[0] == letters[0] and used >= len(initials) - 1
    return form if fits else ""


def _letter_before(text: str, letter: str, place: int, *, at_word_start: bool) -> int:
    for at in range(place - 1, -1, -1):
        if text[at].lower() != letter:
            continue
        if not at_word_start or at == 0 or not text[at - 1].isalnum():
            return at
    return -1


class Abbreviations:
    """Both ways: what an abbreviation stands for, and what is said in short."""

    def __init__(self, known: Mapping[str, LongForms], stem: Callable[[str], str]) -> None:
        self._long: dict[str, list[tuple[str, ...]]] = {}
        self._short: dict[tuple[str, ...], str] = {}
        for short, forms in known.items():
            for form, papers in forms:
                stems = tuple(stem(w) for w in words_of(form) if w.lower() not in STOP_WORDS)
                self._long.setdefault(short, []).append(stems)
                # Too few papers for the way back: a rare short form would only disturb.
                if papers > _FEWEST_PAPERS:
                    self._short.setdefault(stems, stem(short))

    def long_forms(self, typed: str) -> list[tuple[str, ...]]:
        """Stems of the long forms, if this was typed as an abbreviation."""
        return self._long.get(typed, []) if any(map(str.isupper, typed[1:])) else []

    def short_form(self, stems: tuple[str, ...]) -> str:
        return self._short.get(stems, "")

    @property
    def longest(self) -> int:
        return max(map(len, self._short), default=0)
