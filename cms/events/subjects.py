"""How events and documentations offer themselves to be moved."""

from django.utils.translation import gettext_lazy as _

from cms.events.models import DocumentationPage, EventPage, EventSeriesPage
from workflow import subjects


def register() -> None:
    subjects.register(EventPage, kind="event", label=_("event"))
    subjects.register(EventSeriesPage, kind="event", label=_("event"))
    subjects.register(DocumentationPage, kind="documentation", label=_("documentation"))
