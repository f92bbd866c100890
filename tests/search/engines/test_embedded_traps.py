"""What is known to go wrong with an index in a folder, tried on purpose."""

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from search.engines.embedded import EmbeddedEngine
from search.engines.embedded.layout import Layout
from search.engines.embedded.schema import VERSION
from search.errors import EngineBusy, EngineOutdated, EngineUnavailable
from search.german import Lexicon
from search.questions import Question
from tests.search.stand_in import PUBLIC, paper, written

EVERYTHING = Question(text="Vermerk", tokens=PUBLIC, with_facets=False)


def files_of(folder: Path, index: str) -> list[Path]:
    return [path for path in folder.glob(f"g-*/{index}/*") if not path.name.startswith(".")]


def segments_of(folder: Path, index: str = "papers") -> int:
    return len([path for path in files_of(folder, index) if path.suffix == ".store"])


def test_many_small_writes_do_not_pile_up_segments(tmp_path: Path) -> None:
    """Red when a writer is dropped without waiting for its merges: 40 segments."""
    engine = EmbeddedEngine(tmp_path)

    for number in range(40):
        engine.write(written(paper(number)))

    assert engine.ask(EVERYTHING).total == 40
    assert segments_of(tmp_path) <= 16


def test_two_engines_taking_turns_leave_no_orphans(tmp_path: Path) -> None:
    """Red when an engine keeps its index object open between writes."""
    engines = [EmbeddedEngine(tmp_path), EmbeddedEngine(tmp_path)]

    for number in range(20):
        engines[number % 2].write(written(paper(1), version=number))

    assert engines[0].ask(EVERYTHING).total == 1
    assert len(files_of(tmp_path, "papers")) <= 20


def test_a_reader_sees_what_another_engine_wrote(tmp_path: Path) -> None:
    reader, writer = EmbeddedEngine(tmp_path), EmbeddedEngine(tmp_path)
    assert reader.ask(EVERYTHING).total == 0

    writer.write(written(paper(1)))
    assert reader.ask(EVERYTHING).total == 1

    writer.rebuild(Lexicon(), [paper(2), paper(3)], lambda touched: [])
    assert reader.ask(EVERYTHING).total == 2


def test_a_second_writer_waits_and_then_says_so(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path, wait_seconds=0.2)

    with Layout(tmp_path).locked(wait_seconds=0), pytest.raises(EngineBusy):
        engine.write(written(paper(1)))

    engine.write(written(paper(1)))
    assert engine.ask(EVERYTHING).total == 1


def test_a_failing_write_frees_the_index_and_leaves_it_as_it_was(tmp_path: Path) -> None:
    """Red when writers are freed by the garbage collector: the traceback holds them."""
    engine = EmbeddedEngine(tmp_path)
    engine.write(written(paper(1)))

    def changes():  # type: ignore[no-untyped-def]
        yield from written(paper(2))
        raise RuntimeError("the source broke")

    with pytest.raises(RuntimeError) as kept:
        engine.write(changes())

    assert kept.value
    assert engine.ask(EVERYTHING).total == 1
    engine.write(written(paper(3)))
    assert engine.ask(EVERYTHING).total == 2


def test_a_forked_child_can_write_after_its_parent_did(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path)
    engine.write(written(paper(1)))
    engine.ask(EVERYTHING)

    child = multiprocessing.get_context("fork").Process(
        target=lambda: engine.write(written(paper(2)))
    )
    child.start()
    child.join(30)

    assert child.exitcode == 0
    assert engine.ask(EVERYTHING).total == 2


def test_a_forked_child_can_ask_after_its_parent_did(tmp_path: Path) -> None:
    """Red when the child waits for threads that only its parent has."""
    engine = EmbeddedEngine(tmp_path)
    engine.write(written(paper(1)))
    counted = replace(EVERYTHING, with_facets=True)
    assert engine.ask(counted).total == 1

    child = multiprocessing.get_context("fork").Process(target=lambda: engine.ask(counted))
    child.start()
    child.join(10)
    hangs = child.is_alive()
    child.kill()

    assert not hangs
    assert child.exitcode == 0


WRITER = """
import sys
from cms.core.values import FuzzyDate
from search.engines.embedded import EmbeddedEngine
from tests.search.stand_in import paper, written
engine = EmbeddedEngine(sys.argv[1])
generation = int(sys.argv[2])
while True:
    generation += 1
    papers = [paper(n, when=FuzzyDate.of_year(generation)) for n in range(20)]
    engine.write(written(*papers, version=generation))
    print(generation, flush=True)
"""


@pytest.mark.slow
def test_kill_9_during_writes_leaves_all_or_nothing(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path)
    root = Path(__file__).resolve().parents[3]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    acknowledged = 0
    for round_number in range(4):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path), str(acknowledged)],
            stdout=subprocess.PIPE, text=True, env=environment, cwd=root,
        )  # fmt: skip
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(0.13 * (round_number + 1))
        writer.send_signal(signal.SIGKILL)
        said = [int(line) for line in writer.communicate()[0].split()]

        answer = engine.ask(Question(text="Vermerk", tokens=PUBLIC, per_page=100))
        years = {hit.when.year for hit in answer.hits}

        # All twenty of one turn, and never older than what was acknowledged.
        assert answer.total == 20
        assert len(years) == 1
        assert min(year for year in years if year) >= max([acknowledged, *said])
        acknowledged = next(iter(years)) or 0
        # The lock died with its holder.
        assert engine.write([]) == 0


def test_a_damaged_index_says_so(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path)
    engine.write(written(paper(1)))
    for path in tmp_path.glob("g-*/papers/meta.json"):
        path.write_text("{")

    with pytest.raises(EngineUnavailable):
        EmbeddedEngine(tmp_path).ask(EVERYTHING)


def test_another_lexicon_asks_for_a_rebuild(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path)
    engine.write(written(paper(1)))
    assert engine.info().stale == ""

    for path in tmp_path.glob("g-*/lexicon.tsv"):
        path.write_text("own\tplauderbank\t7\n", encoding="utf-8")

    other = EmbeddedEngine(tmp_path)
    assert "lexicon" in other.info().stale
    assert other.ask(EVERYTHING).total == 1


def test_an_index_of_another_schema_takes_no_part(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path)
    engine.write(written(paper(1)))
    for path in tmp_path.glob("g-*/manifest.json"):
        manifest = json.loads(path.read_text()) | {"schema": VERSION - 1}
        path.write_text(json.dumps(manifest))

    other = EmbeddedEngine(tmp_path)
    with pytest.raises(EngineOutdated):
        other.ask(EVERYTHING)
    with pytest.raises(EngineOutdated):
        other.write(written(paper(2)))

    other.rebuild(Lexicon(), [paper(1), paper(2)], lambda touched: [])
    assert other.ask(EVERYTHING).total == 2
