"""Other abbreviations widen questions at once, on every engine, and change no term."""

from pathlib import Path

import pytest

from search.engines import Engine
from search.engines.elastic import ElasticEngine, reading
from search.engines.embedded import EmbeddedEngine
from search.german import Lexicon
from tests.search.elastic import NEEDS_SERVER, own_address
from tests.search.engines.test_contract import ask, found
from tests.search.stand_in import paper, written

KNOWN = {"KOD": [("Kommunaler Ordnungsdienst", 5)]}
PAPERS = written(
    paper(1, text="Die Aufgaben des Kommunalen Ordnungsdienstes."),
    paper(2, text="Etwas ganz anderes."),
)


@pytest.fixture(autouse=True)
def _look_again_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_LOOK_AGAIN_SECONDS", -1.0)


def test_a_learnt_abbreviation_is_found_without_a_rebuild(engine: Engine) -> None:
    engine.write(PAPERS)
    before = found(ask(engine, "KOD"))

    assert engine.learn(KNOWN) is True

    assert (before, found(ask(engine, "KOD"))) == ([], [1])
    assert engine.info().stale == ""


def test_the_same_again_writes_nothing_and_others_take_their_place(engine: Engine) -> None:
    engine.write(PAPERS)
    engine.learn(KNOWN)

    assert engine.learn(KNOWN) is False
    assert engine.learn({}) is True

    assert found(ask(engine, "KOD")) == []


def test_the_nouns_of_the_index_stay(engine: Engine) -> None:
    entries = [change.entry for change in PAPERS if change.entry]
    engine.rebuild(Lexicon(own={"kwartz": 5}), entries, lambda keys: [])

    engine.learn(KNOWN)

    engine.write(written(paper(3, text="Die Kwartzlampe leuchtet.")))
    assert found(ask(engine, "Kwartz")) == [3]
    assert engine.info().stale == ""


def test_before_the_first_write_there_is_nothing_to_teach(engine: Engine) -> None:
    assert engine.learn(KNOWN) is False


def test_who_has_the_folder_open_learns_it_too(tmp_path: Path) -> None:
    other = EmbeddedEngine(tmp_path)
    EmbeddedEngine(tmp_path).write(PAPERS)
    assert found(ask(other, "KOD")) == []

    EmbeddedEngine(tmp_path).learn(KNOWN)

    assert found(ask(other, "KOD")) == [1]


@NEEDS_SERVER
def test_other_hosts_learn_it_when_they_look_again() -> None:
    with own_address() as address:
        other = ElasticEngine(address)
        ElasticEngine(address).write(PAPERS)
        assert found(ask(other, "KOD")) == []

        ElasticEngine(address).learn(KNOWN)

        assert found(ask(other, "KOD")) == [1]
