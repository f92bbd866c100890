"""Publishing while the search server has a bad day, and how soon a paper is found.

No save fails or waits, and soon after the server's return index and database agree. In the
long profile 200 publications in a minute of faults, and the times that were promised.
"""

import json
import logging
import os
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.crash.conftest import Bench, site_bench, site_database  # noqa: F401  (fixtures)
from tests.harness.fault_proxy import Fault, FaultProxy
from tests.harness.kill_loop import wait_until
from tests.search.elastic import NEEDS_SERVER, URL, own_address
from tests.search.proofs.conftest import ENGINES
from tests.search.proofs.scene import Scene
from tests.search.stub_server import StubServer, stub_server

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.xdist_group("crash")]

log = logging.getLogger("umlauf.proofs")

SOAK = bool(os.environ.get("UMLAUF_SOAK"))
PAPERS, SECONDS = (200, 60.0) if SOAK else (10, 4.0)
MOST_SECONDS_AFTER_RETURN = 15 if SOAK else 60
MOST_TIMES_NORMAL = 1.2
FOUND, MOST_SECONDS_TO_FIND = (100, 1.5) if SOAK else (5, 30.0)
HALF_A_BODY = 150
SITE = {
    "DJANGO_SETTINGS_MODULE": "tests.search.proofs.site_settings",
    "CELERY_BROKER_URL": "filesystem://localhost",
}


@dataclass
class Server:
    """Elasticsearch behind a proxy, with what it does on its bad days."""

    proxy: FaultProxy
    busy: StubServer

    def has_a_bad_day(self, day: str) -> None:
        self.proxy.server_port = self.busy.server_port if day == "busy" else urlsplit(URL).port or 0
        fault = {"refuses": Fault.REFUSE, "hangs": Fault.HANG, "half a body": Fault.CUT}.get(day)
        self.proxy.fail(fault or Fault.PASS, after_bytes=HALF_A_BODY)
        self.proxy.cut_off()


BAD_DAYS = ("refuses", "hangs", "busy", "half a body")


@contextmanager
def press(bench: Bench, **environment: str) -> Iterator[Any]:
    """A process that publishes: `ask("publish", papers=3, pause=0)`; `tell` does not wait."""
    with Scene(bench, None).process("-m", "tests.search.proofs.publish", **environment) as running:
        assert running.stdin
        assert running.stdout

        class Press:
            def tell(self, verb: str, **words: Any) -> None:
                running.stdin.write(json.dumps([verb, words]) + "\n")
                running.stdin.flush()

            def answer(self) -> dict[str, Any]:
                return dict(json.loads(running.stdout.readline()))

            def ask(self, verb: str, **words: Any) -> dict[str, Any]:
                self.tell(verb, **words)
                return self.answer()

        yield Press()


@contextmanager
def server_behind_a_proxy(bench: Bench) -> Iterator[Server]:
    with (
        own_address() as address,
        stub_server(429) as busy,
        FaultProxy(urlsplit(URL).port or 0) as proxy,
    ):
        bench.environment |= {
            **SITE,
            "ELASTICSEARCH_URL": f"http://127.0.0.1:{proxy.port}",
            "ELASTICSEARCH_PREFIX": address.prefix,
        }
        yield Server(proxy, busy)
        bench.workers.kill()


def p95(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=20)[18]


@NEEDS_SERVER
def test_no_save_fails_or_waits_and_the_index_catches_up(site_bench: Bench) -> None:  # noqa: F811
    pause = SECONDS / PAPERS
    with server_behind_a_proxy(site_bench) as server, press(site_bench) as publishing:
        publishing.ask("begin")
        site_bench.workers.start(1)
        publishing.ask("publish", papers=3, pause=0)
        publishing.ask("agree", server=[URL], most=60)
        normal = publishing.ask("publish", papers=PAPERS // 2, pause=pause)["took"]

        publishing.tell("publish", papers=PAPERS, pause=pause)
        for day in BAD_DAYS:
            server.has_a_bad_day(day)
            time.sleep(SECONDS / len(BAD_DAYS))
        meanwhile = publishing.answer()
        server.has_a_bad_day("over")
        after = publishing.ask("agree", server=[URL], most=MOST_SECONDS_AFTER_RETURN)
        normal += publishing.ask("publish", papers=PAPERS // 2, pause=pause)["took"]

    times_normal = p95(meanwhile["took"]) / p95(normal)
    log.warning("save p95 %.2f x normal, agreed after %.1f s", times_normal, after["seconds"])
    assert meanwhile["failed"] == []
    assert len(meanwhile["took"]) == PAPERS
    assert not SOAK or times_normal <= MOST_TIMES_NORMAL


@NEEDS_SERVER
def test_saves_that_write_into_the_index_fail_with_it(site_bench: Bench) -> None:  # noqa: F811
    """The negative control: were no save lost like this, the test above proves nothing."""
    with (
        server_behind_a_proxy(site_bench) as server,
        press(site_bench, PUBLISH_CARELESS="1") as publishing,
    ):
        server.has_a_bad_day("refuses")

        assert len(publishing.ask("publish", papers=2, pause=0)["failed"]) == 2


@pytest.mark.parametrize("kind", ENGINES)
def test_a_published_paper_is_found_soon(site_bench: Bench, kind: str) -> None:  # noqa: F811
    with own_engine(site_bench, kind), press(site_bench) as publishing:
        site_bench.workers.start(1)
        publishing.ask("find", papers=2)
        wait_until(lambda: site_bench.waiting() == 0, 60, "a worker with nothing left to do")

        took = publishing.ask("find", papers=FOUND)["took"]

    log.warning("%s: found after p50 %.2f s, p95 %.2f s", kind, statistics.median(took), p95(took))
    assert p95(took) <= MOST_SECONDS_TO_FIND


@contextmanager
def own_engine(bench: Bench, kind: str) -> Iterator[None]:
    bench.environment |= SITE
    if kind == "embedded":
        bench.environment["ELASTICSEARCH_URL"] = ""
        yield
        return
    with own_address() as address:
        bench.environment |= {"ELASTICSEARCH_URL": URL, "ELASTICSEARCH_PREFIX": address.prefix}
        yield
        bench.workers.kill()


def test_a_paper_is_not_found_without_a_worker(site_bench: Bench) -> None:  # noqa: F811
    """The negative control: were it found like this, somebody else than the worker wrote it."""
    with own_engine(site_bench, "embedded"), press(site_bench) as publishing:
        publishing.tell("find", papers=1)
        wait_until(lambda: site_bench.waiting() > 0, 60, "a paper that was published")
        time.sleep(2)

        assert site_bench.waiting() > 0
