"""Appointing deputies and ending their deputyship."""

from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from cms.core import trail
from workflow.errors import JourneyRefused
from workflow.models import Deputyship
from workflow.rules.deputies import Tie, refusal_to_appoint
from workflow.rules.refusals import Refusal


@transaction.atomic
def appoint_deputy(
    *,
    principal: Any,
    deputy: Any,
    by: Any,
    starts: date,
    ends: date,
    may_sign: bool = False,
    paper_kind: str = "",
    party: str = "",
    basis: str = "",
) -> Deputyship:
    """Enter that `deputy` answers for `principal` on the days from `starts` to `ends`.

    Everybody appoints their own deputies; the administration any.
    """
    # Two appointments at once could close a circle: who shares a person waits.
    people_in_it = get_user_model()._default_manager.filter(pk__in=[principal.pk, deputy.pk])
    list(people_in_it.select_for_update().order_by("pk"))
    standing = Deputyship.objects.filter(revoked_at=None)
    others = [Tie(one.principal_id, one.deputy_id, one.starts, one.ends) for one in standing]
    tie = Tie(principal.pk, deputy.pk, starts, ends)
    if refusal := refusal_to_appoint(tie, others, may_appoint=_may_appoint(by, principal)):
        raise JourneyRefused(refusal)
    deputyship = Deputyship.objects.create(
        principal=principal,
        deputy=deputy,
        starts=starts,
        ends=ends,
        may_sign=may_sign,
        paper_kind=paper_kind,
        party=party,
        basis=basis.strip(),
        entered_by=by,
    )
    _note("workflow.deputy_appointed", deputyship, by=by)
    return deputyship


@transaction.atomic
def revoke_deputy(*, deputyship: Deputyship, by: Any) -> None:
    """End a deputyship now; what was done under it stands."""
    locked = Deputyship.objects.select_for_update().get(pk=deputyship.pk)
    if not _may_appoint(by, locked.principal):
        raise JourneyRefused(Refusal.DEPUTY_NOT_YOURS)
    if locked.revoked_at is None:
        locked.revoked_at = timezone.now()
        locked.save(update_fields=["revoked_at"])
        _note("workflow.deputy_revoked", locked, by=by)


def _may_appoint(by: Any, principal: Any) -> bool:
    return bool(by.is_active and (by.pk == principal.pk or by.is_superuser))


def _note(action: str, deputyship: Deputyship, *, by: Any) -> None:
    trail.record(
        action=action,
        subject=deputyship,
        by=by,
        on_behalf_of=str(deputyship),
        payload={
            "starts": deputyship.starts.isoformat(),
            "ends": deputyship.ends.isoformat(),
            "may_sign": deputyship.may_sign,
            "paper_kind": deputyship.paper_kind,
            "party": deputyship.party,
        },
    )
