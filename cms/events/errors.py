"""What can go wrong with events, and how a form hears of it."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError

from cms.core import refusals
from cms.events.rules import Refusal


def reject(found: Mapping[str, Refusal | None]) -> None:
    """Raise a ValidationError with the sentence of each refusal at its field."""
    problems = {name: refusals.sentence(why) for name, why in found.items() if why}
    if problems:
        raise ValidationError(problems)
