"""Rules without a database."""

from datetime import date

import pytest

from cms.core.values import FuzzyDate
from cms.publications import rules, wording
from cms.publications.rules import SURVEY_WAYS, Refusal, SurveyState


@pytest.mark.parametrize(
    ("isbn", "refusal"),
    [
        ("", None),
        ("978-3-16-148410-0", None),
        ("9783161484100", None),
        ("978–3–16–148410–0", None),
        ("3-16-148410-X", None),
        ("3-16-148410-x", None),
        # One digit wrong, two neighbours swapped.
        ("978-3-16-148410-1", Refusal.ISBN_CHECKSUM),
        ("978-3-16-184410-0", Refusal.ISBN_CHECKSUM),
        ("3-16-148410-1", Refusal.ISBN_CHECKSUM),
        ("978-3-16", Refusal.ISBN_LENGTH),
        ("977-3-16-148410-0", Refusal.ISBN_LENGTH),
        ("keine", Refusal.ISBN_LENGTH),
    ],
)
def test_an_isbn_is_checked_by_its_check_digit(isbn, refusal):
    assert rules.refusal_of_isbn(isbn) is refusal


@pytest.mark.parametrize(
    ("doi", "refusal"),
    [
        ("", None),
        ("10.1234/umlauf.2024", None),
        ("https://doi.org/10.1234/umlauf", Refusal.DOI_FORM),
        ("10.12/x", Refusal.DOI_FORM),
        ("10.1234/", Refusal.DOI_FORM),
    ],
)
def test_a_doi_is_written_without_its_address(doi, refusal):
    assert rules.refusal_of_doi(doi) is refusal


def test_nothing_was_published_in_the_future():
    today = date(2026, 11, 22)

    assert rules.refusal_of_date(FuzzyDate.of_year(2027), today=today) is not None
    assert rules.refusal_of_date(FuzzyDate.of_year(2026), today=today) is None
    assert rules.refusal_of_date(FuzzyDate.UNKNOWN, today=today) is None


def test_a_citation_names_a_page_or_a_text_and_never_itself():
    nothing, itself = Refusal.CITES_NOTHING, Refusal.CITES_ITSELF

    assert rules.refusal_of_citation(" ", has_page=False, same=False) is nothing
    assert rules.refusal_of_citation("Muster 2020", has_page=False, same=False) is None
    assert rules.refusal_of_citation("", has_page=True, same=False) is None
    assert rules.refusal_of_citation("", has_page=True, same=True) is itself


@pytest.mark.parametrize(
    ("before", "after", "facts", "refusal"),
    [
        ("draft", "review", {}, None),
        ("draft", "open", {}, Refusal.SURVEY_NO_SUCH_WAY),
        ("review", "open", {"has_window": True}, None),
        ("review", "open", {}, Refusal.SURVEY_OPEN_WITHOUT_WINDOW),
        ("evaluated", "published", {}, Refusal.SURVEY_WITHOUT_RESULTS),
        ("evaluated", "published", {"has_results": True}, None),
        # An old survey is entered as it is.
        (None, "closed", {}, None),
        (None, "published", {}, Refusal.SURVEY_WITHOUT_RESULTS),
        ("closed", "closed", {}, None),
    ],
)
def test_a_survey_goes_its_way(before, after, facts, refusal):
    facts = {"has_window": False, "has_results": False, **facts}

    assert rules.refusal_of_survey_state(before, after, **facts) is refusal


def test_a_survey_ends_after_its_beginning():
    first, last = date(2026, 1, 1), date(2026, 2, 1)

    assert rules.refusal_of_window(last, first) is Refusal.SURVEY_ENDS_BEFORE_START
    assert rules.refusal_of_window(first, last) is None
    assert rules.refusal_of_window(None, first) is None


def test_every_state_and_every_refusal_has_its_ways_and_words():
    assert set(SURVEY_WAYS) == set(SurveyState) == set(wording.SURVEY_STATES)
    assert set(wording.REFUSALS) == set(Refusal)
    assert set(wording.KINDS) == set(rules.PublicationKind)
