"""Writing records in batches: one transaction each, so that an import can end anywhere.

What has not changed since its last import is not written, and running again goes on
where it ended.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction

from cms.archive.importing import writing
from cms.archive.importing.records import (
    BodyRecord,
    Deletion,
    MeetingRecord,
    PaperRecord,
    Record,
)
from cms.archive.models import ArchiveBody, ArchiveMeeting, ArchivePaper
from cms.core.papers import Audience

_BATCH = 200
# Characters of text that wait in memory for their batch.
_BATCH_LENGTH = 4_000_000

# In the order in which they are written: papers name meetings, meetings name bodies.
_KINDS: dict[type[Record], tuple[str, type[models.Model], Any]] = {
    BodyRecord: ("bodies", ArchiveBody, writing.write_bodies),
    MeetingRecord: ("meetings", ArchiveMeeting, writing.write_meetings),
    PaperRecord: ("papers", ArchivePaper, writing.write_papers),
}


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom the imported papers are for."""

    audience: str = Audience.PUBLIC
    network_id: int | None = None


@dataclass(slots=True)
class Store:
    """Takes records, writes them a batch at a time; `flush` writes the rest.

    `counts` say per kind what was new, changed, unchanged, deleted.
    """

    meant: Meant = Meant()
    dry_run: bool = False
    counts: dict[str, Counter[str]] = field(
        default_factory=lambda: {name: Counter() for name, _, _ in _KINDS.values()}
    )
    _waiting: dict[type[Record], dict[tuple[str, str], Record | Deletion]] = field(
        default_factory=lambda: {kind: {} for kind in _KINDS}
    )
    _length: int = 0

    def take(self, record: Record | Deletion) -> None:
        kind = record.of if isinstance(record, Deletion) else type(record)
        # The same object twice: the later one counts.
        self._waiting[kind][record.source, record.source_id] = record
        if isinstance(record, PaperRecord):
            self._length += record.length
        if self._length > _BATCH_LENGTH or sum(map(len, self._waiting.values())) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        with transaction.atomic():
            for kind, waiting in self._waiting.items():
                self._write(kind, waiting.values())
                waiting.clear()
        self._length = 0

    @property
    def changes(self) -> int:
        return sum(
            count[what] for count in self.counts.values() for what in ("new", "changed", "deleted")
        )

    def _write(self, kind: type[Record], given: Iterable[Record | Deletion]) -> None:
        name, model, write = _KINDS[kind]
        records = [one for one in given if not isinstance(one, Deletion)]
        deletions = [one for one in given if isinstance(one, Deletion)]
        held = _digests(model, [*records, *deletions])
        # Only papers are for somebody: their bodies and meetings are shown with them.
        meant = (self.meant.audience, self.meant.network_id) if kind is PaperRecord else ()
        to_write = []
        for record in records:
            digest = record.digest(*meant)
            before = held.get((record.source, record.source_id), "")
            outcome = "unchanged" if before == digest else "changed" if before else "new"
            self.counts[name][outcome] += 1
            if outcome != "unchanged":
                to_write.append((record, digest))
        present = [one for one in deletions if (one.source, one.source_id) in held]
        if present:
            self.counts[name]["deleted"] += len(present)
        if self.dry_run:
            return
        if to_write:
            write(to_write, audience=self.meant.audience, network_id=self.meant.network_id)
        if present:
            writing.delete(model, present)


def _digests(
    model: type[models.Model], asked: Iterable[Record | Deletion]
) -> dict[tuple[str, str], str]:
    rows = model._default_manager.filter(source_id__in=[one.source_id for one in asked])
    found = rows.values_list("source", "source_id", "digest")
    return {(source, source_id): digest for source, source_id, digest in found}
