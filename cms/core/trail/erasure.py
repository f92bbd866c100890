"""A person's names go, the chain stays."""

from typing import Any

from django.db import transaction

from cms.core.models import TrailHead, TrailName
from cms.core.trail.chain import record

NAMES_ERASED = "trail.names_erased"


@transaction.atomic
def erase_names(*, by: Any, account: int | None = None, name: str = "") -> int:
    """Erase the names of one person and return how many entries bore them.

    `account` is the number of their account, which may be gone; `name` finds
    the names of somebody who had none (a guest), spelled exactly so. The entry
    that is written says which names went, so that `verify` can tell an erasure
    from a name blanked by hand.
    """
    rows = TrailName.objects.of(account=account, name=name).select_for_update(of=("self",))
    found = {pk: (sequence, role) for pk, sequence, role in rows.values_list(
        "pk", "entry__sequence", "role"
    )}  # fmt: skip
    if found:
        payload = {"erased": sorted(found.values())}
        record(action=NAMES_ERASED, subject=TrailHead.objects.get(pk=1), by=by, payload=payload)
        TrailName.objects.filter(pk__in=found).erase()
    return len({sequence for sequence, _ in found.values()})
