"""What can go wrong with agreements, and how a form hears of it."""

from django.core.exceptions import ValidationError

from cms.agreements.rules import Refusal
from cms.core import refusals
from cms.core.refusals import Refused


class AgreementsError(Refused):
    """An act on an agreement, a declaration or a signature is not possible."""


def reject(**found: Refusal | None) -> None:
    """Raise a ValidationError with the sentence of each refusal at its field."""
    problems = {name: refusals.sentence(why) for name, why in found.items() if why}
    if problems:
        raise ValidationError(problems)
