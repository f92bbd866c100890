"""Saying how soon one wants to get which letters."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from workflow.models import LetterWish
from workflow.rules.letters import ALWAYS_AT_ONCE, LetterKind, Pace


@transaction.atomic
def choose_letters(*, by: Any, paces: Mapping[LetterKind, Pace | None]) -> None:
    """Keep a person's wishes; None goes back to what is usual for their roles.

    A wish about a letter that always comes at once is not kept: it would promise
    what does not happen.
    """
    for kind, pace in paces.items():
        if pace is None or kind in ALWAYS_AT_ONCE:
            LetterWish.objects.filter(person=by, kind=kind.value).delete()
        else:
            LetterWish.objects.update_or_create(
                person=by, kind=kind.value, defaults={"pace": pace.value}
            )
