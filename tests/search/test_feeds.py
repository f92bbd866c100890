"""Searches as Atom feeds: trimmed, with lasting ids and honest dates."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from defusedxml import ElementTree
from django.test import Client

from search import asking, feeds
from search.errors import EngineUnavailable
from search.models import PermanentId
from tests.people import alma
from tests.search.stand_in import MEMBERS, paper

pytestmark = pytest.mark.django_db

Index = Callable[..., None]
ATOM = "{http://www.w3.org/2005/Atom}"
ADDRESS = "/suche/feed.atom"


def entries(response: Any) -> list[Any]:
    return ElementTree.fromstring(response.content).findall(f"{ATOM}entry")


def titles(response: Any) -> list[str]:
    return [str(one.findtext(f"{ATOM}title")) for one in entries(response)]


def test_an_entry_has_a_permanent_id_and_its_own_dates(client: Client, index: Index) -> None:
    index(paper(1, title="Die <Halle>"))
    row = PermanentId.objects.get()
    PermanentId.objects.update(
        first_at=datetime(2024, 5, 1, tzinfo=UTC), changed_at=datetime(2025, 6, 2, tzinfo=UTC)
    )

    response = client.get(ADDRESS, {"q": "Halle"})
    (entry,) = entries(response)

    assert response["Content-Type"].startswith("application/atom+xml")
    assert entry.findtext(f"{ATOM}title") == "Die <Halle>"
    assert entry.findtext(f"{ATOM}id") == f"http://localhost:8000/d/{row.pk}"
    assert entry.find(f"{ATOM}link").get("href") == f"http://testserver/d/{row.pk}"
    assert entry.findtext(f"{ATOM}published") == "2024-05-01T00:00:00+00:00"
    assert entry.findtext(f"{ATOM}updated") == "2025-06-02T00:00:00+00:00"


def test_a_feed_says_where_it_is_and_what_it_shows(client: Client, index: Index) -> None:
    index(paper(1, title="Halle"))

    root = ElementTree.fromstring(client.get(ADDRESS, {"q": "Halle", "seite": "2"}).content)
    links = {one.get("rel"): one.get("href") for one in root.findall(f"{ATOM}link")}

    assert root.findtext(f"{ATOM}title") == "Suche nach „Halle“"
    assert links == {
        "alternate": "http://testserver/suche/?q=Halle",
        "self": "http://testserver/suche/feed.atom?q=Halle",
    }


def test_a_guest_gets_the_guests_view_and_a_person_their_own(
    client: Client, index: Index, members: None
) -> None:
    index(paper(1, title="Halle"), paper(2, title="Geheime Halle", tokens=MEMBERS))

    guest = client.get(ADDRESS, {"q": "Halle"})
    client.force_login(alma())
    member = client.get(ADDRESS, {"q": "Halle"})

    assert titles(guest) == ["Halle"]
    assert sorted(titles(member)) == ["Geheime Halle", "Halle"]
    assert "private" in member["Cache-Control"]
    assert "Cookie" in member["Vary"]


def test_what_changed_last_comes_first(client: Client, index: Index) -> None:
    index(paper(1, title="Halle eins"))
    index(paper(2, title="Halle zwei"))
    index(paper(1, title="Halle eins", text="Berichtigt."))

    assert titles(client.get(ADDRESS, {"q": "Halle"})) == ["Halle eins", "Halle zwei"]


def test_filters_hold_for_the_feed(client: Client, index: Index) -> None:
    index(paper(1, title="Halle", topics=["Sport"]), paper(2, title="Halle zwei"))

    assert titles(client.get(ADDRESS, {"q": "Halle", "thema": "Sport"})) == ["Halle"]


def test_of_a_broad_question_the_latest_papers_are_asked_until_the_feed_is_full(
    client: Client, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "_MOST_READ", 2)
    monkeypatch.setattr(feeds, "_MOST_ENTRIES", 3)
    for number in range(1, 6):
        index(paper(number, title=f"Halle {number}"))
    # What changed last is hidden from a guest, and makes their feed no shorter.
    for number in range(6, 10):
        index(paper(number, title=f"Geheime Halle {number}", tokens=MEMBERS))

    assert titles(client.get(ADDRESS, {"q": "Halle"})) == ["Halle 5", "Halle 4", "Halle 3"]


@pytest.mark.parametrize("question", ["Halle", "nichtsdergleichen"])
def test_who_has_it_already_gets_no_second_copy(
    client: Client, index: Index, question: str
) -> None:
    index(paper(1, title="Halle"))
    first = client.get(ADDRESS, {"q": question})

    again = client.get(ADDRESS, {"q": question}, headers={"If-None-Match": first["ETag"]})
    later = client.get(
        ADDRESS, {"q": question}, headers={"If-Modified-Since": first["Last-Modified"]}
    )
    index(paper(2, title="Halle und nichtsdergleichen"))
    changed = client.get(ADDRESS, {"q": question}, headers={"If-None-Match": first["ETag"]})

    assert (first.status_code, again.status_code, later.status_code) == (200, 304, 304)
    assert changed.status_code == 200


def test_without_an_index_a_reader_is_asked_to_come_back(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_index(*args: Any, **kwargs: Any) -> Any:
        raise EngineUnavailable

    monkeypatch.setattr(asking, "find", no_index)

    response = client.get(ADDRESS, {"q": "Halle"})

    assert (response.status_code, response["Retry-After"]) == (503, "60")


@pytest.mark.parametrize("text", ["\x00\x0b", "a\x01b", "<!--", "]]>", "&x;", "\ud800"])
def test_no_text_breaks_the_feed(client: Client, index: Index, text: str) -> None:
    index(paper(1, title="Halle", text="x"))

    response = client.get(ADDRESS, {"q": text.encode("utf-8", "replace").decode()})

    assert response.status_code == 200
    ElementTree.fromstring(response.content)


def test_odd_characters_of_a_title_do_not_break_the_feed(client: Client, index: Index) -> None:
    index(paper(1, title="Halle \x0c <b> & \x01"))

    assert len(entries(client.get(ADDRESS, {"q": "Halle"}))) == 1


def test_the_result_page_names_its_feed(client: Client, index: Index) -> None:
    index(paper(1, title="Halle"))

    page = client.get("/suche/", {"q": "Halle", "jahr": "2001"}).content.decode()

    assert 'rel="alternate" type="application/atom+xml"' in page
    assert 'href="/suche/feed.atom?q=Halle&amp;jahr=2001"' in page
