"""Saved searches: each new hit is told once, to who may see it then, whatever happens meanwhile."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from cms.core import kernel, outbox
from cms.core.models import OutboxRow
from search import asking, news, saved
from search.errors import EngineUnavailable
from search.indexing import KIND, WRITTEN, touch
from search.models import KnownHit, PermanentId, SavedSearch
from search.questions import Answer
from tests.people import alma, cem
from tests.search.stand_in import MEMBERS, Archive, paper

pytestmark = pytest.mark.django_db

Index = Callable[..., None]
Pace = SavedSearch.Pace
ASKED = [WRITTEN, news.LOOK]


def keep(pace: str = Pace.AT_ONCE, address: str = "?q=Halle", **more: Any) -> SavedSearch:
    return saved.save(**{"by": alma(), "name": "Hallen", "address": address, "pace": pace, **more})


def drain(*kinds: str) -> None:
    assert outbox.drain(kinds=list(kinds) or [*ASKED, news.LETTER]).failed == 0


def tomorrow() -> None:
    assert news.look_when_due(timezone.now() + timedelta(days=2)) == 1


def bodies() -> list[str]:
    return [str(one.body) for one in mail.outbox]


def test_a_new_hit_is_told_at_once_and_only_once(index: Index) -> None:
    index(paper(1, title="Plan der Halle"))
    keep()

    index(paper(2, title="Vertrag der Halle"), paper(3, title="Gehweg"))
    drain()
    drain()

    assert len(mail.outbox) == 1
    assert "Vertrag der Halle" in bodies()[0]
    assert "Plan der Halle" not in bodies()[0]
    assert "Gehweg" not in bodies()[0]
    assert mail.outbox[0].subject == "[1 neuer Treffer] Hallen"
    assert f"/d/{PermanentId.objects.get(key='stand_in.paper:2').pk}\n" in bodies()[0]


def test_what_is_rewritten_is_not_new(index: Index) -> None:
    index(paper(1, title="Plan der Halle"))
    keep()

    index(paper(1, title="Plan der Halle", text="In neuer Fassung."))
    drain()
    tomorrow()
    drain()

    assert mail.outbox == []


def test_nothing_is_asked_where_nobody_wants_to_know_at_once(index: Index) -> None:
    keep(Pace.DAILY)
    keep(Pace.NEVER)

    index(paper(1, title="Plan der Halle"))

    assert not OutboxRow.objects.filter(kind=WRITTEN).exists()


@pytest.mark.parametrize("pace", [Pace.DAILY, Pace.WEEKLY])
def test_once_a_day_or_week_all_that_is_new_comes_in_one_letter(index: Index, pace: str) -> None:
    search = keep(pace)
    index(paper(1, title="Plan der Halle"), paper(2, title="Vertrag der Halle"))
    drain()
    assert search.next_at is not None
    assert news.look_when_due(search.next_at - timedelta(minutes=1)) == 0

    assert news.look_when_due(search.next_at) == 1
    assert news.look_when_due(search.next_at) == 0
    drain()

    assert len(mail.outbox) == 1
    assert mail.outbox[0].subject == "[2 neue Treffer] Hallen"


def test_letters_come_in_the_morning_of_the_next_day_or_on_monday() -> None:
    sunday = timezone.make_aware(datetime(2026, 11, 22, 23, 30))

    daily, weekly = saved.next_time(Pace.DAILY, sunday), saved.next_time(Pace.WEEKLY, sunday)

    assert daily is not None
    assert timezone.localtime(daily).isoformat() == "2026-11-23T07:00:00+01:00"
    assert weekly == daily
    assert saved.next_time(Pace.NEVER, sunday) is None


def test_nobody_is_told_of_what_they_may_not_see(index: Index, members: None) -> None:
    keep(by=cem())

    index(paper(1, title="Plan der Halle", tokens=MEMBERS))
    drain()
    tomorrow()
    drain()

    assert mail.outbox == []


def test_what_is_hidden_again_before_the_letter_is_new_when_it_comes_back(
    index: Index, archive: Archive
) -> None:
    keep()
    index(paper(1, title="Plan der Halle"), paper(2, title="Vertrag der Halle"))
    drain(*ASKED)
    archive.seen_by["stand_in.paper:1"] = set()
    drain(news.LETTER)
    archive.seen_by.clear()
    first = bodies()

    tomorrow()
    drain()

    assert len(first) == 1
    assert "Plan der Halle" not in first[0]
    assert "Plan der Halle" in bodies()[1]
    assert "Vertrag der Halle" not in bodies()[1]


def test_what_becomes_visible_without_being_written_is_new_the_next_day(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    index(paper(1, title="Plan der Halle", tokens=MEMBERS))
    keep()
    monkeypatch.setattr(kernel, "_token_sources", [lambda user: ["network:7"]])

    tomorrow()
    drain()

    assert "Plan der Halle" in bodies()[0]


def test_a_paused_search_writes_nothing_and_tells_all_of_it_afterwards(index: Index) -> None:
    search = keep()
    index(paper(1, title="Plan der Halle"))
    drain(*ASKED)
    saved.pause(search=search, paused=True)
    index(paper(2, title="Vertrag der Halle"))
    drain()
    assert mail.outbox == []

    saved.pause(search=search, paused=False)
    tomorrow()
    drain()

    assert len(mail.outbox) == 1
    assert "Plan der Halle" in bodies()[0]
    assert "Vertrag der Halle" in bodies()[0]


def test_who_has_no_letters_and_wants_some_begins_with_what_is_there(index: Index) -> None:
    search = keep(Pace.NEVER)
    index(paper(1, title="Plan der Halle"))

    saved.change(search=search, name="Hallen", pace=Pace.AT_ONCE)
    index(paper(2, title="Vertrag der Halle"))
    drain()
    tomorrow()
    drain()

    assert len(mail.outbox) == 1
    assert "Plan der Halle" not in bodies()[0]


def test_somebody_without_an_account_any_more_is_not_written_to(index: Index) -> None:
    search = keep()
    index(paper(1, title="Plan der Halle"))
    drain(*ASKED)
    search.person.is_active = False
    search.person.save()

    drain()

    assert mail.outbox == []


def test_killed_between_knowing_and_telling_nothing_is_lost(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Red where hits become known outside the transaction that notes the letter."""
    keep()
    index(paper(1, title="Plan der Halle"))
    with monkeypatch.context() as broken:
        broken.setattr(outbox, "put", _killed)
        outbox.drain(kinds=ASKED)
    assert not KnownHit.objects.exists()

    OutboxRow.objects.filter(kind=WRITTEN).update(due_at=timezone.now())
    drain()

    assert len(mail.outbox) == 1


def _killed(*args: Any, **kwargs: Any) -> None:
    raise RuntimeError("killed")


def test_two_that_look_at_the_same_time_tell_once(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Red where what is known is read before the search is locked."""
    search = keep()
    index(paper(1, title="Plan der Halle"))
    real, others = asking.find, [True]

    def overtaken(*args: Any, **kwargs: Any) -> Answer:
        answer = real(*args, **kwargs)
        if others:
            others.clear()
            news._look(search, among=None)
        return answer

    monkeypatch.setattr(asking, "find", overtaken)
    drain()

    assert len(mail.outbox) == 1


def test_a_letter_that_may_have_gone_out_is_not_sent_again(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep()
    index(paper(1, title="Plan der Halle"))
    drain(*ASKED)
    # The worker ended while it was talking to the mail server.
    past = timezone.now() - timedelta(minutes=1)
    OutboxRow.objects.filter(kind=news.LETTER).update(leased_until=past)

    outcome = outbox.drain(kinds=[news.LETTER])

    assert (outcome.done, outcome.failed) == (0, 1)
    assert mail.outbox == []


def test_without_an_index_the_question_waits_and_the_first_look_tells_nothing(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    index(paper(1, title="Plan der Halle"))
    with monkeypatch.context() as broken:
        broken.setattr(asking, "find", _no_index)
        search = keep()
    assert search.known_at is None

    tomorrow()
    drain()
    index(paper(2, title="Vertrag der Halle"))
    drain()

    assert len(mail.outbox) == 1
    assert "Plan der Halle" not in bodies()[0]


def _no_index(*args: Any, **kwargs: Any) -> Any:
    raise EngineUnavailable


def test_a_search_with_too_many_hits_is_only_kept_without_letters(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saved, "MOST_HITS", 1)
    index(paper(1, title="Plan der Halle"), paper(2, title="Vertrag der Halle"))

    with pytest.raises(saved.TooManyHits):
        keep(Pace.DAILY)
    assert keep(Pace.NEVER).pk
    assert SavedSearch.objects.count() == 1


def test_an_import_asks_each_search_once_and_not_for_each_paper(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep()
    monkeypatch.setattr(news, "_MOST_ASKED", 2)
    asked: list[Any] = []
    real = asking.find

    def counted(question: Any, **kwargs: Any) -> Answer:
        asked.append(question.among)
        return real(question, **kwargs)

    monkeypatch.setattr(asking, "find", counted)
    index(*(paper(n, title=f"Halle {n}") for n in range(1, 6)))
    drain()

    assert asked == [None]
    assert "[5 neue Treffer]" in mail.outbox[0].subject


# --- doors ------------------------------------------------------------------------


def signed_in(client: Client) -> Client:
    client.force_login(alma())
    return client


def test_the_result_page_offers_to_save_the_question_as_it_stands(
    client: Client, index: Index
) -> None:
    index(paper(1, title="Plan der Halle"))

    guest = client.get("/suche/", {"q": "Halle", "art": "note"}).content.decode()
    page = signed_in(client).get("/suche/", {"q": "Halle", "art": "note"}).content.decode()

    assert "Suche speichern" not in guest
    assert 'name="frage" value="?q=Halle&amp;art=note"' in page


def test_a_search_is_saved_listed_renamed_paused_and_deleted(client: Client, index: Index) -> None:
    index(paper(1, title="Plan der Halle"))
    signed_in(client)
    given = {"name": "", "takt": "daily", "frage": "?q=Halle&seite=3&boese=1"}

    client.post("/suche/gespeichert/neu/", given)
    search = SavedSearch.objects.get()
    listed = client.get("/suche/gespeichert/").content.decode()
    client.post(f"/suche/gespeichert/{search.pk}/", {"name": "Hallen", "takt": "weekly"})
    client.post(f"/suche/gespeichert/{search.pk}/pause/")
    search.refresh_from_db()

    assert search.address == "?q=Halle"
    assert 'href="/suche/?q=Halle"' in listed
    assert (search.name, search.pace, search.is_paused) == ("Hallen", "weekly", True)
    assert client.post(f"/suche/gespeichert/{search.pk}/loeschen/").status_code == 302
    assert not SavedSearch.objects.exists()


def test_other_peoples_searches_do_not_exist(client: Client) -> None:
    search = keep(by=cem())
    signed_in(client)

    answers = [
        client.post(f"/suche/gespeichert/{search.pk}/{verb}").status_code
        for verb in ("", "pause/", "loeschen/")
    ]

    assert answers == [404, 404, 404]
    assert "Hallen" not in client.get("/suche/gespeichert/").content.decode()


def test_guests_are_asked_to_sign_in(client: Client) -> None:
    assert "/konto/login/" in client.get("/suche/gespeichert/")["Location"]
    assert "/konto/login/" in client.post("/suche/gespeichert/neu/")["Location"]


def test_the_link_in_a_letter_shows_a_button_and_only_the_button_pauses(index: Index) -> None:
    search = keep()
    index(paper(1, title="Plan der Halle"))
    drain()
    link = str(mail.outbox[0].extra_headers["List-Unsubscribe"]).strip("<>")
    path = "/" + link.split("/", 3)[3]
    client = Client(enforce_csrf_checks=True)

    page = client.get(path)
    search.refresh_from_db()
    before = search.is_paused
    done = client.post(path, {"List-Unsubscribe": "One-Click"})
    search.refresh_from_db()

    assert link in bodies()[0]
    assert "Möchten Sie zu „Hallen“ vorerst keine" in page.content.decode()
    assert (before, search.is_paused) == (False, True)
    assert "Die Suche ist angehalten" in done.content.decode()


@pytest.mark.parametrize("token", ["1", "x:y", "MQ:1tyTyT:abc"])
def test_a_made_up_link_leads_nowhere(client: Client, token: str) -> None:
    keep()

    assert client.get(f"/suche/abbestellen/{token}/").status_code == 404
    assert client.post(f"/suche/abbestellen/{token}/").status_code == 404


def test_a_paper_that_is_gone_before_the_letter_is_not_named(
    index: Index, archive: Archive
) -> None:
    keep()
    index(paper(1, title="Plan der Halle"))
    drain(*ASKED)
    del archive.papers["stand_in.paper:1"]
    touch("stand_in.paper:1")
    outbox.drain(kinds=[KIND])

    drain()

    assert mail.outbox == []
