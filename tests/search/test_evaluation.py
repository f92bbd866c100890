"""The measure itself is measured, on rankings whose scores are known by hand."""

import json
import math
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from cms.core.commands import WrongCall
from search.evaluation import Scores, mean, score
from tests.search.stand_in import paper

GRADES = {"a": 3, "b": 2, "c": 1, "d": 0}


def test_the_ideal_order_scores_one() -> None:
    assert score(["a", "b", "c"], GRADES) == Scores(1.0, 1.0, 1.0)


def test_a_relevant_paper_at_rank_two_scores_by_hand() -> None:
    scores = score(["d", "a"], GRADES)

    ideal = 3 + 2 / math.log2(3) + 1 / 2
    assert scores.ndcg10 == pytest.approx((3 / math.log2(3)) / ideal)
    assert scores.mrr10 == 0.5
    assert scores.recall20 == 0.5


def test_nothing_found_scores_nothing() -> None:
    assert score([], GRADES) == Scores(0.0, 0.0, 0.0)
    assert score(["a"], {}) == Scores(0.0, 0.0, 0.0)


def test_the_mean_of_nothing_is_no_error() -> None:
    assert mean([]) == Scores(0.0, 0.0, 0.0)


@pytest.mark.django_db
def test_the_command_asks_and_writes_its_run(index: Callable[..., None], tmp_path: Path) -> None:
    index(
        paper(1, text="Das Quartier", source_id="urn:1"), paper(2, text="Wald", source_id="urn:2")
    )
    topics, qrels, run = (tmp_path / name for name in ("topics", "qrels", "run"))
    topics.write_text('{"id": "T1", "query": "Quartiere", "style": "multi"}\n', encoding="utf-8")
    qrels.write_text("T1\turn:1\t3\nT1\turn:2\t0\n", encoding="utf-8")
    out = StringIO()

    call_command(
        "evaluate_search", str(topics), str(qrels), "--run", str(run), "--json", stdout=out
    )

    result = json.loads(out.getvalue())
    assert (result["ndcg10"], result["mrr10"], result["recall20"]) == (1.0, 1.0, 1.0)
    assert result["styles"]["multi"]["topics"] == 1
    assert run.read_text(encoding="utf-8").split("\t")[:3] == ["T1", "urn:1", "1"]


@pytest.mark.parametrize("line", ["no json", "[]", '{"id": "T1"}'])
def test_a_broken_topic_is_named_with_its_line(tmp_path: Path, line: str) -> None:
    topics, qrels = tmp_path / "topics", tmp_path / "qrels"
    topics.write_text(line, encoding="utf-8")
    qrels.write_text("", encoding="utf-8")

    with pytest.raises(WrongCall, match="line 1"):
        call_command("evaluate_search", str(topics), str(qrels))
