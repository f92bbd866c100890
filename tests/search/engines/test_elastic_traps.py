"""What goes wrong with a server at the end of a wire, tried on purpose."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Lock, Thread
from typing import Any
from urllib.parse import urlsplit

import pytest

from search.engines import Change
from search.engines.elastic import ElasticEngine, connection
from search.engines.elastic.breaker import Breaker
from search.engines.elastic.connection import Address
from search.engines.elastic.lock import RebuildLock
from search.entries import Entry
from search.errors import EngineBusy, EngineOutdated, EngineUnavailable
from search.german import Lexicon
from search.questions import Facet, Question
from tests.harness.fault_proxy import Fault, FaultProxy
from tests.search.elastic import NEEDS_SERVER, URL, indexes_of, own_address, server
from tests.search.stand_in import PUBLIC, gone, paper, written
from tests.search.stub_server import stub_server

EVERYTHING = Question(text="Vermerk", tokens=PUBLIC, with_facets=False)


@pytest.fixture
def address() -> Iterator[Address]:
    with own_address() as address:
        yield address


# --- a server that is away --------------------------------------------------------------


@pytest.mark.parametrize("status", [429, 502, 503, 504, 401, 403, 500])
def test_whatever_the_server_answers_is_one_kind_of_error(status: int) -> None:
    with stub_server(status) as stub:
        engine = ElasticEngine(Address(urls=(stub.url,)))

        with pytest.raises(EngineUnavailable, match=str(status)):
            engine.ask(EVERYTHING)
        with pytest.raises(EngineUnavailable):
            engine.suggest("ver", PUBLIC)
        with pytest.raises(EngineUnavailable):
            engine.write(written(paper(1)))


def test_a_server_that_is_too_busy_is_left_alone_after_three_tries() -> None:
    with stub_server(429) as stub:
        engine = ElasticEngine(Address(urls=(stub.url,)))

        for _ in range(10):
            with pytest.raises(EngineUnavailable):
                engine.ask(EVERYTHING)

        assert len(stub.asked_by) == 3


def test_a_login_that_is_refused_does_not_count_as_a_server_that_is_down() -> None:
    with stub_server(401) as stub:
        engine = ElasticEngine(Address(urls=(stub.url,)))

        for _ in range(10):
            with pytest.raises(EngineUnavailable, match="let us in"):
                engine.ask(EVERYTHING)

        assert len(stub.asked_by) == 10


@pytest.mark.parametrize(
    ("login", "header"),
    [
        ({"user": "umlauf", "password": "geheim"}, "Basic dW1sYXVmOmdlaGVpbQ=="),
        ({"api_key": "abc"}, "ApiKey abc"),
        ({}, ""),
    ],
)
def test_credentials_go_with_every_request(login: dict[str, str], header: str) -> None:
    with stub_server(503) as stub:
        with pytest.raises(EngineUnavailable):
            ElasticEngine(Address(urls=(stub.url,), **login)).ask(EVERYTHING)

        assert stub.asked_by == [header]


def test_without_a_certificate_that_fits_nothing_is_asked(tmp_path: Any) -> None:
    with stub_server(200) as stub:
        address = Address(urls=(stub.url.replace("http", "https"),))

        with pytest.raises(EngineUnavailable):
            ElasticEngine(address).ask(EVERYTHING)

        assert stub.asked_by == []


FAULTS = [(Fault.REFUSE, {}), (Fault.HANG, {}), (Fault.CUT, {"after_bytes": 150})]


@NEEDS_SERVER
@pytest.mark.parametrize(("fault", "how"), FAULTS)
def test_a_server_with_a_bad_day_costs_three_requests_and_then_none(
    fault: Fault, how: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "_READ_SECONDS", 0.4)
    with FaultProxy(urlsplit(URL).port or 0) as proxy, own_address() as direct:
        address = replace(direct, urls=(f"http://127.0.0.1:{proxy.port}",))
        breaker = Breaker(pause_seconds=0.5)
        engine = ElasticEngine(address, breaker=breaker)
        engine.write(written(paper(1)))
        proxy.fail(fault, **how)
        # A connection from before the bad day would still work.
        engine = ElasticEngine(address, breaker=breaker)

        for _ in range(3):
            with pytest.raises(EngineUnavailable):
                engine.ask(EVERYTHING)
        begun = time.perf_counter()
        for _ in range(20):
            with pytest.raises(EngineUnavailable):
                engine.ask(EVERYTHING)
        assert time.perf_counter() - begun < 0.3

        proxy.fail(Fault.PASS)
        time.sleep(0.6)
        monkeypatch.setattr(connection, "_READ_SECONDS", 5.0)
        assert engine.ask(EVERYTHING).total == 1


@NEEDS_SERVER
def test_without_a_breaker_everybody_would_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: what the breaker is for."""
    monkeypatch.setattr(connection, "_READ_SECONDS", 0.4)
    with FaultProxy(urlsplit(URL).port or 0) as proxy:
        proxy.fail(Fault.HANG)
        address = Address(urls=(f"http://127.0.0.1:{proxy.port}",))
        engine = ElasticEngine(address, breaker=Breaker(failures=1000))

        begun = time.perf_counter()
        for _ in range(5):
            with pytest.raises(EngineUnavailable):
                engine.ask(EVERYTHING)

        assert time.perf_counter() - begun > 1.9


# --- many hosts -------------------------------------------------------------------------


@NEEDS_SERVER
def test_a_host_sees_what_another_wrote_and_rebuilt(address: Address) -> None:
    here, there = ElasticEngine(address), ElasticEngine(address)
    assert here.ask(EVERYTHING).total == 0

    there.write(written(paper(1)))
    # Who saw nothing looks again at once; no index is no state to remember.
    assert here.ask(EVERYTHING).total == 1

    there.rebuild(Lexicon(), [paper(2), paper(3)], lambda touched: [])
    assert here.ask(EVERYTHING).total == 2
    assert here.suggest("verm", PUBLIC) == ["Vermerk"]
    assert len(dict(here.holdings())) == 2


@NEEDS_SERVER
def test_a_writer_that_began_before_a_rebuild_writes_into_its_result(address: Address) -> None:
    """Red when a writer does not look again for generations after it has written."""
    engine, other = ElasticEngine(address), ElasticEngine(address)
    engine.write(written(paper(1, title="Altes Wort")))

    def changes() -> Iterator[Any]:
        other.rebuild(Lexicon(), [paper(1, title="Altes Wort")], lambda touched: [])
        yield from written(paper(1, title="Neues Wort"), version=2)

    engine.write(changes())

    assert other.ask(Question(text='"Neues Wort"', tokens=PUBLIC)).total == 1


@NEEDS_SERVER
def test_an_index_that_takes_no_writes_is_no_success(address: Address) -> None:
    engine = ElasticEngine(address)
    engine.write(written(paper(1)))
    papers = next(name for name in indexes_of(address) if "-papers-" in name)
    server().indices.delete_alias(index=papers, name=f"{papers}-in")

    with pytest.raises(EngineUnavailable, match="cannot be written"):
        engine.write(written(paper(2)))

    # Nothing was made in its place, whatever the server makes by itself.
    assert len(indexes_of(address)) == 3


@NEEDS_SERVER
def test_what_is_gone_during_a_rebuild_stays_gone(address: Address) -> None:
    engine = ElasticEngine(address)
    engine.write(written(paper(1), paper(2)))

    def entries() -> Iterator[Any]:
        yield paper(1)
        ElasticEngine(address).write([gone(2, version=2)])
        yield paper(2)

    assert engine.rebuild(Lexicon(), entries(), lambda touched: []) == 1
    assert engine.ask(EVERYTHING).total == 1


# --- rebuilding -------------------------------------------------------------------------


@NEEDS_SERVER
def test_a_rebuild_leaves_nothing_behind(address: Address) -> None:
    engine = ElasticEngine(address)
    engine.write(written(paper(1)))

    def breaks() -> Iterator[Any]:
        yield paper(2)
        raise RuntimeError("the power is gone")

    with pytest.raises(RuntimeError):
        engine.rebuild(Lexicon(), breaks(), lambda touched: [])
    engine.rebuild(Lexicon(), [paper(3)], lambda touched: [])

    kinds = [name.removeprefix(address.prefix).split("-v")[0] for name in indexes_of(address)]
    assert kinds == ["-lock", "-papers", "-words"]


@NEEDS_SERVER
def test_only_one_rebuild_runs(address: Address) -> None:
    engine = ElasticEngine(address)

    def entries() -> Iterator[Any]:
        with pytest.raises(EngineBusy):
            ElasticEngine(address).rebuild(Lexicon(), [], lambda touched: [])
        yield paper(1)

    assert engine.rebuild(Lexicon(), entries(), lambda touched: []) == 1


@NEEDS_SERVER
@pytest.mark.parametrize(
    ("changed", "free"),
    [
        ({"pid": 2**22 + 1}, True),  # no process has such a number: it died on this host
        ({"host": "elsewhere"}, False),  # nobody here can tell
        ({"host": "elsewhere", "at": 0.0}, True),  # no sign of life for long
        ({}, False),
    ],
)
def test_a_lock_outlives_its_holder_only_for_a_while(
    address: Address, changed: dict[str, Any], free: bool
) -> None:
    client, name = server(), f"{address.prefix}-lock"
    with RebuildLock(client, address.prefix).held():
        sign = client.get(index=name, id="rebuild")["_source"]
        client.index(index=name, id="rebuild", document={**sign, **changed})

    engine = ElasticEngine(address)

    if free:
        assert engine.rebuild(Lexicon(), [paper(1)], lambda touched: []) == 1
    else:
        with pytest.raises(EngineBusy):
            engine.rebuild(Lexicon(), [paper(1)], lambda touched: [])


@NEEDS_SERVER
def test_an_index_of_another_schema_answers_its_own_version_only(address: Address) -> None:
    old, new = ElasticEngine(address, schema_version=1), ElasticEngine(address, schema_version=2)
    old.write(written(paper(1)))

    with pytest.raises(EngineOutdated):
        new.ask(EVERYTHING)
    with pytest.raises(EngineOutdated):
        new.write(written(paper(2)))
    assert old.ask(EVERYTHING).total == 1

    new.rebuild(Lexicon(), [paper(1), paper(2)], lambda touched: [])
    assert new.ask(EVERYTHING).total == 2


REBUILD = """
import sys, time
from search.engines.elastic import ElasticEngine
from search.engines.elastic.connection import Address
from search.german import Lexicon
from tests.search.stand_in import paper
def entries():
    yield paper(1)
    print("begun", flush=True)
    time.sleep(60)
address = Address(urls=(sys.argv[1],), prefix=sys.argv[2])
ElasticEngine(address).rebuild(Lexicon(), entries(), lambda touched: [])
"""


@NEEDS_SERVER
@pytest.mark.slow
def test_a_rebuild_that_is_killed_is_in_nobodys_way(address: Address) -> None:
    engine = ElasticEngine(address)
    engine.write(written(paper(1), paper(2)))
    root = Path(__file__).resolve().parents[3]
    for version in (2, 3):
        process = subprocess.Popen(
            [sys.executable, "-c", REBUILD, *address.urls, address.prefix],
            stdout=subprocess.PIPE, text=True, cwd=root,
            env={**os.environ, "PYTHONPATH": str(root)},
        )  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        process.send_signal(signal.SIGKILL)
        process.communicate()

        assert engine.write(written(paper(1, title="Neues Wort"), version=version)) == 1
        assert engine.ask(Question(text='"Neues Wort"', tokens=PUBLIC)).total == 1

    assert engine.rebuild(Lexicon(), [paper(1), paper(2)], lambda touched: []) == 2
    assert len(indexes_of(address)) == 3


@NEEDS_SERVER
@pytest.mark.slow
@pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")
def test_many_writers_and_rebuilds_end_in_the_newest_state(address: Address) -> None:
    database = {"version": 0}
    committing = Lock()
    engine = ElasticEngine(address)

    def present() -> Entry:
        return paper(1, title=f"Stand {database['version']}")

    def publish() -> None:
        own = ElasticEngine(address)
        for _ in range(6):
            with committing:
                database["version"] += 1
                version = database["version"]
            # Drawn late, as the drainer does: the state may be newer than its version.
            own.write(Change(key, version, present()) for key in [present().key])

    engine.write(written(present(), version=0))
    threads = [Thread(target=publish) for _ in range(3)]
    for thread in threads:
        thread.start()
    rebuilds = 0
    while any(thread.is_alive() for thread in threads):
        engine.rebuild(Lexicon(), (present() for _ in range(1)), lambda touched: [])
        rebuilds += 1

    titles = [hit.title for hit in engine.ask(Question(text="Stand", tokens=PUBLIC)).hits]
    assert titles == ["Stand 18"]
    assert rebuilds
    assert len(indexes_of(address)) == 3


# --- the words of an archive ------------------------------------------------------------


@NEEDS_SERVER
def test_another_lexicon_asks_for_a_rebuild(
    address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = ElasticEngine(address)
    engine.write(written(paper(1)))
    assert engine.info().stale == ""

    monkeypatch.setattr("search.engines.manifest.ANALYSIS_VERSION", 99)

    assert "analysis" in engine.info().stale
    assert engine.ask(EVERYTHING).total == 1


@NEEDS_SERVER
def test_hidden_words_do_not_crowd_out_those_a_person_may_see(address: Address) -> None:
    """Red when candidates are cut off before it is asked who may see them."""
    engine = ElasticEngine(address)
    hidden = [f"quartier{a}{b}" for a in "abcdefghij" for b in "abcdefghijklmnopqrstuvw"]
    secret = frozenset({"network:7"})
    engine.write(
        written(
            paper(1, text=" ".join(hidden), tokens=secret),
            paper(2, text=" ".join(hidden), tokens=secret),
            paper(3, text="Quartierzz"),
        )
    )

    assert engine.suggest("quartier", PUBLIC) == ["Quartierzz"]


@NEEDS_SERVER
def test_a_year_and_an_organisation_can_be_chosen_together(address: Address) -> None:
    engine = ElasticEngine(address)
    engine.write(written(paper(1, organisations=[("4", "Amt")]), paper(2)))
    chosen = {Facet.ORGANISATION: frozenset({"4"})}

    answer = engine.ask(replace(EVERYTHING, facets=chosen, with_facets=True))

    assert answer.total == 1
    assert [value.count for value in answer.facets[Facet.KIND]] == [1]
