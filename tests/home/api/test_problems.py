"""Whatever is asked, and whatever is broken: one shape of refusal, and never a server error."""

from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.db import OperationalError
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from home.api import papers, problems
from search import asking
from search.errors import EngineUnavailable
from tests.home.api import world

pytestmark = pytest.mark.django_db

LISTS = ("search", "papers", "organisations", "series")
NAMES = (
    "q", "kind", "organisation", "series", "year", "topic", "state", "since", "until", "sort",
    "verbatim", "page", "per_page", "changed_since", "after", "other",
)  # fmt: skip
ODD = (
    "", "0", "-1", "1", "2", "101", "1e9", "1.5", "9" * 30, "9223372036854775808", "NaN", "\0",
    "a\0b", "true", "publication-1", "publication-9223372036854775808", "event_series-1", "x-1",
    "archive-1", "archive-99999999999999999999", "archive", "2015", "0000",
    "２０１５", "2015-13-45",
    "0001-01-01", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2015-02-29",
    "relevance", "newest", "jahr:0000", "jahr:9999-0001", "von:\0", "bis:99999", '"', "-", "*",
    "a*",
    "\ud800", "🏛️" * 50, "ß" * 400, "x" * 401, "'; DROP TABLE", "%", "_", "city", "archive-0",
)  # fmt: skip
VALUES = st.one_of(st.sampled_from(ODD), st.text(max_size=60), st.integers().map(str))
PAIRS = st.lists(st.tuples(st.sampled_from(NAMES), VALUES), max_size=8)


@pytest.fixture
def archive() -> None:
    world.bodies()
    world.keep(0)
    world.index()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(where=st.sampled_from(LISTS), pairs=PAIRS)
def test_no_parameters_break_a_list(archive: None, where: str, pairs: list[Any]) -> None:
    query = urlencode([(name, value.encode("utf-8", "surrogatepass")) for name, value in pairs])

    response = Client().get(f"/api/v1/{where}?{query}")

    assert response.status_code in (200, 422), response.content
    is_well_told(response)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
@given(
    where=st.sampled_from([*LISTS, "nothing"]), name=VALUES, rest=st.sampled_from(["", "/versions"])
)
def test_no_name_of_a_thing_breaks_it(archive: None, where: str, name: str, rest: str) -> None:
    path = quote(name.encode("utf-8", "surrogatepass"), safe="/")

    response = Client().get(f"/api/v1/{where}/{path}{rest}")

    assert response.status_code in (200, 404, 422), response.content
    is_well_told(response)


def is_well_told(response: Any) -> None:
    if response.status_code == 200:
        assert response.headers["Content-Type"].startswith("application/json")
        return
    assert response.headers["Content-Type"] == problems.CONTENT_TYPE
    told = response.json()
    assert problems.Problem(**told).status == response.status_code
    assert told["title"] == problems.TITLES[response.status_code][0]


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("search?page=0", "page"),
        ("search?per_page=101", "per_page"),
        (f"search?q={'x' * 401}", "q"),
        ("search?since=gestern", "since"),
        ("papers?kind=leaflet", "kind"),
        ("papers?year=20155", "year"),
        ("papers?organisation=rathaus", "organisation"),
        ("papers?changed_since=9999-12-31T23:59:59", "changed_since"),
        ("papers?after=nirgends", "after"),
        ("organisations?kind=club", "kind"),
    ],
)
def test_what_was_not_understood_is_named(address: str, parameter: str) -> None:
    response = Client().get(f"/api/v1/{address}")

    assert response.status_code == 422
    assert [one["parameter"] for one in response.json()["errors"]] == [parameter]
    is_well_told(response)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_nothing_but_reading_is_allowed(method: str) -> None:
    for where in (*LISTS, "papers/publication-1", "openapi.json", "nothing", ""):
        response = getattr(Client(), method)(f"/api/v1/{where}")

        assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD")
        is_well_told(response)


def test_while_the_search_server_is_down_search_says_when_to_come_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails(*args: Any, **kwargs: Any) -> None:
        raise EngineUnavailable

    monkeypatch.setattr(asking, "find", fails)

    response = Client().get("/api/v1/search?q=x")

    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
    is_well_told(response)
    assert Client().get("/api/v1/papers").status_code == 200


def test_while_the_database_is_down_everything_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*args: Any, **kwargs: Any) -> None:
        raise OperationalError("no such host: db.internal")

    monkeypatch.setattr(papers, "visible_papers", fails)

    response = Client().get("/api/v1/papers")

    assert (response.status_code, response.headers["Retry-After"]) == (503, "60")
    assert b"db.internal" not in response.content
    is_well_told(response)


def test_too_many_parameters_are_a_bad_request() -> None:
    response = Client().get("/api/v1/papers?" + "x=1&" * 10_001)

    assert response.status_code == 400
    is_well_told(response)


def test_what_nobody_foresaw_is_told_without_its_reason_and_heard_of(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("secret of the house")

    monkeypatch.setattr(papers, "visible_papers", fails)

    response = Client(raise_request_exception=False).get("/api/v1/papers")

    assert response.status_code == 500
    assert b"secret" not in response.content
    is_well_told(response)
    # Whoever listens for failures hears of it, as this browser does.
    with pytest.raises(RuntimeError):
        Client().get("/api/v1/papers")
