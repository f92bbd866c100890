"""Long passages in which nothing has changed, folded away between the changes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workflow.differences.words import Mark, Piece

# Lines that stay in sight before and after a change.
AROUND = 2
# A passage shorter than this is read faster than unfolded.
SHORTEST = 8


@dataclass(frozen=True, slots=True)
class Passage:
    """Pieces in reading order; `folded` says how many lines are hidden at first, 0: none."""

    pieces: tuple[Piece, ...]
    folded: int = 0


def passages(pieces: Sequence[Piece]) -> Iterator[Passage]:
    """Yield the pieces with what is long and unchanged in passages of its own."""
    together: list[Piece] = []
    for number, piece in enumerate(pieces):
        lines = piece.text.splitlines(keepends=True)
        head = AROUND if number else 0
        tail = AROUND if number + 1 < len(pieces) else 0
        hidden = lines[head : len(lines) - tail]
        if piece.mark is not Mark.SAME or len(hidden) < SHORTEST:
            together.append(piece)
            continue
        if head:
            together.append(Piece(Mark.SAME, "".join(lines[:head])))
        if together:
            yield Passage(tuple(together))
        yield Passage((Piece(Mark.SAME, "".join(hidden)),), folded=len(hidden))
        together = [Piece(Mark.SAME, "".join(lines[len(lines) - tail :]))] if tail else []
    if together:
        yield Passage(tuple(together))
