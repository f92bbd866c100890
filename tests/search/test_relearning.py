"""Abbreviations are learnt from what is written day by day, once a night."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.core import due, outbox
from cms.core.models import OutboxRow
from search import engines, rebuilding, relearning
from search.errors import EngineBusy
from search.indexing import KIND, touch
from search.models import ExplainedAbbreviation
from search.questions import Question
from tests.search.stand_in import MEMBERS, PUBLIC, Archive, paper

pytestmark = pytest.mark.django_db

Index = Callable[..., None]
EXPLAINING = "Der Kommunale Ordnungsdienst (KOD) geht um."
NIGHT = timezone.make_aware(datetime(2026, 11, 23, 3, 30))


def found(text: str) -> set[str]:
    return {hit.key for hit in engines.get_engine().ask(Question(text=text, tokens=PUBLIC)).hits}


def relearn() -> None:
    outbox.put(relearning.KIND, "tonight")
    assert outbox.drain(kinds=[relearning.KIND]).done


def drain() -> None:
    assert outbox.drain(kinds=[KIND]).failed == 0


def test_what_papers_explain_is_learnt_without_a_rebuild(index: Index) -> None:
    index(
        *(paper(n, text=EXPLAINING) for n in (1, 2)),
        paper(3, text="Mehr Personal für den Kommunalen Ordnungsdienst."),
    )
    before = found("KOD")

    relearn()

    assert before == {"stand_in.paper:1", "stand_in.paper:2"}
    assert found("KOD") == before | {"stand_in.paper:3"}


def test_papers_for_some_teach_nobody_a_word(index: Index) -> None:
    index(*(paper(n, text=EXPLAINING, tokens=MEMBERS) for n in (1, 2)))
    index(paper(3, text="Mehr Personal für den Kommunalen Ordnungsdienst."))

    relearn()
    assert found("KOD") == set()
    rebuilding.rebuild(lambda told: None)
    assert found("KOD") == set()


def test_what_is_explained_no_more_is_forgotten(index: Index, archive: Archive) -> None:
    index(paper(1, text=EXPLAINING), paper(2, text=EXPLAINING), paper(3, text="Ordnungsdienst"))
    relearn()
    assert ExplainedAbbreviation.objects.count() == 2

    index(paper(1, text="Ohne Erklärung."))
    del archive.papers["stand_in.paper:2"]
    touch("stand_in.paper:2")
    drain()
    relearn()

    assert not ExplainedAbbreviation.objects.exists()
    assert found("KOD") == set()


def test_a_rebuild_knows_the_same(index: Index, archive: Archive) -> None:
    index(*(paper(n, text=EXPLAINING) for n in (1, 2)))
    ExplainedAbbreviation.objects.create(entry_key="gone:1", short="XY", long_form="Xaver Ypsilon")

    rebuilding.rebuild(lambda text: None)

    keys = ExplainedAbbreviation.objects.values_list("entry_key", flat=True)
    assert set(keys) == {"stand_in.paper:1", "stand_in.paper:2"}
    # Counted from the notes, they are those that the rebuild has learnt.
    assert engines.get_engine().learn({}) is True
    relearn()
    assert engines.get_engine().learn({}) is True


def test_writing_what_explains_nothing_new_costs_one_query(index: Index) -> None:
    index(*(paper(n, text=EXPLAINING) for n in range(1, 30)))
    for number in range(1, 30):
        touch(f"stand_in.paper:{number}")

    with CaptureQueriesContext(connection) as queries:
        drain()

    assert len([one for one in queries if "explainedabbreviation" in one["sql"]]) == 1


def test_it_is_done_once_a_night(db: None) -> None:
    relearning.relearn_tonight(timezone.make_aware(datetime(2026, 11, 23, 2, 59)))
    assert not OutboxRow.objects.filter(kind=relearning.KIND).exists()

    assert [relearning.relearn_tonight(NIGHT) for _ in range(2)] == [1, 0]

    assert OutboxRow.objects.filter(kind=relearning.KIND).count() == 1
    assert "relearn abbreviations" in due._runners


def test_an_engine_that_is_busy_is_asked_again(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(self: Any, abbreviations: Any) -> bool:
        raise EngineBusy("somebody writes")

    index(paper(1))
    monkeypatch.setattr(type(engines.get_engine()), "learn", busy)
    outbox.put(relearning.KIND, "tonight")

    assert outbox.drain(kinds=[relearning.KIND]) == outbox.Drained()

    row = OutboxRow.objects.get(kind=relearning.KIND)
    assert (row.done_at, row.tries, row.leased_until) == (None, 0, None)
