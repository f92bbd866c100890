"""The commands: what they print, how they end, and that a rebuild loses nothing."""

import json
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from cms.core import outbox
from cms.core.commands import Failed, WrongCall
from cms.core.values import FuzzyDate
from search import rebuilding
from search.engines import get_engine
from search.engines.embedded.layout import Layout
from search.indexing import KIND, touch
from tests.people import alma
from tests.search.stand_in import MEMBERS, Archive, paper

pytestmark = pytest.mark.django_db

Index = Callable[..., None]


def called(*arguments: str) -> dict[str, Any]:
    out = StringIO()
    call_command(*arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_query_answers_in_the_agreed_form(index: Index) -> None:
    index(
        paper(
            1, text="Im Quartier", when=FuzzyDate.of_year(1995), source_id="https://example.org/1"
        )
    )

    result = called("query", "Quartier")

    assert set(result) == {"total", "took_ms", "hits", "facets", "suggestion"}
    assert result["total"] == 1
    hit = result["hits"][0]
    assert set(hit) == {"id", "source_id", "title", "kind", "url", "score", "passages"}
    assert (hit["id"], hit["source_id"]) == ("stand_in.paper:1", "https://example.org/1")
    assert hit["passages"][0]["marks"] == [[3, 11]]
    assert result["facets"]["year"] == [{"value": "1995", "label": "1995", "count": 1}]


def test_query_asks_as_a_guest_unless_told_otherwise(index: Index, members: None) -> None:
    index(paper(1, tokens=MEMBERS))

    assert called("query", "Vermerk")["total"] == 0
    assert called("query", "Vermerk", "--as", alma().email)["total"] == 1


@pytest.mark.parametrize(
    "wrong", [["--as", "nobody@example.org"], ["--limit", "0"], ["--kind", "unheard of"]]
)
def test_query_refuses_a_wrong_call(index: Index, wrong: list[str]) -> None:
    with pytest.raises(WrongCall):
        call_command("query", "Vermerk", *wrong)


def test_query_prints_hits_for_people(index: Index) -> None:
    index(paper(1, text="Im Quartier"))
    out = StringIO()

    call_command("query", "Quartier", "--kind", "note", stdout=out)

    assert "Vermerk 1" in out.getvalue()


def test_rebuild_index_brings_in_what_was_never_touched(archive: Archive) -> None:
    archive.keep(*(paper(n) for n in range(1, 6)))

    assert called("rebuild_index") == {"entries": 5, "unread": [], "dry_run": False}
    assert called("query", "Vermerk")["total"] == 5


def test_rebuild_index_reports_a_broken_paper_and_goes_on(archive: Archive) -> None:
    archive.keep(paper(1), paper(2))
    archive.broken.add("stand_in.paper:1")

    result = called("rebuild_index")

    assert result["entries"] == 1
    assert result["unread"] == ["stand_in.paper:1"]


def test_rebuild_index_dry_run_writes_nothing(archive: Archive) -> None:
    archive.keep(paper(1))

    assert called("rebuild_index", "--dry-run")["entries"] == 1
    assert get_engine().info().entries == 0


def test_two_rebuilds_at_once_are_refused(archive: Archive, settings: Any) -> None:
    with (
        Layout(settings.SEARCH_INDEX_DIR).locked("rebuild.lock", wait_seconds=0),
        pytest.raises(Failed),
    ):
        call_command("rebuild_index")


def test_a_rebuild_leaves_one_generation_and_no_strays(index: Index, settings: Any) -> None:
    index(paper(1))
    (settings.SEARCH_INDEX_DIR / "g-half-built").mkdir()

    called("rebuild_index")

    assert len(list(settings.SEARCH_INDEX_DIR.glob("g-*"))) == 1


def test_a_rebuild_reads_again_what_changed_meanwhile(
    index: Index, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    index(paper(1, title="Altes Wort"))
    real = archive.keys

    def keys_and_a_change_afterwards() -> Any:
        yield from real()
        archive.keep(paper(1, title="Neues Wort"))
        touch("stand_in.paper:1")
        outbox.drain(kinds=[KIND])

    monkeypatch.setattr(archive, "keys", keys_and_a_change_afterwards, raising=False)
    called("rebuild_index")

    assert called("query", '"Neues Wort"')["total"] == 1


def test_check_index_finds_and_repairs_drift(index: Index, archive: Archive) -> None:
    index(paper(1), paper(2), paper(3))
    archive.keep(paper(2, text="geändert, ohne dass es jemand sagte"), paper(4))
    del archive.papers["stand_in.paper:3"]

    drift = rebuilding.compare()
    assert drift.missing == ["stand_in.paper:4"]
    assert drift.outdated == ["stand_in.paper:2"]
    assert drift.surplus == ["stand_in.paper:3"]
    with pytest.raises(Failed):
        call_command("check_index", stdout=StringIO())

    assert called("check_index", "--repair")["repaired"] == 3
    outbox.drain(kinds=[KIND])
    assert called("check_index") == {
        "missing": [],
        "outdated": [],
        "surplus": [],
        "repaired": 0,
    }
