"""What the doctor says about the index: its age, whether it keeps up, when to build it anew."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone, translation

from cms.core.models import OutboxRow
from search import engines, health
from search.engines import get_engine
from search.engines.embedded import schema
from search.german import ANALYSIS_VERSION, Lexicon
from search.indexing import KIND, touch
from tests.search.stand_in import Archive, paper

pytestmark = pytest.mark.django_db

Index = Callable[..., None]


@pytest.fixture(autouse=True)
def _in_german() -> Iterator[None]:
    with translation.override("de"):
        yield


def waits_since(key: str, age: timedelta) -> None:
    touch(key)
    OutboxRow.objects.filter(key=key, done_at=None).update(created_at=timezone.now() - age)


def built_with(folder: Path, **changes: Any) -> None:
    """Let the index have been built otherwise, and the engine read it afresh."""
    file = next(folder.glob("g-*/manifest.json"))
    file.write_text(json.dumps({**json.loads(file.read_text()), **changes}))
    engines._embedded.cache_clear()


def test_it_tells_how_old_the_index_is_and_what_it_holds(index: Index, settings: Any) -> None:
    index(paper(1), paper(2))
    now = timezone.now()
    OutboxRow.objects.filter(kind=KIND).update(done_at=now - timedelta(hours=1))
    long_ago = f"{now - timedelta(hours=5):%Y-%m-%dT%H:%M:%SZ}"
    built_with(settings.SEARCH_INDEX_DIR, built_at=long_ago)

    found = health.examine()

    assert found.ok
    assert "2 Einträge in tantivy" in found.message
    assert "2 Unterlagen in der Datenbank" in found.message
    assert "zuletzt geschrieben vor 1\xa0Stunde" in found.message
    assert f"Schema {schema.VERSION}, Analyse {ANALYSIS_VERSION}" in found.message


def test_the_oldest_change_that_waits_is_told(index: Index) -> None:
    index(paper(1))
    waits_since("stand_in.paper:1", timedelta(minutes=3))

    found = health.examine_quickly()

    assert found.ok
    assert "1 wartende Änderungen, die älteste seit 3\xa0Minuten" in found.message


def test_an_index_that_falls_behind_is_not_fine(index: Index) -> None:
    index(paper(1))
    waits_since("stand_in.paper:1", health.PATIENCE + timedelta(minutes=1))

    found = health.examine_quickly()

    assert not found.ok
    assert "im Rückstand" in found.message


def test_without_an_index_it_says_what_to_do(archive: Archive, db: None) -> None:
    found = health.examine()

    assert not found.ok
    assert "noch keinen Index" in found.message
    assert found.remedy == "manage.py rebuild_index"


@pytest.mark.parametrize(("part", "version"), [("analysis", 1), ("schema", 1)])
def test_an_index_of_another_version_must_be_made_anew(
    index: Index, settings: Any, part: str, version: int
) -> None:
    index(paper(1))
    built_with(settings.SEARCH_INDEX_DIR, **{part: version})

    found = health.examine()

    assert not found.ok
    assert found.message.startswith("Der Index muss neu angelegt werden")
    assert found.remedy == "manage.py rebuild_index"


def test_more_entries_than_papers_are_found_out(index: Index, archive: Archive) -> None:
    index(paper(1), paper(2))
    assert health.examine().ok
    del archive.papers["stand_in.paper:2"]

    found = health.examine()

    assert not found.ok
    assert "2 Einträge, die Datenbank 1 Unterlagen" in found.message
    assert "--repair" in found.remedy


def test_papers_for_nobody_are_no_fault(index: Index, archive: Archive) -> None:
    index(paper(1))
    archive.keep(paper(2, tokens=frozenset()))

    assert health.examine().ok


def test_what_was_given_up_after_the_build_is_lost(index: Index) -> None:
    index(paper(1))
    OutboxRow.objects.update(done_at=None, failed_at=timezone.now() + timedelta(hours=1))

    assert "1 Änderungen wurden aufgegeben" in health.examine_quickly().message


def test_a_build_is_a_write_too(archive: Archive, db: None) -> None:
    archive.keep(paper(1))
    get_engine().rebuild(Lexicon(), [paper(1)], lambda keys: [])

    info = get_engine().info()

    assert health.last_write(info) == datetime.fromisoformat(info.built_at)
