"""A whole page of hits, beside what a database's own full text search makes of the same.

Ours: spelling, feedback, facets, 200 audience tokens, marked passages of ten hits. The others
have it easy: one query for ten papers, no rights, no facets, and a passage only where that is
cheap. Elasticsearch stands beside its own requests in addition.

Papers are invented, of UMLAUF_BENCH_PAPERS in number ("2000,100000"; the latter take up to an
hour, most of it for indexing by the others); a folder of OParl files in UMLAUF_BENCH_ARCHIVE is
imported and measured as well. In a process of its own, because it needs the whole product.
"""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from tests.bench import measuring
from tests.bench.measuring import Times, line, times

if TYPE_CHECKING:
    from search.engines import Engine
    from search.entries import Entry
    from search.questions import Question
    from tests.bench.databases import Baseline

SIZES, QUESTIONS = "2000,100000", 200


def run(folder: Path) -> list[str]:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "cms.settings.test",
        "DATABASE_URL": f"sqlite:///{folder}/searching.sqlite3",
        "BENCH_POSTGRES": os.environ.get("DATABASE_URL", ""),
    }
    asked = [sys.executable, "-m", "tests.bench.searching", str(folder)]
    done = subprocess.run(asked, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout.splitlines()


def main(folder: Path) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, run_syncdb=True)
    for told in measured(folder):
        sys.stdout.write(f"{told}\n")
        sys.stdout.flush()


def measured(folder: Path) -> Iterator[str]:
    from tests.bench import archive, oparl

    for size in map(int, os.environ.get("UMLAUF_BENCH_PAPERS", SIZES).split(",")):
        papers = Papers(
            f"{size} papers",
            lambda size=size: archive.entries(size),  # type: ignore[misc]
            archive.questions(QUESTIONS, size),
        )
        yield from compared(folder / str(size), papers)
    if given := os.environ.get("UMLAUF_BENCH_ARCHIVE"):
        yield from compared(folder / "archive", oparl.imported(Path(given), QUESTIONS))
    else:
        yield "an archive of OParl files: left out, UMLAUF_BENCH_ARCHIVE names none"


class Papers:
    """What is searched, as often as it is read, and what is asked."""

    def __init__(
        self, name: str, read: Callable[[], "Iterable[Entry]"], questions: "Sequence[Question]"
    ) -> None:
        self.name = name
        self.read = read
        self.questions = questions


def compared(folder: Path, papers: Papers) -> Iterator[str]:
    from search.engines.embedded import EmbeddedEngine

    folder.mkdir()
    engine = EmbeddedEngine(folder / "index")
    yield built("embedded", engine, papers)
    ours = asked(engine, papers)
    yield from beside_databases(folder, papers, ours)
    url = os.environ.get("ELASTICSEARCH_URL", "")
    if url:
        yield from beside_its_requests(url, papers, ours)
    else:
        yield "Elasticsearch: left out, ELASTICSEARCH_URL leads to none"


def asked(engine: "Engine", papers: Papers) -> Times:
    """Each question once; what a process reads at its start is read."""
    from search.questions import Question

    engine.ask(Question(text="Vermerk", tokens=papers.questions[0].tokens))
    return times(engine.ask, papers.questions)


def built(name: str, engine: "Engine", papers: Papers) -> str:
    from search.german.lexicon import Learner
    from search.relearning import text_of

    begun = time.perf_counter()
    learner = Learner()
    for entry in papers.read():
        learner.read(text_of(entry))
    engine.rebuild(learner.lexicon(), papers.read(), lambda touched: ())
    took = time.perf_counter() - begun
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return f"{name}, {papers.name}: index built in {took:.0f} s, this process at most {most} MB"


def beside_databases(folder: Path, papers: Papers, ours: Times) -> Iterator[str]:
    from tests.bench import databases

    postgres = os.environ.get("BENCH_POSTGRES", "")
    baselines: list[Baseline] = [
        databases.Fts5(folder / "fts.sqlite3"),
        databases.Wagtail(),
    ]
    if postgres.startswith("postgres"):
        baselines.append(databases.Postgres(postgres))
    else:
        yield "PostgreSQL: left out, DATABASE_URL leads to none"
    for baseline in baselines:
        with closing(baseline):
            baseline.keep(papers.read())
            texts = (question.text for question in papers.questions)
            theirs = times(baseline.ask, measuring.for_a_while(texts))
        yield line(f"{papers.name}, beside {baseline.name}", ours, theirs)


def beside_its_requests(url: str, papers: Papers, embedded: Times) -> Iterator[str]:
    from search.engines.elastic import ElasticEngine
    from search.engines.elastic.connection import Address
    from tests.bench.requests import Recorder, removed

    address = Address(urls=(url,), prefix=f"bench-{uuid4().hex[:12]}")
    engine = ElasticEngine(address)
    try:
        yield built("Elasticsearch", engine, papers)
        asked(engine, papers)
        with Recorder() as recorder:
            ours = times(recorder.noting(engine.ask), papers.questions)
        yield line(f"{papers.name}, Elasticsearch", ours, recorder.times)
        yield line(f"{papers.name}, Elasticsearch beside ours", ours, embedded)
    finally:
        removed(address)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
