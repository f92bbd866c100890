"""How publications offer themselves to be moved."""

from django.utils.translation import gettext_lazy as _

from cms.publications.models import PublicationPage
from workflow import subjects


def register() -> None:
    subjects.register(PublicationPage, kind="publication", label=_("publication"))
