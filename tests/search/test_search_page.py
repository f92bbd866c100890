"""The search page: what people see, and that nothing they type can break it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.core.values import FuzzyDate
from search.engines import get_engine
from search.entries import FileText
from search.questions import Answer, Question
from tests.people import alma
from tests.search.stand_in import MEMBERS, Archive, paper

pytestmark = pytest.mark.django_db

Index = Callable[..., None]


def test_a_hit_shows_its_title_and_the_marked_passage(client: Client, index: Index) -> None:
    index(paper(title="Bericht <Quartier>", text="Im Quartier & darum herum."))

    page = client.get("/suche/", {"q": "Quartiere"}).content.decode()

    assert "Bericht &lt;<mark>Quartier</mark>&gt;" in page
    assert "Im <mark>Quartier</mark> &amp; darum herum." in page


def test_a_hit_in_a_file_names_the_page_and_leads_there(client: Client, index: Index) -> None:
    pages = ["Deckblatt", "Die Nachbarschaft hilft."]
    index(paper(files=[FileText(name="Bericht.pdf", url="/d/1/bericht.pdf", pages=pages)]))

    page = client.get("/suche/", {"q": "Nachbarschaftshilfe"}).content.decode()

    assert 'href="/d/1/bericht.pdf#page=2"' in page
    assert "Bericht.pdf, Seite 2" in page


def test_a_facet_counts_and_a_chip_takes_it_off_again(client: Client, index: Index) -> None:
    index(
        paper(1, when=FuzzyDate.of_year(1995), topics=["Quartier"]),
        paper(2, when=FuzzyDate.of_year(2020), topics=["Engagement"]),
    )

    response = client.get("/suche/", {"q": "Vermerk", "jahr": "1995"})
    page = response.content.decode()

    assert response.context["results"].answer.total == 1
    # The other year is still offered, with its count.
    assert 'value="2020"' in page
    assert 'aria-label="Den Filter 1995 entfernen"' in page
    assert 'href="?q=Vermerk"' in page


def test_a_correction_is_shown_and_can_be_switched_off(client: Client, index: Index) -> None:
    index(*(paper(n, text="Die Kooperationsvereinbarung gilt.") for n in range(1, 4)))

    page = client.get("/suche/", {"q": "Kooperationsvereinbahrung"}).content.decode()
    verbatim = client.get("/suche/", {"q": "Kooperationsvereinbahrung", "genau": "1"})

    assert "Gesucht wurde nach „Kooperationsvereinbarung“" in page
    assert "genau=1" in page
    assert "Meinten Sie" in verbatim.content.decode()


def test_without_hits_the_page_names_ways_out(client: Client, index: Index) -> None:
    index(paper(title="Quartiersbericht", when=FuzzyDate.of_year(1995)))

    page = client.get("/suche/", {"q": "Quartier", "jahr": "2001"}).content.decode()

    assert "Nichts gefunden" in page
    assert '<a href="?q=Quartier">Ohne Filter</a>: 1 Treffer' in page


@pytest.mark.parametrize(
    ("asked", "address", "label"),
    [
        ('"Halle nutzen"', "?q=Halle+nutzen", "Ohne Anführungszeichen und Minuszeichen"),
        ("Halle -Nutzung", "?q=Halle", "Ohne Anführungszeichen und Minuszeichen"),
        ("Nutzungxq", "?q=Nutzung", "Mit dem Wort „Nutzung“"),
    ],
)
def test_a_way_out_leads_to_hits(
    client: Client, index: Index, asked: str, address: str, label: str
) -> None:
    index(paper(title="Nutzung der Halle"))

    page = client.get("/suche/", {"q": asked, "genau": "1"}).content.decode()

    assert "Nichts gefunden" in page
    assert label in page
    assert client.get(f"/suche/{address}").context["results"].answer.total == 1


def test_ways_out_lead_nowhere_where_only_others_may_look(
    client: Client, index: Index, members: None
) -> None:
    index(paper(title="Geheimplan", tokens=MEMBERS, when=FuzzyDate.of_year(1995)))
    asked = {"q": "Geheimplaene", "jahr": "2001"}

    guest = client.get("/suche/", asked)
    client.force_login(alma())
    member = client.get("/suche/", asked)

    assert guest.context["results"].ways_out == []
    assert member.context["results"].ways_out


def test_without_an_index_the_page_says_nothing_was_found(client: Client, archive: Archive) -> None:
    response = client.get("/suche/", {"q": "Quartier"})

    assert response.status_code == 200
    assert "Nichts gefunden" in response.content.decode()


def test_an_unreadable_index_is_a_notice_and_no_error(
    client: Client, index: Index, settings: Any
) -> None:
    index(paper())
    (settings.SEARCH_INDEX_DIR / "current").write_text("g-lost")

    response = client.get("/suche/", {"q": "Vermerk"})

    assert response.status_code == 503
    assert "Die Suche ist gerade nicht verfügbar." in response.content.decode()


def test_the_address_holds_page_and_order(client: Client, index: Index) -> None:
    index(*(paper(n, when=FuzzyDate.of_year(1990 + n)) for n in range(1, 26)))

    response = client.get("/suche/", {"q": "Vermerk", "sortierung": "neueste", "seite": "3"})
    hits = response.context["results"].answer.hits

    assert [hit.when.year for hit in hits] == [1995, 1994, 1993, 1992, 1991]
    assert 'start="21"' in response.content.decode()


def test_answers_are_nobody_elses_cached_page(client: Client, index: Index) -> None:
    response = client.get("/suche/")

    assert "private" in response["Cache-Control"]


def test_the_number_of_queries_does_not_grow_with_the_hits(client: Client, index: Index) -> None:
    index(paper(1))
    with CaptureQueriesContext(connection) as few:
        client.get("/suche/", {"q": "Vermerk"})
    index(*(paper(n) for n in range(2, 12)))
    with CaptureQueriesContext(connection) as many:
        client.get("/suche/", {"q": "Vermerk"})

    assert len(few) == len(many)


def test_suggestions_are_words_this_person_may_see(
    client: Client, index: Index, members: None
) -> None:
    index(paper(1, text="Geheimplan", tokens=MEMBERS), paper(2, text="Gehweg"))

    guest = client.get("/suche/vorschlaege/", {"q": "geh"}).json()
    client.force_login(alma())
    member = client.get("/suche/vorschlaege/", {"q": "geh"}).json()

    assert guest == {"suggestions": ["Gehweg"], "papers": []}
    assert set(member["suggestions"]) == {"Gehweg", "Geheimplan"}


def test_suggested_papers_hold_the_words_in_their_titles(
    client: Client, index: Index, members: None
) -> None:
    index(
        paper(1, title="Vereinbarung zur Kooperation"),
        paper(2, title="Kooperationsvereinbarung der Räte", tokens=MEMBERS),
        paper(3, title="Bericht", text="Die Kooperation läuft."),
    )

    guest = client.get("/suche/vorschlaege/", {"q": "vereinbarung koop"}).json()["papers"]
    client.force_login(alma())
    member = client.get("/suche/vorschlaege/", {"q": "koop"}).json()["papers"]

    found = {"title": "Vereinbarung zur Kooperation", "url": "/vermerke/1/", "kind": "Vermerk"}
    assert guest == [found]
    assert {one["url"] for one in member} == {"/vermerke/1/", "/vermerke/2/"}


def test_each_key_asks_the_engine_once(
    client: Client, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Question] = []
    engine = get_engine()
    index(paper(1, title="Kooperation der Räte"))

    def ask(question: Question) -> Answer:
        asked.append(question)
        return type(engine).ask(engine, question)

    monkeypatch.setattr(engine, "ask", ask)
    monkeypatch.setattr(engine, "suggest", lambda *given: pytest.fail("asked again"))

    found = client.get("/suche/vorschlaege/", {"q": "koop"}).json()

    assert found["suggestions"] == ["Kooperation"]
    assert [one["url"] for one in found["papers"]] == ["/vermerke/1/"]
    assert len(asked) == 1


HOSTILE = ["\0", '"', "((", "*", "-", "a:b", "~1", "[1 TO", "\\", "\ud800", "' OR 1=1", "<b>"]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_a_query_error(client: Client, index: Index, text: str) -> None:
    index(paper())

    response = client.get("/suche/", {"q": text.encode("utf-8", "replace").decode()})

    assert response.status_code == 200


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    text=st.text(max_size=60),
    rest=st.dictionaries(
        st.sampled_from(["art", "jahr", "von", "bis", "seite", "organisation", "sortierung"]),
        st.text(max_size=12),
    ),
)
def test_no_address_is_an_error(
    client: Client, index: Index, text: str, rest: dict[str, str]
) -> None:
    response = client.get("/suche/", {"q": text, **rest})

    assert response.status_code == 200
