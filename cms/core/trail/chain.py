"""An act becomes an entry, and the entry hangs on the one before it.

`record` is called inside the transaction of the act it records, so act and
entry stand or fall together. The head row is locked while an entry is written,
which gives the entries one order without gaps.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from cms.core.digests import canonical_json, sha256
from cms.core.models import TrailEntry, TrailHead, TrailName

GENESIS = "0" * 64
# What the hash of an entry covers.
FACTS = (
    "sequence", "at", "action", "subject_type", "subject_id",
    "payload", "commitments", "previous_hash",
)  # fmt: skip
CLOCK_SET_BACK = "trail.clock_set_back"
# PostgreSQL does in one step what takes three: everybody who acts waits for the head.
ALL_AT_ONCE = """
    WITH entry AS (
        INSERT INTO core_trailentry (
            sequence, at, action, subject_type, subject_id,
            payload, commitments, previous_hash, hash
        ) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s) RETURNING id, sequence, hash, at
    ), names AS (
        INSERT INTO core_trailname (entry_id, role, account, name, salt)
        SELECT entry.id, given.* FROM entry, unnest(
            %s::varchar[], %s::bigint[], %s::varchar[], %s::varchar[]
        ) AS given
    )
    UPDATE core_trailhead SET sequence = entry.sequence, hash = entry.hash, at = entry.at
    FROM entry WHERE core_trailhead.id = %s RETURNING entry.id
"""
# Clocks of several servers differ by this much without anybody having touched them.
CLOCK_TOLERANCE = timedelta(minutes=5)


# No savepoint: entry and act stand or fall together.
@transaction.atomic(savepoint=False)
def record(
    *,
    action: str,
    subject: models.Model,
    by: Any = None,
    on_behalf_of: Any = "",
    payload: dict[str, Any] | None = None,
) -> TrailEntry:
    """Append one entry and return it.

    `by` and `on_behalf_of` are accounts, or names of those who have none (a
    guest, a party); `by=None` is the system. They enter the hash as salted
    commitments. `payload` holds references, digests and words of the act, never
    a person's name.
    """
    head = _locked_head()
    now = timezone.now()
    if head.at is not None and now < head.at - CLOCK_TOLERANCE:
        # Later entries may look older than earlier ones: why, stands between them.
        _append(head, now, CLOCK_SET_BACK, head, {"from": head.at.isoformat()}, [])
    names = [_name("actor", by), _name("on_behalf_of", on_behalf_of)]
    return _append(
        head, now, action, subject, payload or {}, [name for name in names if name is not None]
    )


def entries_about(subject: models.Model) -> models.QuerySet[TrailEntry]:
    """Return the entries on one object, oldest first, with their names."""
    return TrailEntry.objects.filter(
        subject_type=subject._meta.label_lower, subject_id=str(subject.pk)
    ).prefetch_related("names")


def commitment(salt: str, name: str, account: int | None) -> str:
    """Return what stands in the chain for a name: it can be proven, not guessed."""
    return sha256(f"{salt}\n{'' if account is None else account}\n{name}".encode())


def digest_of(facts: Mapping[str, Any]) -> str:
    """Return the SHA-256 over the plain facts of an entry (see FACTS), previous hash included."""
    return sha256(canonical_json(facts))


def plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return facts as they are hashed and handed out: the time as text in UTC."""
    return {**facts, "at": facts["at"].isoformat()}


def _locked_head() -> TrailHead:
    locked = TrailHead.objects.select_for_update()
    head = locked.filter(pk=1).first()
    if head is None:
        TrailHead.objects.get_or_create(pk=1)
        head = locked.get(pk=1)
    return head


def _append(
    head: TrailHead,
    at: datetime,
    action: str,
    subject: models.Model,
    payload: dict[str, Any],
    names: list[TrailName],
) -> TrailEntry:
    """Write the next entry and move the head."""
    entry = TrailEntry(
        sequence=head.sequence + 1,
        at=at,
        action=action,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        payload=payload,
        commitments={name.role: commitment(name.salt, name.name, name.account) for name in names},
        previous_hash=head.hash,
    )
    entry.hash = digest_of(plain({fact: getattr(entry, fact) for fact in FACTS}))
    head.sequence, head.hash, head.at = entry.sequence, entry.hash, at
    if connection.vendor == "postgresql":
        _write_at_once(entry, names, head)
    else:
        _write(entry, names, head)
    return entry


def _write(entry: TrailEntry, names: list[TrailName], head: TrailHead) -> None:
    entry.save()
    for name in names:
        name.entry = entry
    TrailName.objects.bulk_create(names)
    head.save()


def _write_at_once(entry: TrailEntry, names: list[TrailName], head: TrailHead) -> None:
    fields: list[Any] = [entry._meta.get_field(name) for name in (*FACTS, "hash")]
    values = [field.get_db_prep_save(getattr(entry, field.name), connection) for field in fields]
    columns = [
        [getattr(name, column) for name in names] for column in ("role", "account", "name", "salt")
    ]
    with connection.cursor() as cursor:
        cursor.execute(ALL_AT_ONCE, [*values, *columns, head.pk])
        (entry.pk,) = cursor.fetchone()
    entry._state.adding = False


def _name(role: str, who: Any) -> TrailName | None:
    if who is None or who == "":
        return None
    account = who.pk if isinstance(who, models.Model) else None
    return TrailName(
        role=role, name=str(who) or f"#{account}", account=account, salt=secrets.token_hex(16)
    )
