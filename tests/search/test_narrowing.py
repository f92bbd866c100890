"""Words before a colon narrow a question; whatever names nothing is searched for."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from cms.core.values import FuzzyDate
from search import sources
from search.narrowing import narrowed
from search.questions import Facet, Question
from tests.search.stand_in import Archive, paper


class Bodies:
    """Two ministries, one of which used to have another name."""

    names = {"7": ["Ministerium für Soziales", "Sozialministerium"], "8": ["Finanzministerium"]}

    def called(self, name: str) -> set[str]:
        return {pk for pk, names in self.names.items() if any(name in one for one in names)}

    def name_of(self, identity: str, user: Any) -> str:
        return self.names.get(identity, [""])[0]

    def meant_by(self, name: str, user: object) -> tuple[sources.Body, ...]:
        return ()


@pytest.fixture(autouse=True)
def bodies(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "_organisations", [Bodies()])


def asked(text: str) -> Question:
    return narrowed(Question(text=text))


def test_a_kind_a_state_and_a_year_are_choices() -> None:
    question = asked("art:vermerk Halle stand:kraft jahr:2015")

    assert question.text == "Halle"
    assert question.facets == {
        Facet.KIND: {"note"}, Facet.STATE: {"in_force"}, Facet.YEAR: {"2015"},
    }  # fmt: skip


@pytest.mark.parametrize("text", ['von:"Ministerium für Soziales"', "von:Sozialministerium"])
def test_old_and_new_names_of_an_authority_mean_the_same_body(text: str) -> None:
    assert asked(text) == Question(facets={Facet.ORGANISATION: frozenset({"7"})})


def test_a_name_that_several_bear_means_all_of_them() -> None:
    assert asked("von:ministerium").facets == {Facet.ORGANISATION: {"7", "8"}}


@pytest.mark.parametrize(
    "text", ["jahr:2010-2015", "von:2010 bis:2015", 'von:"Januar 2010" bis:31.12.2015']
)
def test_a_span_of_years_is_a_period(text: str) -> None:
    first, last = datetime.date(2010, 1, 1), datetime.date(2015, 12, 31)

    assert asked(text) == Question(since=first, until=last)


@pytest.mark.parametrize(
    "text",
    ["von:Niemand Halle", "art:Quark", "jahr:bald", "jahr:0000-0001", "bis:32.13.2010", "zu: Halle",
     "https://example.org", "TOP 3: Halle", "art: Vermerk", "von::7", "jahr:²²²²"],
)  # fmt: skip
def test_what_names_nothing_stays_text(text: str) -> None:
    assert asked(text) == Question(text=text)


@given(st.text(alphabet='artjhvonbis:-" \n„“0123456789.', max_size=40))
def test_nothing_that_is_typed_is_an_error(text: str) -> None:
    question = asked(text)

    assert narrowed(question).text == question.text


@pytest.mark.django_db
def test_the_page_shows_them_as_filters_that_come_off(
    client: Client, index: Callable[..., None]
) -> None:
    index(
        paper(1, title="Halle", when=FuzzyDate.of_year(1995)),
        paper(2, title="Halle", when=FuzzyDate.of_year(2020)),
    )

    response = client.get("/suche/", {"q": "Halle jahr:1995 von:Finanzministerium"})
    wider = client.get("/suche/", {"q": "Halle jahr:1995"})

    assert 'aria-label="Den Filter Finanzministerium entfernen"' in response.content.decode()
    assert 'value="Halle"' in response.content.decode()
    assert [hit.key for hit in wider.context["results"].answer.hits] == ["stand_in.paper:1"]
