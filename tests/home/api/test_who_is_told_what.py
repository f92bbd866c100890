"""The interface tells nobody more than the pages do: not in lists, counts, tags or refusals."""

from operator import itemgetter
from typing import Any

import pytest
from django.test import Client

from home.api import papers as papers_door
from home.api import series as series_door
from home.api.kinds import KINDS
from search.sources import all_sources
from tests.cms.agreements.papers import body
from tests.home.api import world

pytestmark = pytest.mark.django_db

ASKED = [
    "/api/v1/papers?per_page=100",
    "/api/v1/papers?kind=event&per_page=100",
    "/api/v1/papers?year=2015&per_page=100",
    "/api/v1/series?per_page=100",
    "/api/v1/organisations?per_page=100",
    "/api/v1/search?q=Haushaltssperre",
    "/api/v1/search?q=Haushaltspere",
    "/api/v1/search?q=Hallennutzung&per_page=100",
    "/api/v1/search?per_page=100",
    "/api/v1/search?kind=archive&year=2015",
]


@pytest.fixture
def archive() -> tuple[Any, Any]:
    """Papers for everybody and for each audience apart."""
    one, two = world.bodies()
    world.keep(0)
    for number, audience in enumerate(world.audiences(one, two), start=1):
        world.keep(number, **audience)
    return one, two


def test_every_kind_of_paper_has_its_place_in_the_interface() -> None:
    told = {kind.model for kind in KINDS.values()}
    searched = {source.kind: source.prefix for source in all_sources()}

    assert set(world.papers_of_the_house()) == told
    assert {name: kind.model._meta.label_lower for name, kind in KINDS.items()}.items() <= (
        searched.items()
    )


def test_the_list_is_what_the_kernel_shows_for_each_of_us(archive: Any) -> None:
    everybody = world.everybody()

    listed = {name: world.listed_for(user) for name, user in everybody.items()}

    assert {name: set(ids) for name, ids in listed.items()} == {
        name: world.shown_to(user) for name, user in everybody.items()
    }
    assert all(len(ids) == len(set(ids)) for ids in listed.values())
    # The control: not everybody is shown the same.
    assert len({frozenset(ids) for ids in listed.values()}) == 5
    assert set(listed["guest"]) < set(listed["member"]) < set(listed["office"])


def test_without_the_kernel_the_list_would_tell_all(
    archive: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control of the test above."""
    expected = world.shown_to(world.GUEST)
    monkeypatch.setattr(papers_door, "visible_papers", lambda user, kind: kind.published())

    assert set(world.listed_for(world.GUEST)) > expected


def test_what_somebody_may_not_see_answers_like_what_does_not_exist(archive: Any) -> None:
    all_papers = world.shown_to(world.everybody()["office"])
    nothing = Client().get("/api/v1/papers/publication-999999999")

    for user in world.everybody().values():
        client, shown = world.browser(user), world.shown_to(user)
        for one in sorted(all_papers):
            for address in (f"/api/v1/papers/{one}", f"/api/v1/papers/{one}/versions"):
                response = client.get(address)
                assert response.status_code == (200 if one in shown else 404), (user, one)
                if one not in shown:
                    assert response.content == nothing.content
                    assert response.headers.keys() == nothing.headers.keys()


def test_a_guest_is_told_the_same_as_if_the_protected_papers_had_never_been() -> None:
    """Lists and tags to the byte; total, facets, hits, passages and suggestion of a search."""
    one, two = world.bodies()
    audiences = world.audiences(one, two)
    for number in range(len(audiences) + 1):
        body(f"Ort {number}")
    world.keep(0)
    world.index()
    before = answers(Client())
    in_the_office = answers(world.browser(world.everybody()["office"]))

    for number, audience in enumerate(audiences, start=1):
        world.keep(number, **audience)
    world.index()

    assert answers(Client()) == before
    # The control: to the office much has changed.
    told = answers(world.browser(world.everybody()["office"]))
    changed = {address for address in told if told[address] != in_the_office[address]}
    only_public = {ASKED[4], ASKED[7]}
    assert changed == set(ASKED) - only_public


def answers(client: Client) -> dict[str, Any]:
    """What is told, with its tag; of hits not their order, which weighs words over all papers."""
    told: dict[str, Any] = {}
    for address in ASKED:
        response = client.get(address)
        assert response.status_code == 200
        if "/search" in address:
            answer = response.json()
            told[address] = {**answer, "hits": sorted(answer["hits"], key=itemgetter("id"))}
        else:
            told[address] = (response.content, response.headers["ETag"])
    return told


def test_a_hidden_series_is_named_by_no_paper_and_holds_none(archive: Any) -> None:
    """A public event in a series for members: the event is told of, its series is not."""
    one, _ = archive
    series = world.EventSeriesPage(
        title="Interne Reihe", audience="members", network=one, origin=world.Origin.TAKEN_OVER
    )
    index = world.EventIndexPage.objects.get()
    series = world.published(world.below(index, series))
    event = world.EventPage(title="Offener Abend", origin=world.Origin.TAKEN_OVER)
    event = world.published(world.below(series, event))
    name, inside = f"event_series-{series.pk}", f"event-{event.pk}"
    member = world.everybody()["member"]

    for user, series_told in ((world.GUEST, None), (member, name)):
        told = world.browser(user).get(f"/api/v1/papers/{inside}").json()
        assert told["series"] == series_told
    assert world.listed_for(world.GUEST, f"series={name}") == []
    assert world.listed_for(member, f"series={name}") == [inside]
    assert Client().get(f"/api/v1/series/{name}").status_code == 404
    assert world.browser(member).get(f"/api/v1/series/{name}").status_code == 200


def test_without_the_kernel_a_hidden_series_would_be_named(
    archive: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control of the test above."""
    before = Client().get("/api/v1/series").json()["series"]
    monkeypatch.setattr(series_door.kernel, "visible", lambda user, rows: rows)

    assert len(Client().get("/api/v1/series").json()["series"]) > len(before)


def test_an_agreement_names_only_neighbours_that_are_shown() -> None:
    one, _ = world.bodies()
    chain = world.papers.series()
    first = world.published(world.papers.agreement(1, chain, audience="members", network=one))
    second = world.published(world.papers.agreement(2, chain))
    address = f"/api/v1/papers/agreement-{second.pk}"

    as_guest = Client().get(address).json()["details"]
    as_member = world.browser(world.everybody()["member"]).get(address).json()["details"]

    assert as_guest["predecessor"] is None
    assert as_member["predecessor"] == f"agreement-{first.pk}"


def test_an_answer_for_somebody_signed_in_is_kept_in_no_cache_of_others(archive: Any) -> None:
    as_member = world.browser(world.everybody()["member"]).get("/api/v1/papers")
    as_guest = Client().get("/api/v1/papers")

    assert "private" in as_member.headers["Cache-Control"]
    assert "private" not in as_guest.headers["Cache-Control"]
    for response in (as_member, as_guest):
        assert "no-cache" in response.headers["Cache-Control"]
        assert "Cookie" in response.headers["Vary"]
