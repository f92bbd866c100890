"""How events and documentations offer themselves to be moved."""

from collections.abc import Sequence

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from cms.events.models import DocumentationPage, EventPage, EventSeriesPage
from workflow import subjects
from workflow.subjects import Guest


def guests_of(documentation: DocumentationPage) -> Sequence[Guest]:
    """Return who is quoted and has yet to release their words; only who has an address.

    Two quotations of one person make one guest.
    """
    found: dict[str, Guest] = {}
    quotes = list(documentation.quotes.all())
    prefetch_related_objects(quotes, "organisation__names")
    for quote in quotes:
        mail = quote.mail.strip().lower()
        if mail and not quote.released:
            # The address is for the letter; others read a name.
            name = quote.speaker or str(quote.organisation)
            earlier = found.get(mail, Guest(mail, name))
            found[mail] = Guest(mail, earlier.name, (*earlier.words, quote.text))
    return list(found.values())


def register() -> None:
    subjects.register(EventPage, kind="event", label=_("event"))
    subjects.register(EventSeriesPage, kind="event", label=_("event"))
    subjects.register(
        DocumentationPage, kind="documentation", label=_("documentation"), guests=guests_of
    )
