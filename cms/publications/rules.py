"""What a publication, a survey or a newsletter may state. No framework in here."""

import re
from datetime import date
from enum import StrEnum

from cms.core.values import FuzzyDate


class PublicationKind(StrEnum):
    DOCUMENTATION = "documentation"
    PROFILE = "profile"
    WORKING_AID = "working_aid"
    BROCHURE = "brochure"
    NEWSLETTER = "newsletter"
    SURVEY_RESULT = "survey_result"
    HANDOUT = "handout"
    MINUTES = "minutes"


class SurveyState(StrEnum):
    DRAFT = "draft"
    REVIEW = "review"
    OPEN = "open"
    CLOSED = "closed"
    EVALUATED = "evaluated"
    PUBLISHED = "published"


SURVEY_WAYS: dict[SurveyState, frozenset[SurveyState]] = {
    SurveyState.DRAFT: frozenset({SurveyState.REVIEW}),
    SurveyState.REVIEW: frozenset({SurveyState.DRAFT, SurveyState.OPEN}),
    SurveyState.OPEN: frozenset({SurveyState.CLOSED}),
    SurveyState.CLOSED: frozenset({SurveyState.EVALUATED}),
    SurveyState.EVALUATED: frozenset({SurveyState.PUBLISHED}),
    SurveyState.PUBLISHED: frozenset(),
}


class Refusal(StrEnum):
    ISBN_LENGTH = "publications.isbn_length"
    ISBN_CHECKSUM = "publications.isbn_checksum"
    DOI_FORM = "publications.doi_form"
    PUBLISHED_IN_FUTURE = "publications.published_in_future"
    CITES_ITSELF = "publications.cites_itself"
    CITES_NOTHING = "publications.cites_nothing"
    SURVEY_NO_SUCH_WAY = "publications.survey_no_such_way"
    SURVEY_ENDS_BEFORE_START = "publications.survey_ends_before_start"
    SURVEY_WITHOUT_RESULTS = "publications.survey_without_results"
    SURVEY_OPEN_WITHOUT_WINDOW = "publications.survey_open_without_window"


def isbn_digits(text: str) -> str:
    """Return an ISBN without hyphens and spaces, as it is compared."""
    return re.sub(r"[\s‐-―-]", "", text).upper()


def refusal_of_isbn(text: str) -> Refusal | None:
    """Return why this is no ISBN: its length, or the check digit that a slip changes."""
    digits = isbn_digits(text)
    if not digits:
        return None
    if re.fullmatch(r"\d{9}[\dX]", digits):
        values = [10 if digit == "X" else int(digit) for digit in digits]
        total = sum(weight * value for weight, value in zip(range(10, 0, -1), values, strict=True))
        return Refusal.ISBN_CHECKSUM if total % 11 else None
    if re.fullmatch(r"97[89]\d{10}", digits):
        total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
        return Refusal.ISBN_CHECKSUM if total % 10 else None
    return Refusal.ISBN_LENGTH


def refusal_of_doi(text: str) -> Refusal | None:
    if text and not re.fullmatch(r"10\.\d{4,9}/\S+", text):
        return Refusal.DOI_FORM
    return None


def refusal_of_date(published_on: FuzzyDate, *, today: date) -> Refusal | None:
    """Return why something cannot have been published then: it is not that day yet."""
    earliest = published_on.earliest
    return Refusal.PUBLISHED_IN_FUTURE if earliest is not None and earliest > today else None


def refusal_of_citation(text: str, *, has_page: bool, same: bool) -> Refusal | None:
    if same:
        return Refusal.CITES_ITSELF
    return None if has_page or text.strip() else Refusal.CITES_NOTHING


def refusal_of_window(opens_on: date | None, closes_on: date | None) -> Refusal | None:
    if opens_on is not None and closes_on is not None and closes_on < opens_on:
        return Refusal.SURVEY_ENDS_BEFORE_START
    return None


def refusal_of_survey_state(
    before: str | None, after: str, *, has_window: bool, has_results: bool
) -> Refusal | None:
    """Return why a survey cannot be in this state. `before` is None for one entered as it is."""
    if before is not None and before != after:
        if SurveyState(after) not in SURVEY_WAYS[SurveyState(before)]:
            return Refusal.SURVEY_NO_SUCH_WAY
        if after == SurveyState.OPEN and not has_window:
            return Refusal.SURVEY_OPEN_WITHOUT_WINDOW
    if after == SurveyState.PUBLISHED and not has_results:
        return Refusal.SURVEY_WITHOUT_RESULTS
    return None
