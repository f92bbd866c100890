"""What a person typed, read without ever failing.

Quotation marks ask for a phrase, a minus before a word leaves it out, a star
behind one finds what begins with it. Everything else is text: there is no query
syntax to get wrong.
"""

import re
from dataclasses import dataclass

from search.german import fold, words_of

LONGEST = 400
MOST_WORDS = 32

_QUOTED = re.compile(r'(?<!\w)(-?)["„“”«»]([^"„“”«»]*)["„“”«»]')
_EXCLUDED = re.compile(r"(?:(?<=\s)|^)-(\w+)")
_PREFIX = re.compile(r"(\w{2,})\*")
_DIGIT = re.compile(r"\d")

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """``words`` are optional, each adds to the score; phrases must be there.

    ``references`` is what may be a reference number, folded: offices write them
    in too many ways to tell by their form.
    """

    words: tuple[str, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    excluded: tuple[Phrase, ...] = ()
    prefixes: tuple[str, ...] = ()
    references: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.phrases or self.excluded or self.prefixes)


def read_wish(text: str) -> Wish:
    text = text[:LONGEST].replace("\0", " ")
    phrases: list[Phrase] = []
    excluded: list[Phrase] = []

    def take_phrase(found: re.Match[str]) -> str:
        if words := tuple(words_of(found[2])[:MOST_WORDS]):
            (excluded if found[1] else phrases).append(words)
        return " "

    def take_excluded(found: re.Match[str]) -> str:
        excluded.append((found[1],))
        return " "

    prefixes: list[str] = []

    def take_prefix(found: re.Match[str]) -> str:
        prefixes.append(found[1])
        return " "

    rest = _PREFIX.sub(take_prefix, _EXCLUDED.sub(take_excluded, _QUOTED.sub(take_phrase, text)))
    return Wish(
        words=tuple(words_of(rest)[:MOST_WORDS]),
        phrases=tuple(phrases[:8]),
        excluded=tuple(excluded[:8]),
        prefixes=tuple(prefixes[:4]),
        references=_references(text),
    )


def _references(text: str) -> tuple[str, ...]:
    """The whole text and each piece of it, where it holds a digit."""
    pieces = dict.fromkeys(folded_reference(piece) for piece in (text, *text.split()))
    return tuple(piece for piece in pieces if _DIGIT.search(piece))[:4]


def folded_reference(text: str) -> str:
    """A reference number without the differences that nobody means."""
    return fold(" ".join(text.split()).strip(".,;:"))
