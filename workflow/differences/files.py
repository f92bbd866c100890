"""The texts of attached files, old against new, paired by their names."""

from dataclasses import dataclass, field
from typing import Any

from workflow import digests
from workflow.differences.fields import Change
from workflow.differences.folding import Passage, passages
from workflow.differences.words import Piece, Tally, compare


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDifference:
    """One file that came, went or was replaced.

    `pieces` are empty where one of the two texts is not known: a picture, a
    file not read yet, or an old one that is not kept.
    """

    name: str
    change: Change
    pieces: tuple[Piece, ...] = ()
    tally: Tally = field(default_factory=Tally)

    @property
    def passages(self) -> list[Passage]:
        return list(passages(self.pieces))


def files_between(before: Any, after: Any) -> list[FileDifference]:
    """Compare the files of two versions of a text; what stayed the same is left out."""
    old, new = _by_name(before), _by_name(after)
    replaced = [name for name in new if name in old and old[name] != new[name]]
    texts = digests.texts_of({one[name] for one in (old, new) for name in replaced})
    found = []
    for name in sorted(old.keys() | new.keys()):
        if name in replaced:
            found.append(_replaced(name, texts.get(old[name], ""), texts.get(new[name], "")))
        elif name not in old:
            found.append(FileDifference(name=name, change=Change.ADDED))
        elif name not in new:
            found.append(FileDifference(name=name, change=Change.REMOVED))
    return found


def _by_name(text: Any) -> dict[str, str]:
    return dict(digests.files_of(text)) if text is not None else {}


def _replaced(name: str, before: str, after: str) -> FileDifference:
    tally = Tally()
    pieces = tuple(compare(before, after, tally)) if before and after else ()
    return FileDifference(name=name, change=Change.CHANGED, pieces=pieces, tally=tally)
