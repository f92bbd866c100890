"""Who did what, when, for whom, on which text: append-only, chained by hashes.

`record` is called inside the transaction of the act it records, so act and
entry stand or fall together. The head row is locked while an entry is written,
which gives the entries one order without gaps.
"""

import secrets
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from cms.core.digests import canonical_json, sha256
from cms.core.models import TrailEntry, TrailHead, TrailName

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where the chain does not hold, and what is wrong there."""

    sequence: int
    reason: str


@transaction.atomic
def record(
    *,
    action: str,
    subject: models.Model,
    by: Any = None,
    on_behalf_of: str = "",
    payload: dict[str, Any] | None = None,
) -> TrailEntry:
    """Append one entry and return it.

    `by` is a user, or None for the system. `payload` holds references, digests
    and words of the act, never a person's name: names go into `by` and
    `on_behalf_of`, which enter the hash as salted commitments.
    """
    TrailHead.objects.get_or_create(pk=1)
    head = TrailHead.objects.select_for_update().get(pk=1)
    names = _names(by, on_behalf_of)
    entry = TrailEntry(
        sequence=head.sequence + 1,
        at=timezone.now(),
        action=action,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        payload=payload or {},
        commitments={name.role: commitment(name.salt, name.name) for name in names},
        previous_hash=head.hash,
    )
    entry.hash = hash_of(entry)
    entry.save()
    for name in names:
        name.entry = entry
    TrailName.objects.bulk_create(names)
    head.sequence, head.hash = entry.sequence, entry.hash
    head.save()
    return entry


def entries_about(subject: models.Model) -> models.QuerySet[TrailEntry]:
    """Return the entries on one object, oldest first, with their names."""
    return TrailEntry.objects.filter(
        subject_type=subject._meta.label_lower, subject_id=str(subject.pk)
    ).prefetch_related("names")


def commitment(salt: str, name: str) -> str:
    """Return what stands in the chain for a name: it can be proven, not guessed."""
    return sha256(f"{salt}\n{name}".encode())


def hash_of(entry: TrailEntry) -> str:
    """Return the SHA-256 over all facts of the entry and the previous hash."""
    return sha256(
        canonical_json(
            {
                "sequence": entry.sequence,
                "at": entry.at.isoformat(),
                "action": entry.action,
                "subject_type": entry.subject_type,
                "subject_id": entry.subject_id,
                "payload": entry.payload,
                "commitments": entry.commitments,
                "previous_hash": entry.previous_hash,
            }
        )
    )


def verify() -> Break | None:
    """Walk the whole chain; return the first break, or None when it holds."""
    previous, expected = GENESIS, 1
    for entry in TrailEntry.objects.order_by("sequence").iterator(chunk_size=2000):
        if entry.sequence != expected:
            return Break(expected, "entry missing")
        if entry.previous_hash != previous or entry.hash != hash_of(entry):
            return Break(entry.sequence, "entry changed")
        previous, expected = entry.hash, expected + 1
    head = TrailHead.objects.filter(pk=1).first()
    if head and (head.sequence, head.hash) != (expected - 1, previous):
        return Break(expected, "entries missing at the end")
    return _broken_name()


def _broken_name() -> Break | None:
    for name in TrailName.objects.select_related("entry").iterator(chunk_size=2000):
        if name.entry.commitments.get(name.role) != commitment(name.salt, name.name):
            return Break(name.entry.sequence, "name changed")
    return None


def _names(by: Any, on_behalf_of: str) -> list[TrailName]:
    names = []
    if by is not None:
        names.append(TrailName(role="actor", user=by, name=str(by), salt=secrets.token_hex(16)))
    if on_behalf_of:
        names.append(TrailName(role="on_behalf_of", name=on_behalf_of, salt=secrets.token_hex(16)))
    return names
