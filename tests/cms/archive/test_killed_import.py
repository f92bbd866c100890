"""An import that dies at any statement: what was brought in is whole, and the rest comes later."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from cms.archive.importing import storing
from cms.archive.models import ArchivePaper
from cms.core.models import OutboxRow
from search import indexing
from search.sources import key_for
from tests.cms.archive.oparl import consultation, council, file, imported, lines, meeting, paper

pytestmark = pytest.mark.django_db

PAPERS = 7


class Killed(BaseException):
    """Nothing catches it, and the open transaction is lost: what kill -9 does to a database."""


@contextmanager
def dying_at(statement: int) -> Iterator[list[str]]:
    seen: list[str] = []

    def execute(real: Callable[..., Any], sql: str, *given: Any) -> Any:
        seen.append(sql)
        if len(seen) == statement:
            raise Killed
        return real(sql, *given)

    with connection.execute_wrapper(execute):
        yield seen


def archive(path: Path, first: int) -> Path:
    """Papers with a meeting, a body and a file each, as nobody else has them."""
    things: list[dict[str, Any]] = []
    for number in range(first, first + PAPERS):
        told = consultation(number, number)
        things.append(paper(number, mainFile=file(number, "Ein Text"), consultation=[told]))
        things += [council(number, f"Ausschuss {number}"), meeting(number)]
    return lines(path, *things)


@pytest.mark.parametrize("share", [0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95])
def test_nothing_is_doubled_or_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, share: float
) -> None:
    """Red without the transaction around a batch: a paper stands there without its files."""
    monkeypatch.setattr(storing, "_BATCH", 6)
    with dying_at(0) as all_statements:
        imported(archive(tmp_path / "undisturbed.jsonl", 100))
    path = archive(tmp_path / "killed.jsonl", 200)
    with dying_at(int(len(all_statements) * share)), pytest.raises(Killed):
        imported(path)

    imported(path)

    papers = ArchivePaper.objects.filter(reference_number__startswith="2020/2")
    assert sorted(papers.values_list("reference_number", flat=True)) == [
        f"2020/{number}" for number in range(200, 200 + PAPERS)
    ]
    assert [one.files.count() for one in papers] == [1] * PAPERS
    assert [one.consultations.count() for one in papers] == [1] * PAPERS
    noted = OutboxRow.objects.filter(kind=indexing.KIND).values_list("key", flat=True)
    assert {key_for(one) for one in papers} <= set(noted)
    assert imported(path)[0]["papers"] == {"unchanged": PAPERS}
