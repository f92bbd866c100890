"""Which quotations may be shown: released by hand, or by whoever is quoted, on the journey."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from workflow.models import Decision, Journey
from workflow.rules.states import Answer, JourneyStatus, ParticipantKind

if TYPE_CHECKING:
    from cms.events.models import DocumentationPage, Quote

RELEASING = (Answer.AGREED.value, Answer.AGREED_WITH_REMARKS.value, Answer.SILENT.value)


def released_among(page: "DocumentationPage", quotes: Iterable["Quote"]) -> list["Quote"]:
    """Return the quotations that may be shown, in their order.

    What a guest answered counts for the text that was agreed on with it: of the
    latest journey that ended so.
    """
    quotes = list(quotes)
    waiting = {quote.mail.lower() for quote in quotes if quote.mail and not quote.released}
    consents = _consents(page) if waiting else frozenset()
    return [quote for quote in quotes if quote.released or quote.mail.lower() in consents]


def _consents(page: "DocumentationPage") -> frozenset[str]:
    agreed = Journey.objects.of(page).filter(status=JourneyStatus.AGREED.value).first()
    answers = Decision.objects.filter(
        stage__journey=agreed,
        lapsed_at=None,
        participant__kind=ParticipantKind.GUEST.value,
        answer__in=RELEASING,
    )
    return frozenset(answers.values_list("participant__key", flat=True))
