"""Permanent ids: every paper that is found gets one, when it is first indexed, and keeps it.

The rows are written on the way to the index, by whoever writes it, and never deleted: an
id is not given to another paper. Who may read what an id leads to is asked of the source,
at every door.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from cms.core.values import FuzzyDate
from search.engines import Change
from search.entries import Entry
from search.models import PermanentId
from search.questions import Hit

# So many are written with the same three queries.
_TOGETHER = 200


@dataclass(frozen=True, slots=True)
class _Note:
    """What is kept of one entry; without ``shown`` it has been withdrawn."""

    key: str
    identity: str = ""
    digest: str = ""
    tokens: tuple[str, ...] = ()
    shown: Mapping[str, Any] | None = None


def noting(changes: Iterable[Change]) -> Iterator[Change]:
    """Hand changes on to the index, and keep the ids of what they bring."""
    notes: list[_Note] = []
    for change in changes:
        notes.append(_note_of(change.entry) if change.entry else _Note(change.key))
        yield change
        if len(notes) >= _TOGETHER:
            _keep(notes)
            notes.clear()
    _keep(notes)


def noting_entries(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The same for a rebuild, which reads what there is and not what has changed."""
    changes = (Change(entry.key, 0, entry) for entry in entries)
    return (change.entry for change in noting(changes) if change.entry)


def row_of(permanent_id: str) -> PermanentId | None:
    return PermanentId.objects.filter(pk=permanent_id.lower()).first()


def row_for(key: str) -> PermanentId | None:
    """Return the row of a paper that can be found now, by its key."""
    return PermanentId.objects.filter(key=key).exclude(shown={}).first()


def rows_for(keys: Collection[str]) -> dict[str, PermanentId]:
    """Return the rows of papers by their keys, in one query."""
    return {row.key: row for row in PermanentId.objects.filter(key__in=keys)}


def paths_of(keys: Collection[str]) -> dict[str, str]:
    """Return the permanent paths of papers by their keys, in one query."""
    rows = PermanentId.objects.filter(key__in=keys).values_list("key", "pk")
    return {key: path_of(pk) for key, pk in rows}


def path_of(permanent_id: str, version: int | None = None) -> str:
    if version is None:
        return reverse("permanent", args=[permanent_id])
    return reverse("permanent_version", args=[permanent_id, version])


def as_hit(row: PermanentId) -> Hit:
    """Return what a citation says of a paper, in the form in which search cites."""
    shown = {**row.shown, "when": FuzzyDate.parse(row.shown["when"])}
    shown["organisations"] = [tuple(pair) for pair in shown["organisations"]]
    return Hit(key=row.key, score=0.0, **shown)


# --- keeping ----------------------------------------------------------------------


def _note_of(entry: Entry) -> _Note:
    prefix, _, _ = entry.key.partition(":")
    shown = {
        "kind": entry.kind,
        "title": " ".join(entry.title.split()),
        "url": entry.url,
        "reference_number": entry.reference_number,
        "when": entry.when.iso,
        "organisations": [list(pair) for pair in entry.organisations],
        "language": entry.language,
    }
    return _Note(
        key=entry.key,
        identity=f"{prefix} {entry.source_id}" if entry.source_id else entry.key,
        digest=_digest(entry),
        tokens=tuple(sorted(entry.tokens)),
        shown=shown,
    )


def _digest(entry: Entry) -> str:
    """SHA-256 of what there is to read: an address or a reader more is no change of the text."""
    digest = hashlib.sha256()
    about = (entry.title, entry.reference_number, entry.when.iso, entry.state, entry.text)
    for text in (*about, *(t for file in entry.files for t in (file.name, *file.pages))):
        digest.update(text.encode("utf-8", "replace") + b"\0")
    return digest.hexdigest()


def _keep(notes: Collection[_Note]) -> None:
    keys = [note.key for note in notes]
    identities = [note.identity for note in notes if note.identity]
    rows = PermanentId.objects.filter(Q(key__in=keys) | Q(identity__in=identities))
    present = {name: row for row in rows for name in (row.key, row.identity)}
    made, changed = [], []
    for note in notes:
        row = present.get(note.key) or present.get(note.identity)
        if row is None and note.shown is not None:
            made.append(_made(note))
        elif row is not None and _bring_up_to_date(row, note):
            changed.append(row)
    # Somebody else may have been faster.
    PermanentId.objects.bulk_create(made, ignore_conflicts=True)
    PermanentId.objects.bulk_update(changed, ["key", "digest", "tokens", "shown", "changed_at"])


def _made(note: _Note) -> PermanentId:
    return PermanentId(
        key=note.key,
        identity=note.identity,
        digest=note.digest,
        tokens=list(note.tokens),
        shown=note.shown,
    )


def _bring_up_to_date(row: PermanentId, note: _Note) -> bool:
    """Change the row where the note says otherwise; return whether it did."""
    if note.shown is None:
        was_shown, row.shown = bool(row.shown), {}
        return was_shown
    before = (row.key, row.digest, row.tokens, row.shown)
    if row.digest != note.digest or not row.shown:
        row.changed_at = timezone.now()
    row.key, row.digest = note.key, note.digest
    row.tokens, row.shown = list(note.tokens), dict(note.shown)
    return before != (row.key, row.digest, row.tokens, row.shown)
