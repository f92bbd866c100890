"""From a touched key to the index: late, doubled and failing rows end right."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from cms.core import doctor, outbox
from cms.core.models import OutboxRow
from search import indexing
from search.engines import get_engine
from search.engines.embedded.layout import Layout
from search.indexing import KIND, touch
from search.questions import Question
from tests.search.elastic import NEEDS_SERVER, own_address
from tests.search.stand_in import PUBLIC, Archive, paper

pytestmark = pytest.mark.django_db

Index = Callable[..., None]


def total(text: str = "Vermerk") -> int:
    return get_engine().ask(Question(text=text, tokens=PUBLIC)).total


def test_a_touched_paper_is_found_after_the_drain(archive: Archive) -> None:
    archive.keep(paper(1))
    touch("stand_in.paper:1")

    assert total() == 0
    assert outbox.drain(kinds=[KIND]).done == 1
    assert total() == 1


def test_a_touch_in_a_transaction_that_fails_never_happened(archive: Archive) -> None:
    archive.keep(paper(1))

    with transaction.atomic():
        touch("stand_in.paper:1")
        transaction.set_rollback(True)

    assert outbox.drain(kinds=[KIND]).done == 0


def test_a_paper_that_is_gone_leaves_the_index(index: Index, archive: Archive) -> None:
    index(paper(1))
    del archive.papers["stand_in.paper:1"]
    touch("stand_in.paper:1")

    outbox.drain(kinds=[KIND])

    assert total() == 0


def test_a_paper_without_audience_is_gone(index: Index) -> None:
    index(paper(1))
    index(paper(1, tokens=frozenset()))

    assert get_engine().info().entries == 0


def test_ten_touches_write_the_present_state_once(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.keep(paper(1))
    for _ in range(10):
        touch("stand_in.paper:1")
    reads = []
    real = indexing.entry_of
    monkeypatch.setattr(indexing, "entry_of", lambda key: reads.append(key) or real(key))

    outbox.drain(kinds=[KIND])

    assert reads == ["stand_in.paper:1"]


def test_a_row_that_is_late_does_not_bring_an_old_state_back(
    index: Index, archive: Archive
) -> None:
    """Red without versions: a worker that slept over its lease would write last."""
    late = OutboxRow(kind=KIND, key="stand_in.paper:1", pk=1)
    archive.keep(paper(1, title="Altes Wort"))
    OutboxRow.objects.bulk_create([OutboxRow(pk=50, kind=KIND, key="x", due_at=timezone.now())])
    index(paper(1, title="Neues Wort"))

    archive.keep(paper(1, title="Altes Wort"))
    indexing.write_touched([late])

    assert total('"Neues Wort"') == 1


def test_while_another_writes_the_rows_wait_and_count_no_try(
    archive: Archive, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.keep(paper(1))
    touch("stand_in.paper:1")
    monkeypatch.setattr(get_engine(), "_wait_seconds", 0.1)

    with Layout(settings.SEARCH_INDEX_DIR).locked(wait_seconds=0):
        outcome = outbox.drain(kinds=[KIND])

    row = OutboxRow.objects.get(kind=KIND)
    assert (outcome.done, outcome.failed, row.tries, row.done_at) == (0, 0, 0, None)
    assert outbox.drain(kinds=[KIND]).done == 1


def test_while_no_server_answers_the_rows_wait_and_count_no_try(
    archive: Archive, settings: Any
) -> None:
    archive.keep(paper(1))
    touch("stand_in.paper:1")
    settings.ELASTICSEARCH_URL = ["http://127.0.0.1:1"]

    outcome = outbox.drain(kinds=[KIND])

    row = OutboxRow.objects.get(kind=KIND)
    assert (outcome.done, outcome.failed, row.tries, row.done_at) == (0, 0, 0, None)
    assert not finding().ok
    settings.ELASTICSEARCH_URL = []
    assert outbox.drain(kinds=[KIND]).done == 1


@NEEDS_SERVER
def test_a_touched_paper_is_found_on_the_server_that_is_chosen(
    archive: Archive, settings: Any
) -> None:
    with own_address() as address:
        settings.ELASTICSEARCH_URL = list(address.urls)
        settings.ELASTICSEARCH_PREFIX = address.prefix
        archive.keep(paper(1))
        touch("stand_in.paper:1")

        assert outbox.drain(kinds=[KIND]).done == 1

        assert total() == 1
        assert "Elasticsearch" in finding().message


def test_one_broken_paper_does_not_keep_the_others_out(archive: Archive) -> None:
    archive.keep(paper(1), paper(2), paper(3))
    archive.broken.add("stand_in.paper:2")
    for number in (1, 2, 3):
        touch(f"stand_in.paper:{number}")

    outcome = outbox.drain(kinds=[KIND])

    assert (outcome.done, outcome.failed) == (2, 1)
    assert total() == 2


def finding() -> doctor.Finding:
    return doctor._checks["search index"]()


def test_the_doctor_tells_what_the_index_needs(
    index: Index, archive: Archive, settings: Any
) -> None:
    assert "noch keinen Index" in finding().message

    index(paper(1))
    assert finding().ok
    assert "1 Einträge" in finding().message

    touch("stand_in.paper:1")
    assert "1 wartende Änderungen" in finding().message


def test_the_doctor_asks_for_a_rebuild_when_the_analysis_has_changed(
    index: Index, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    index(paper(1))
    monkeypatch.setattr("search.engines.manifest.ANALYSIS_VERSION", 99)

    assert not finding().ok
    assert "neu angelegt werden" in finding().message
    # It still answers meanwhile.
    assert total() == 1


@override_settings(SEARCH_INDEX_DIR=Path("/dev/null/search"))
def test_a_folder_that_cannot_be_is_a_finding_and_no_crash(archive: Archive) -> None:
    assert not finding().ok
