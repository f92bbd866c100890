"""Questions without hits: what is counted and shown, what is not kept, and that nobody waits."""

import threading
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.accounts.roles import Role
from search import unanswered
from search.models import UnansweredQuestion
from search.questions import NOTHING, Question
from tests.people import account, admin, alma, bruno, cem
from tests.search.stand_in import MEMBERS, paper

pytestmark = pytest.mark.django_db

Index = Callable[..., None]
DAY = date(2026, 11, 22)
PAGE = "/verwaltung/berichte/fragen-ohne-treffer/"


def ask(text: str, client: Client | None = None, **more: str) -> Any:
    return (client or Client()).get("/suche/", {"q": text, **more})


def counted() -> dict[str, int]:
    return dict(UnansweredQuestion.objects.values_list("text", "times"))


def asked_on(text: str, *days_ago: int, **more: Any) -> None:
    for ago in days_ago:
        day = timezone.localdate() - timedelta(days=ago)
        UnansweredQuestion.objects.create(text=text, day=day, **{"times": 1, **more})


def office() -> Any:
    return account("Olaf Ohm", Role.OFFICE)


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


# --- counting -----------------------------------------------------------------------


def test_a_question_that_finds_nothing_is_counted_by_day(index: Index) -> None:
    index(paper(title="Quartiersbericht"))

    ask("Lastenrad")
    ask("  LASTENRAD ")
    ask("lastenrad")
    ask("Quartier")

    assert counted() == {"LASTENRAD": 1, "lastenrad": 2}
    (row,) = UnansweredQuestion.objects.filter(text="lastenrad")
    assert row.day == timezone.localdate()


def test_what_finds_something_without_the_filters_lacks_nothing(index: Index) -> None:
    index(paper(title="Quartiersbericht"))

    ask("Quartier", jahr="2001")
    ask("Lastenrad", jahr="2001")

    assert counted() == {"lastenrad": 1}


def test_suggestions_further_pages_and_citations_count_nothing(
    client: Client, index: Index
) -> None:
    index(paper(title="Quartiersbericht"))

    client.get("/suche/vorschlaege/", {"q": "Lastenrad"})
    client.get("/suche/zitate/ris/", {"q": "Lastenrad"})
    client.get("/suche/", {"q": "Lastenrad", "seite": "2"})
    client.head("/suche/", {"q": "Lastenrad"})
    client.get("/suche/")

    assert counted() == {}


@pytest.mark.parametrize(
    "text",
    [
        "wera.muster@aldorf.example",
        "Vertrag 0711 216 30 12",
        "Nummer 123456",
        "DE12 5001 0517 0648",
        "Muster 12.03.1985",
        "Muster 1. 3. 85",
        "wort " * 30,
    ],
)
def test_what_may_tell_of_a_person_is_not_kept(index: Index, text: str) -> None:
    index(paper(title="Quartiersbericht"))

    response = ask(text)

    assert response.context["results"].answer.total == 0
    assert counted() == {}


@pytest.mark.parametrize(
    "text", ["GR 2021/1281", "lastenrad 2015", "§ 12 abs. 3", "gesetz vom 1.1."]
)
def test_reference_numbers_and_years_are_kept(text: str) -> None:
    assert unanswered.normalised(text) == text


def test_an_abbreviation_keeps_its_capitals() -> None:
    assert unanswered.normalised("Aufgaben des  KOD") == "aufgaben des KOD"


def test_a_row_knows_no_person_and_no_time_of_day() -> None:
    columns = {field.name for field in UnansweredQuestion._meta.get_fields()}

    assert columns == {"id", "text", "day", "times", "offered"}


def test_what_guests_were_offered_is_kept_and_what_members_were_is_not(
    index: Index, members: None
) -> None:
    words = ("Kooperationsvereinbarung", "Geheimvereinbarung")
    index(*(paper(n, text=f"Die {words[0]} gilt.") for n in range(1, 4)))
    index(*(paper(n, text=f"Die {words[1]} gilt.", tokens=MEMBERS) for n in range(4, 7)))

    ask("Kooperationsvereinbahrung", genau="1")
    shown = ask("Geheimvereinbahrung", signed_in(alma()), genau="1")

    # The control: the member was offered a word.
    assert "Geheimvereinbarung" in shown.content.decode()
    offered = dict(UnansweredQuestion.objects.values_list("text", "offered"))
    assert offered == {
        "kooperationsvereinbahrung": "Kooperationsvereinbarung",
        "geheimvereinbahrung": "",
    }


def test_a_robot_fills_no_database(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    index(paper())
    monkeypatch.setattr(unanswered, "MOST_A_DAY", 2)

    for word in ("eins", "zwei", "drei", "eins"):
        ask(f"Lasten{word}")

    assert counted() == {"lasteneins": 2, "lastenzwei": 1}


# --- nobody waits -------------------------------------------------------------------


def test_an_answer_with_hits_costs_no_query_more(index: Index) -> None:
    index(paper())

    with CaptureQueriesContext(connection) as queries:
        ask("Vermerk")

    assert not [one for one in queries if "unanswered" in one["sql"]]


def test_counting_takes_a_few_statements_whatever_is_there(index: Index) -> None:
    index(paper())
    for number in range(50):
        asked_on(f"lasten {number}", 0, 1)
    with CaptureQueriesContext(connection) as first:
        ask("Lastenrad")

    with CaptureQueriesContext(connection) as again:
        ask("Lastenrad")

    assert len([one for one in first if "unanswered" in one["sql"]]) <= 4
    assert len([one for one in again if "unanswered" in one["sql"]]) == 1


def test_a_database_that_takes_nothing_does_not_break_the_answer(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_only(*args: Any) -> None:
        raise DatabaseError("attempt to write a readonly database")

    index(paper())
    monkeypatch.setattr(unanswered, "_count", read_only)

    response = ask("Lastenrad")

    assert response.status_code == 200
    assert "Nichts gefunden" in response.content.decode()


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="another engine: PostgreSQL locks rows, not databases"
)
def test_a_locked_database_keeps_nobody_waiting() -> None:
    """The test's own transaction is the writer that somebody else has to wait for."""
    UnansweredQuestion.objects.create(text="pumptrack", day=timezone.localdate())
    took: list[float] = []

    def note() -> None:
        begun = time.monotonic()
        question = Question(text="Lastenrad")
        unanswered.note(question, NOTHING, [], user=AnonymousUser())
        took.append(time.monotonic() - begun)
        connection.close()

    thread = threading.Thread(target=note)
    thread.start()
    thread.join()

    assert took[0] < 2
    assert counted() == {"pumptrack": 0}


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="another engine: a setting of SQLite's connections"
)
def test_whoever_writes_afterwards_waits_as_long_as_ever(index: Index) -> None:
    def patience() -> int:
        with connection.cursor() as cursor:
            return int(cursor.execute("PRAGMA busy_timeout").fetchone()[0])

    index(paper())
    before = patience()

    ask("Lastenrad")

    assert counted() == {"lastenrad": 1}
    assert patience() == before >= 5000


def interrupt(monkeypatch: pytest.MonkeyPatch, by: Callable[[], None]) -> None:
    """Let somebody else come between looking for the row and making it."""
    make = UnansweredQuestion.objects.bulk_create
    others = iter([by])

    def make_after_others(*rows: Any, **how: Any) -> Any:
        for other in others:
            other()
        return make(*rows, **how)

    monkeypatch.setattr(UnansweredQuestion.objects, "bulk_create", make_after_others)


def test_two_at_once_are_both_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    def count() -> None:
        unanswered._count("lastenrad", DAY, "")

    interrupt(monkeypatch, by=count)

    count()

    assert counted() == {"lastenrad": 2}


def test_a_row_that_is_made_with_its_count_would_lose_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the interruption hits where it hurts."""

    def count() -> None:
        if not UnansweredQuestion.objects.filter(text="lastenrad").update(times=F("times") + 1):
            row = UnansweredQuestion(text="lastenrad", day=DAY, times=1)
            UnansweredQuestion.objects.bulk_create([row], ignore_conflicts=True)

    interrupt(monkeypatch, by=count)

    count()

    assert counted() == {"lastenrad": 1}


def test_counts_are_added_up_in_the_database() -> None:
    UnansweredQuestion.objects.create(text="lastenrad", day=DAY, times=3)

    with CaptureQueriesContext(connection) as queries:
        unanswered._count("lastenrad", DAY, "")

    (statement,) = [one["sql"] for one in queries]
    assert '"times" + 1' in statement
    assert counted() == {"lastenrad": 4}


# --- the report ---------------------------------------------------------------------


def test_the_report_tells_what_was_missed_and_asks_it_in_one_click() -> None:
    asked_on("lastenräder & mehr", 0, 3, times=4, offered="Lastenrad")
    asked_on("pumptrack", 1, 2)

    response = signed_in(office()).get(PAGE)
    page = response.content.decode()

    assert [one["text"] for one in response.context["questions"]] == [
        "lastenräder & mehr",
        "pumptrack",
    ]
    first = response.context["questions"][0]
    assert (first["times"], first["days"], first["offered"]) == (8, 2, "Lastenrad")
    assert first["last"] - first["first"] == timedelta(days=3)
    assert "lastenräder &amp; mehr" in page
    assert 'href="/suche/?q=lastenr%C3%A4der%20%26%20mehr"' in page


def test_what_was_asked_on_one_day_only_is_not_shown() -> None:
    asked_on("scheidung muster", 0, times=9)
    asked_on("pumptrack", 0, 1)

    page = signed_in(office()).get(PAGE).content.decode()
    table = signed_in(office()).get(f"{PAGE}?export=csv").content.decode()

    for text in (page, table):
        assert "muster" not in text
        assert "pumptrack" in text


def test_the_report_can_be_taken_along() -> None:
    asked_on("=HYPERLINK(1)", 0, 1)

    response = signed_in(office()).get(f"{PAGE}?export=csv")

    assert response["Content-Type"].startswith("text/csv")
    assert response.content.decode().startswith("\ufeffFrage;Wie oft;An Tagen;Zuerst;Zuletzt")
    assert "'=HYPERLINK(1);2;2;" in response.content.decode()


def test_the_office_and_administrators_read_it_and_others_do_not() -> None:
    assert signed_in(office()).get(PAGE).status_code == 200
    assert signed_in(admin()).get(PAGE).status_code == 200
    for person in (alma(), bruno(), cem()):
        assert signed_in(person).get(PAGE).status_code in (302, 403)
    assert PAGE in signed_in(office()).get("/verwaltung/").content.decode()
    assert PAGE not in signed_in(bruno()).get("/verwaltung/").content.decode()


def test_it_costs_the_same_for_few_and_for_many(django_assert_max_num_queries: Any) -> None:
    reader = signed_in(office())
    asked_on("pumptrack", 0, 1)
    reader.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        reader.get(PAGE)
    for number in range(60):
        asked_on(f"lasten {number}", 0, 1, 2)

    with django_assert_max_num_queries(len(few)):
        reader.get(PAGE)


def test_after_ninety_days_everything_is_forgotten() -> None:
    asked_on("alt", 91, 120)
    asked_on("noch nicht", 90, 1)

    assert unanswered.forget(timezone.now()) == 2

    assert counted() == {"noch nicht": 1}
