"""From an entry to the document that is indexed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any

from search.contents import (
    Piece,
    day_of,
    keywords_of,
    pieces_of,
    short_texts,
    shown_of,
    surfaces_of,
)
from search.entries import Entry
from search.german import Analyser, Read
from search.german.analysis import Placed
from search.likeness import key_terms
from search.relevance import Field


def tombstone(key: str) -> dict[str, Any]:
    return {"key": key, "gone": True}


def document_of(entry: Entry, analyser: Analyser) -> tuple[dict[str, Any], set[str]]:
    """Return the document and the words of an entry as they are spelt in it."""
    pieces = list(pieces_of(entry))
    document: dict[str, Any] = {"gone": False, "shown": shown_of(entry), **_facets(entry)}
    exact: list[str] = []
    for field, texts in short_texts(entry).items():
        read = [analyser.read(text) for text in texts]
        document[field] = terms_text(one.placed for one in read)
        exact += [" ".join(one.folded) for one in read]
    body: list[Placed] = []
    counts: Counter[str] = Counter()
    folded: list[str] = []
    passages = []
    for place, piece in enumerate(pieces):
        one = analyser.read(piece.text)
        passages.append(_passage(place, piece, one))
        counts.update(term for term, *_ in one.placed)
        body += [
            (term, position + len(folded), start, end) for term, position, start, end in one.placed
        ]
        folded += one.folded
    document["passages"] = passages
    document[Field.BODY] = terms_text([body])
    document[Field.KEY_TERM] = key_terms(entry.title, counts, analyser)
    document[Field.EXACT] = [*exact, " ".join(folded)]
    return document, surfaces_of(entry, pieces)


def terms_text(texts: Iterable[Iterable[Placed]]) -> list[str]:
    """The terms of texts, parted at spaces: of each text those that stand for its words, in
    their order, and behind them all others (parts of compounds), where no phrase reaches."""
    lines: list[str] = []
    others: list[str] = []
    for placed in texts:
        line: list[str] = []
        last = -1
        for term, position, *_ in placed:
            (others if position == last else line).append(term)
            last = position
        lines.append(" ".join(line))
    return [*lines, " ".join(others)]


def _passage(place: int, piece: Piece, read: Read) -> dict[str, Any]:
    shown = asdict(replace(piece, terms=read.word_by_word()))
    return {"place": place, Field.BODY: terms_text([read.placed]), "shown": shown}


def _facets(entry: Entry) -> dict[str, Any]:
    values: dict[str, Any] = {
        **keywords_of(entry),
        "digest": entry.content_digest,
        "day": day_of(entry.when),
    }
    if entry.when.year:
        values["year"] = entry.when.year
    return values
