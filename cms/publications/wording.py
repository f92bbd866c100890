"""How publications speak to people: labels of kinds and states, sentences of refusals."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.core import refusals
from cms.publications.rules import PublicationKind, Refusal, SurveyState

KINDS = {
    PublicationKind.DOCUMENTATION: pgettext_lazy("publication", "documentation"),
    PublicationKind.PROFILE: pgettext_lazy("publication", "profile"),
    PublicationKind.WORKING_AID: _("working aid"),
    PublicationKind.BROCHURE: _("brochure"),
    PublicationKind.NEWSLETTER: _("newsletter (InfoMail)"),
    PublicationKind.SURVEY_RESULT: _("result of a survey"),
    PublicationKind.HANDOUT: _("handout"),
    PublicationKind.MINUTES: pgettext_lazy("publication", "minutes"),
}
SURVEY_STATES = {
    SurveyState.DRAFT: pgettext_lazy("survey", "draft"),
    SurveyState.REVIEW: pgettext_lazy("survey", "in review"),
    SurveyState.OPEN: pgettext_lazy("survey", "open"),
    SurveyState.CLOSED: pgettext_lazy("survey", "closed"),
    SurveyState.EVALUATED: pgettext_lazy("survey", "evaluated"),
    SurveyState.PUBLISHED: pgettext_lazy("survey", "published"),
}
LANGUAGES = [
    ("de", _("German")),
    ("en", _("English")),
    ("fr", _("French")),
]

REFUSALS = {
    Refusal.ISBN_LENGTH: _("An ISBN has ten or thirteen digits."),
    Refusal.ISBN_CHECKSUM: _(
        "The check digit of this ISBN is wrong. Please compare it with the original."
    ),
    Refusal.DOI_FORM: _("A DOI looks like 10.1234/abc, without the address in front of it."),
    Refusal.PUBLISHED_IN_FUTURE: _("The date of publication lies in the future."),
    Refusal.CITES_ITSELF: _("A publication cannot cite itself."),
    Refusal.CITES_NOTHING: _("Please choose the page that is cited or write down the title."),
    Refusal.SURVEY_NO_SUCH_WAY: _("The survey cannot go from its present state to this one."),
    Refusal.SURVEY_ENDS_BEFORE_START: _("The survey ends before it begins."),
    Refusal.SURVEY_WITHOUT_RESULTS: _(
        "Please choose the publication with the results before the survey counts as published."
    ),
    Refusal.SURVEY_OPEN_WITHOUT_WINDOW: _("Please say from when until when the survey is open."),
}


def choices(labels: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    """Return the labels as Django wants choices, with plain values for the migrations."""
    return [(key.value, label) for key, label in labels.items()]


def register() -> None:
    refusals.register(REFUSALS)
