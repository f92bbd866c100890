"""Cutting texts into passages, and finding the window of one that shows most."""

from collections.abc import Iterator, Set
from dataclasses import dataclass

from search.german import Analyser, terms_of_words
from search.german.words import WORD
from search.questions import Mark

SIZE = 1500
_TOO_LONG = 1.3
WINDOW = 320
_LEAD = 60


def cut(text: str, size: int = SIZE) -> list[str]:
    """Cut a text at line ends into passages of about ``size`` characters."""
    passages: list[str] = []
    lines: list[str] = []
    length = 0

    def close() -> None:
        nonlocal length
        if lines:
            passages.append("\n".join(lines))
        lines.clear()
        length = 0

    for line in _lines(text, size):
        if length + len(line) > size and length > size // 2:
            close()
        lines.append(line)
        length += len(line) + 1
    if passages and length < size // 4:
        lines.insert(0, passages.pop())
    close()
    return passages


def _lines(text: str, size: int) -> Iterator[str]:
    """The lines that hold something; overlong ones are cut at a space."""
    for line in text.split("\n"):
        if not line.strip():
            continue
        while len(line) > size * _TOO_LONG:
            end = line.rfind(" ", size // 2, size)
            end = end if end > 0 else size
            yield line[:end]
            line = line[end:]
        yield line


@dataclass(frozen=True, slots=True)
class Shown:
    text: str
    marks: tuple[Mark, ...]


class Marker:
    """Marks the words that share a term with the question.

    ``terms`` of a text are those that were found when it was indexed.
    """

    def __init__(self, analyser: Analyser, terms: Set[str]) -> None:
        self._analyser = analyser
        self._terms = terms - {""}
        # Words of one page of hits are much the same: each is looked at once.
        self._met: set[str] = set()
        self._asked: set[str] = set()

    def marks(self, text: str) -> list[Mark]:
        return self._marks(text, self._analyser.read(text).word_by_word())

    def _marks(self, text: str, terms: str) -> list[Mark]:
        words = terms_of_words(terms)
        new = set(words).difference(self._met)
        self._met |= new
        self._asked.update(word for word in new if not self._terms.isdisjoint(word.split("|")))
        asked = self._asked.intersection(words)
        if not asked:
            return []
        places = zip(WORD.finditer(text), words, strict=False)
        return [found.span() for found, word in places if word in asked]

    def window(self, text: str, terms: str, width: int = WINDOW) -> Shown:
        """Return the part of a passage with most words of the question, marked."""
        marks = self._marks(text, terms)
        start = _start(text, marks, width)
        end = min(len(text), start + width)
        if end < len(text):
            space = text.rfind(" ", start + width // 2, end)
            end = space if space > 0 else end
        inside = tuple((a - start, b - start) for a, b in marks if a >= start and b <= end)
        return Shown(text[start:end].replace("\n", " "), inside)


def _start(text: str, marks: list[Mark], width: int) -> int:
    """Begin a little before the densest group of marks, at the start of a word."""
    if not marks or marks[-1][1] <= width:
        return 0
    best, most, first = 0, 0, 0
    for last in range(len(marks)):
        # A single word may be longer than the window.
        while first < last and marks[last][1] - marks[first][0] > width - 80:
            first += 1
        if last - first + 1 > most:
            best, most = first, last - first + 1
    start = max(0, marks[best][0] - _LEAD)
    space = text.find(" ", start, marks[best][0])
    return space + 1 if start and space >= 0 else start
