"""Who is meant: participants resolved to persons when the question is asked."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from wagtail.models import Revision

from workflow import subjects
from workflow.governed import GovernedPage
from workflow.models import Journey, Participant, Stage
from workflow.rules.states import ParticipantKind


def hats_of(user: Any) -> Q:
    """Return the condition for participants for whom this person may answer."""
    groups = list(user.groups.values_list("name", flat=True))
    condition = Q(kind=ParticipantKind.GROUP.value, key__in=groups)
    condition |= Q(kind=ParticipantKind.PERSON.value, key=str(user.pk))
    parties = [f"{party.kind}:{party.key}" for party in subjects.parties_of(user)]
    if parties:
        condition |= Q(kind=ParticipantKind.PARTY.value, key__in=parties)
    return condition


def seats_of(user: Any, stage: Stage) -> list[Participant]:
    """Return the participants of a stage for whom this person may answer."""
    return list(Participant.objects.filter(hats_of(user), stage=stage))


def who_may_answer(kind: str, key: str) -> QuerySet | None:
    """Return the active persons behind a participant; None where only they know it.

    For which parties somebody may answer is asked person by person, so the
    people of a party cannot be listed here.
    """
    users = get_user_model()._default_manager.filter(is_active=True)
    match kind:
        case ParticipantKind.GROUP:
            return users.filter(groups__name=key)
        case ParticipantKind.PERSON:
            return users.filter(pk=key)
        case _:
            return None


def authors_of(subject: Any, journey: Journey | None = None) -> frozenset[int]:
    """Return who made the paper: its owner, who submitted it, whom its chapter names."""
    found = set(_registered_authors(subject))
    if isinstance(subject, GovernedPage) and subject.owner_id:
        found.add(subject.owner_id)
    if journey is not None and journey.started_by_id:
        found.add(journey.started_by_id)
    return frozenset(found)


def editors_of(subject: Any, journey: Journey | None = None) -> frozenset[int]:
    """Return everybody who changed the text since it was last published."""
    found = set(journey.editor_ids) if journey is not None else set()
    if isinstance(subject, GovernedPage):
        revisions = Revision.objects.for_instance(subject).exclude(user=None)
        if subject.live_revision_id:
            revisions = revisions.filter(pk__gt=subject.live_revision_id)
        found.update(revisions.values_list("user", flat=True))
    return frozenset(found)


def name_of(user: Any) -> str:
    """Return a person's name as others should read it."""
    return (user.get_full_name() or str(user)) if user is not None else ""


def _registered_authors(subject: Any) -> Iterable[int]:
    authors = subjects.registration_of(subject).authors
    return authors(subject) if authors else ()
