"""How soon people want their letters: their own wishes before what their roles are given."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model

from workflow.models import LetterWish
from workflow.rules.letters import LetterKind, Pace, pace_for, pace_of_role


def paces_for(persons: Collection[int], kind: LetterKind) -> dict[int, Pace]:
    """Return the pace of one kind of letter for each of these people, in two queries."""
    wishes = LetterWish.objects.filter(person__in=persons, kind=kind.value)
    wished = {person: Pace(pace) for person, pace in wishes.values_list("person", "pace")}
    roles = _roles_of(persons)
    return {
        person: pace_for(
            kind,
            wished.get(person),
            [pace_of_role(settings.LETTER_PACES, role, kind) for role in roles[person]],
        )
        for person in persons
    }


def wishes_of(person: Any) -> dict[LetterKind, Pace]:
    rows = LetterWish.objects.filter(person=person).values_list("kind", "pace")
    return {LetterKind(kind): Pace(pace) for kind, pace in rows}


def usual_paces(person: Any) -> Mapping[LetterKind, Pace]:
    """Return how this person gets letters without any wish of their own."""
    roles = _roles_of([person.pk])[person.pk]
    return {
        kind: pace_for(
            kind, None, [pace_of_role(settings.LETTER_PACES, role, kind) for role in roles]
        )
        for kind in LetterKind
    }


def _roles_of(persons: Collection[int]) -> dict[int, list[str]]:
    """Return the roles for which the installation says anything, by person."""
    users = get_user_model()._default_manager.filter(pk__in=persons)
    found: dict[int, list[str]] = defaultdict(list)
    for person, role in users.exclude(groups=None).values_list("pk", "groups__name"):
        found[person].append(role)
    return found
