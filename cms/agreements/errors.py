"""What can go wrong with agreements, and how a form hears of it."""

from django.core.exceptions import PermissionDenied, ValidationError

from cms.agreements.rules import Refusal
from cms.core import refusals
from cms.core.refusals import Refused


class AgreementsError(Refused, PermissionDenied):
    """An act on an agreement, a declaration or a signature is not possible.

    It is a PermissionDenied too, so that Wagtail's own views answer it with a
    message instead of an error page.
    """


def reject(**found: Refusal | None) -> None:
    """Raise a ValidationError with the sentence of each refusal at its field."""
    problems = {name: refusals.sentence(why) for name, why in found.items() if why}
    if problems:
        raise ValidationError(problems)
