"""Related papers, as a page shows them: trimmed like every answer, and never in the way."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.test import RequestFactory

from search import asking
from search.engines import get_engine
from search.errors import EngineUnavailable
from search.questions import Answer, Question
from tests.people import alma, cem
from tests.search.stand_in import MEMBERS, Archive, paper

pytestmark = pytest.mark.django_db

HALL = "Die Turnhalle der Schule braucht ein neues Dach und eine Lüftung."
POND = "Am Teich im Park nisten Schwäne, Enten und Reiher."


def related(user: object, number: int = 1) -> list[str]:
    return [hit.title for hit in asking.related_to(f"stand_in.paper:{number}", user=user)]


def test_papers_of_others_are_related_for_those_who_may_see_them(
    index: Callable[..., None], members: None
) -> None:
    index(paper(1, text=HALL), paper(2, text=HALL, tokens=MEMBERS), paper(3, text=POND))

    assert related(cem()) == []
    assert related(alma()) == ["Vermerk 2"]


def test_what_the_database_hides_is_related_to_nothing(
    archive: Archive, index: Callable[..., None]
) -> None:
    index(paper(1, text=HALL), paper(2, text=HALL), paper(3, text=POND))
    assert related(AnonymousUser()) == ["Vermerk 2"]

    archive.seen_by["stand_in.paper:2"] = {"alma@example.org"}

    assert related(AnonymousUser()) == []


def test_bodies_are_related_to_no_paper(archive: Archive, index: Callable[..., None]) -> None:
    index(paper(1, text=HALL), paper(2, text=HALL, kind="body"), paper(3, text=POND))
    assert related(AnonymousUser()) == []

    archive.kind = "body"

    assert related(AnonymousUser()) == ["Vermerk 2"]


def test_no_more_than_five_are_shown(index: Callable[..., None]) -> None:
    index(*(paper(n, text=HALL) for n in range(1, 9)), *(paper(n, text=POND) for n in range(9, 19)))

    assert len(related(AnonymousUser())) == 5


def test_a_page_without_an_index_to_ask_has_no_list(
    index: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    index(paper(1, text=HALL), paper(2, text=HALL), paper(3, text=POND))
    assert "Vermerk 2" in shown(1)

    def away(self: object, question: Question) -> Answer:
        raise EngineUnavailable("It is down")

    monkeypatch.setattr(type(get_engine()), "ask", away)

    assert shown(1).strip() == ""


class Record:
    """A row of the stand-in archive, as its page has it."""

    class _meta:
        label_lower = "stand_in.paper"

    def __init__(self, pk: int) -> None:
        self.pk = pk


def shown(number: int) -> str:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    page = Template("{% load finding %}{% related_papers record %}")
    return page.render(Context({"request": request, "record": Record(number)}))
