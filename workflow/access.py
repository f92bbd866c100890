"""Whose journey this is to see: who takes part, who wrote it, who may edit it."""

from typing import Any

from django.http import Http404, HttpRequest

from cms.core import kernel
from workflow import people
from workflow.governed import GovernedPage
from workflow.models import Journey, Participant, Stage


def journey_for(user: Any, journey_id: int) -> Journey:
    """Return the journey, or answer as if there were none."""
    journey = Journey.objects.select_related("route", "content_type").filter(pk=journey_id).first()
    if journey is None or not may_see(user, journey):
        raise Http404
    return journey


def stage_in(journey: Journey, request: HttpRequest) -> Stage:
    """Return the stage a form was shown for; one of another journey is none at all."""
    number = request.POST.get("stage", "")
    stage = journey.stages.filter(pk=number).first() if number.isdigit() else None
    if stage is None:
        raise Http404
    return stage


def may_see(user: Any, journey: Journey) -> bool:
    if not (user.is_authenticated and user.is_active):
        return False
    if user.is_superuser or journey.started_by_id == user.pk:
        return True
    if Participant.objects.filter(people.seats_condition(user), stage__journey=journey).exists():
        return True
    subject = journey.subject
    if subject is None:
        return False
    if user.pk in people.authors_of(subject, journey):
        return True
    if isinstance(subject, GovernedPage):
        return bool(subject.permissions_for_user(user).can_edit())
    return kernel.check(user, kernel.Verb.EDIT, subject)
