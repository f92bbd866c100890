"""Measure search against judged questions."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.management.base import CommandParser

from cms.core.commands import Failed, ProductCommand, WrongCall
from search import asking
from search.errors import SearchError
from search.evaluation import Scores, mean, score
from search.questions import Hit, Question

_DEPTH = 100


class Command(ProductCommand):
    help = (
        "nDCG@10, MRR@10 and recall@20, in all and by style of question, asked as a guest. "
        "TOPICS: JSON lines with id, query and perhaps style; QRELS: topic, source id, grade."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("topics", type=Path)
        parser.add_argument("qrels", type=Path)
        parser.add_argument("--run", dest="run_file", type=Path, help="Write the rankings here.")

    def run(self, **options: Any) -> dict[str, Any]:
        topics = list(_topics(options["topics"]))
        grades = _grades(options["qrels"])
        try:
            runs = {topic["id"]: _ranked(topic["query"]) for topic in topics}
        except SearchError as error:
            raise Failed(f"The index does not answer: {error}") from error
        if options["run_file"]:
            options["run_file"].write_text(_run_lines(runs), encoding="utf-8")
        by_style: dict[str, list[Scores]] = defaultdict(list)
        for topic in topics:
            ranking = [hit.source_id for hit in runs[topic["id"]]]
            by_style[topic.get("style", "")].append(score(ranking, grades.get(topic["id"], {})))
        everything = [one for scores in by_style.values() for one in scores]
        return {
            "topics": len(topics),
            **_rounded(mean(everything)),
            "styles": {
                style: {"topics": len(scores), **_rounded(mean(scores))}
                for style, scores in sorted(by_style.items())
                if style
            },
        }

    def say(self, result: dict[str, Any]) -> None:
        self.stdout.write(f"{'':12} {'topics':>6} {'nDCG@10':>8} {'MRR@10':>8} {'R@20':>8}")
        for style, row in {"all": result, **result["styles"]}.items():
            self.stdout.write(
                f"{style:12} {row['topics']:6} {row['ndcg10']:8.3f} {row['mrr10']:8.3f} "
                f"{row['recall20']:8.3f}"
            )


def _ranked(text: str) -> list[Hit]:
    """The first hundred source ids; several entries of one source count once."""
    question = Question(text=text, per_page=_DEPTH, with_facets=False)
    hits = asking.find(question, user=AnonymousUser()).hits
    first: dict[str, Hit] = {}
    for hit in hits:
        source_id = hit.source_id or hit.key
        first.setdefault(source_id, replace(hit, source_id=source_id))
    return list(first.values())


def _run_lines(runs: dict[str, list[Hit]]) -> str:
    return "".join(
        f"{topic}\t{hit.source_id}\t{rank}\t{hit.score:.5f}\n"
        for topic, hits in runs.items()
        for rank, hit in enumerate(hits, 1)
    )


def _topics(path: Path) -> Iterator[dict[str, str]]:
    for number, line in enumerate(_lines(path), 1):
        try:
            topic = json.loads(line)
            topic["id"], topic["query"]
        except (ValueError, KeyError, TypeError) as error:
            raise WrongCall(f"{path}, line {number}: a topic has an id and a query.") from error
        yield topic


def _grades(path: Path) -> dict[str, dict[str, int]]:
    grades: dict[str, dict[str, int]] = defaultdict(dict)
    for number, line in enumerate(_lines(path), 1):
        try:
            topic, source_id, grade = line.split("\t")[:3]
            grades[topic][source_id] = int(grade)
        except ValueError as error:
            message = f"{path}, line {number}: topic, source id and grade, by tabs."
            raise WrongCall(message) from error
    return grades


def _lines(path: Path) -> list[str]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise WrongCall(f"{path} cannot be read: {error}") from error
    return [line for line in lines if line.strip() and not line.startswith("#")]


def _rounded(scores: Scores) -> dict[str, float]:
    return {name: round(value, 4) for name, value in asdict(scores).items()}
