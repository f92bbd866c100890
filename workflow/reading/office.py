"""What the authors of a text and the administration can do with its journey."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from cms.core import refusals
from workflow import people
from workflow.actions import standing as standings
from workflow.actions.submission import refusal_to_send
from workflow.governed import GovernedPage
from workflow.models import Journey, Participant
from workflow.rules.refusals import Refusal, refusal_to_withdraw
from workflow.rules.states import JourneyStatus, Override
from workflow.wording import OVERRIDES


@dataclass(frozen=True, slots=True)
class Resubmission:
    """Whether a returned text can be submitted again now; `reason` says why not yet."""

    is_possible: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Overrides:
    """What an administrator could do now, and how many people take part and hear of it."""

    acts: list[tuple[str, str]] = field(default_factory=list)
    stage: Any = None
    participants: int = 0


def may_withdraw(user: Any, standing: standings.Standing) -> bool:
    refusal = refusal_to_withdraw(
        status=JourneyStatus(standing.journey.status),
        person=user.pk,
        authors=people.authors_of(standing.subject, standing.journey),
        is_administrator=user.is_superuser,
    )
    return refusal is None


def resubmission_of(user: Any, standing: standings.Standing) -> Resubmission:
    if standing.journey.status != JourneyStatus.RETURNED:
        return Resubmission()
    refusal = refusal_to_send(standing.subject, by=user)
    if refusal is Refusal.MAY_NOT_SUBMIT:
        return Resubmission()
    return Resubmission(refusal is None, refusals.sentence(refusal) if refusal else "")


def edit_url(user: Any, standing: standings.Standing) -> str:
    """Return the address of the page's editor, for those who may edit it there."""
    page = standing.subject
    if standing.revision is None or not user.has_perm("wagtailadmin.access_admin"):
        return ""
    if not page.permissions_for_user(user).can_edit():
        return ""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def overrides_for(user: Any, standing: standings.Standing) -> Overrides:
    """Return what this person could do in place of the participants; nothing for others."""
    if not user.is_superuser:
        return Overrides()
    journey, page = standing.journey, standing.subject
    stage = journey.open_stage if journey.status == JourneyStatus.RUNNING else None
    is_public = isinstance(page, GovernedPage) and page.live
    possible = {
        Override.PASS_STAGE: stage is not None,
        Override.END_JOURNEY: journey.closed_at is None,
        # From the newest journey only: an older one speaks of an older text.
        Override.TAKE_OFFLINE: is_public and Journey.objects.of(page).first() == journey,
    }
    acts = [(act.value, str(OVERRIDES[act])) for act, can in possible.items() if can]
    seats = Participant.objects.filter(stage__journey=journey, gone_at=None)
    return Overrides(acts, stage, seats.values("kind", "key").distinct().count())
