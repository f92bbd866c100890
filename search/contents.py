"""What an index keeps of an entry, whatever engine holds it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cms.core.values import FuzzyDate
from search import passages
from search.entries import Entry
from search.german import fold, join_hyphens, words_of
from search.relevance import Field
from search.sources import whole_id
from search.wishes import folded_reference

# What stands between the id and the present name of an organisation in its facet.
SEPARATOR = "\x1f"
_SHORTEST, _LONGEST = 3, 40


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage and where it stands: in which file (none: the paper's own text), on which page.

    ``terms`` are those of each word as an index keeps them: no reader needs to analyse again.
    """

    text: str
    file: int | None
    page: int | None
    terms: str = ""


def pieces_of(entry: Entry) -> Iterator[Piece]:
    for text in passages.cut(clean(entry.text)):
        yield Piece(text, None, None)
    for number, file in enumerate(entry.files):
        pages = file.pages if file.numbered else ["\n".join(file.pages)]
        for page, content in enumerate(pages, 1):
            for text in passages.cut(clean(content)):
                yield Piece(text, number, page if file.numbered else None)


def short_texts(entry: Entry) -> dict[Field, list[str]]:
    """The texts of the short fields, clean; no phrase reaches from one text into the next."""
    texts = {
        Field.TITLE: [entry.title],
        Field.NAMES: names_of(entry),
        Field.FILES: [file.name for file in entry.files],
    }
    return {field: [clean(text) for text in values] for field, values in texts.items()}


def clean(text: str) -> str:
    """Join broken words; what is no valid text (a lone surrogate) becomes a question mark."""
    return join_hyphens(text.encode("utf-8", "replace").decode("utf-8"))


def names_of(entry: Entry) -> list[str]:
    names = [name for _, name in entry.organisations]
    return list(dict.fromkeys([*names, *entry.organisation_names, *entry.persons, *entry.topics]))


def shown_of(entry: Entry) -> dict[str, Any]:
    """What a hit shows, as stored with the paper."""
    return {
        "key": entry.key,
        "kind": entry.kind,
        "title": clean(entry.title),
        "url": entry.url,
        "reference_number": entry.reference_number,
        "when": entry.when.iso,
        "state": entry.state,
        "organisations": [list(pair) for pair in entry.organisations],
        "topics": list(entry.topics),
        "language": entry.language,
        "source_id": entry.source_id,
        "files": [[file.name, file.url] for file in entry.files],
        "digest": entry.content_digest,
    }


def keywords_of(entry: Entry) -> dict[str, list[str]]:
    """What is chosen, counted and looked up as it is, by the field that holds it."""
    number = entry.reference_number
    return {
        "key": [entry.key],
        "kind": [entry.kind],
        "token": sorted(entry.tokens),
        str(Field.REFERENCE): [folded_reference(number)] if number else [],
        "organisation_id": [identity for identity, _ in entry.organisations],
        "organisation": [f"{identity}{SEPARATOR}{name}" for identity, name in entry.organisations],
        "topic": list(entry.topics),
        "state": [entry.state] if entry.state else [],
        "within": wholes_of(entry),
    }


def wholes_of(entry: Entry) -> list[str]:
    """What it is a part of; the papers of a body are a whole as well."""
    return [*entry.within, *(whole_id("organisation", one) for one, _ in entry.organisations)]


def day_of(when: FuzzyDate) -> int:
    """A number that sorts by date; 0 when nothing is known."""
    return when.earliest.toordinal() if when.earliest else 0


# --- the words of an archive ----------------------------------------------------------


def surfaces_of(entry: Entry, pieces: Iterable[Piece]) -> set[str]:
    """All words of an entry, as they are spelt in it."""
    texts = (entry.title, *(piece.text for piece in pieces), *names_of(entry))
    return set(words_of("\n".join(texts)))


def usual_spellings(surfaces: Mapping[str, int]) -> dict[str, str]:
    """Folded word -> as it is mostly spelt, of those that spelling may go by."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for surface, count in surfaces.items():
        if _SHORTEST <= len(surface) <= _LONGEST and surface.isalpha():
            # Headings in capitals say nothing about how a word is written.
            weight = 0 if surface.isupper() and len(surface) > 5 else count
            spellings[fold(surface)][surface] += weight
    # Of equals the one with a capital, not whichever a set gave first.
    return {
        folded: min(counts, key=lambda surface: (-counts[surface], surface))
        for folded, counts in spellings.items()
    }


def is_renewed(frequency: int, stored: int) -> bool:
    """Frequencies in the vocabulary only choose candidates: twice as many is soon enough."""
    return frequency >= 2 * stored
