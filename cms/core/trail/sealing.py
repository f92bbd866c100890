"""Once an hour the end of the trail is signed and laid down outside the database.

Who has the database in their hands can write the whole chain anew; they cannot
write anew what lies elsewhere.
"""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.translation import gettext, override

from cms.core import outbox
from cms.core.models import OutboxRow, TrailHead
from cms.core.trail import heads, keys
from cms.core.trail.chain import GENESIS
from cms.core.trail.verification import Break, Walk, walk

EVERY = timedelta(hours=1)


class Broken(Exception):
    """A trail that does not hold is not sealed: that would make it look whole."""

    def __init__(self, broken: Break) -> None:
        super().__init__(f"entry {broken.sequence}: {broken.reason}")
        self.broken = broken


def seal(now: datetime) -> int:
    """Lay down a head if the last one is an hour old and entries came since.

    Returns how many heads were laid down, 0 or 1. Raises Broken.
    """
    with heads.sealing_lock() as ours:
        if not ours:
            return 0
        last = next(reversed(heads.laid_down()), None)
        if last is not None and last.sealed_at <= now < last.sealed_at + EVERY:
            return 0
        sealed = last.size if last else 0
        if not TrailHead.objects.exclude(sequence=sealed).exists():
            return 0
        walked = walk()
        if walked.broken is not None:
            raise Broken(walked.broken)
        head = _head(walked, last, now)
        with transaction.atomic():
            _note_letter(head)
            heads.lay_down(head)
    return 1


def _head(walked: Walk, last: heads.Head | None, now: datetime) -> heads.Head:
    return heads.Head(
        size=walked.tree.size,
        root=walked.tree.root(),
        at=now.isoformat(),
        previous=last.digest if last else GENESIS,
        key=keys.public_key(),
        hashes=walked.hashes[last.size if last else 0 :],
    ).signed()


def _note_letter(head: heads.Head) -> None:
    if settings.TRAIL_HEADS_TO:
        outbox.put("core.trail_head", str(head.size), head.for_a_letter())


# The same head twice in a mailbox does no harm.
@outbox.handler("core.trail_head", leased=True)
def send(rows: Sequence[OutboxRow]) -> None:
    for row in rows:
        with override(settings.LANGUAGE_CODE):
            letter(row).send()


def letter(row: OutboxRow) -> EmailMessage:
    number = {"number": row.payload["size"]}
    text = gettext(
        "Please keep this letter outside the system. It proves what the trail was up to entry "
        "%(number)d. To compare, save the line below in a file and call: "
        "manage.py verify_trail --heads FILE"
    )
    return EmailMessage(
        subject=gettext("Trail sealed up to entry %(number)d") % number,
        body=f"{text % number}\n\n{json.dumps(row.payload)}\n",
        to=settings.TRAIL_HEADS_TO,
    )
