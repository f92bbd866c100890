"""From what an index has stored of a paper to a hit as a page shows it."""

from collections.abc import Mapping, Sequence
from typing import Any

from cms.core.values import FuzzyDate
from search.contents import Piece
from search.passages import Marker
from search.questions import Hit, Passage

# How many passages a hit shows at most.
PER_HIT = 2


def hit_of(shown: Mapping[str, Any], score: float, pieces: Sequence[Piece], marker: Marker) -> Hit:
    return Hit(
        key=shown["key"],
        kind=shown["kind"],
        title=shown["title"],
        url=shown["url"],
        score=score,
        title_marks=tuple(marker.marks(shown["title"])),
        passages=_passages(pieces, shown["files"], marker),
        reference_number=shown["reference_number"],
        when=FuzzyDate.parse(shown["when"]),
        state=shown["state"],
        organisations=tuple((identity, name) for identity, name in shown["organisations"]),
        topics=tuple(shown["topics"]),
        language=shown["language"],
        source_id=shown["source_id"],
    )


def _passages(
    pieces: Sequence[Piece], files: list[list[str]], marker: Marker
) -> tuple[Passage, ...]:
    made = [_passage(piece, files, marker) for piece in pieces]
    # A second passage only where it shows something.
    return tuple(passage for place, passage in enumerate(made) if not place or passage.marks)


def _passage(piece: Piece, files: list[list[str]], marker: Marker) -> Passage:
    shown = marker.window(piece.text, piece.terms)
    if piece.file is None:
        return Passage(text=shown.text, marks=shown.marks)
    name, url = files[piece.file]
    return Passage(
        text=shown.text,
        marks=shown.marks,
        file_name=name,
        page=piece.page,
        url=f"{url}#page={piece.page}" if piece.page else url,
    )
