"""The racing site: gunicorn with several processes and threads, and its backstage."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from home.serving import Address, web_command
from tests.harness.databases import copy_of_the_tests_database
from tests.harness.kill_loop import ROOT
from tests.harness.site import free_port
from tests.people import PASSWORD
from tests.races.backstage import Backstage
from tests.races.visitors import Visitor

# Two processes, so that requests run at the same time and not in turns.
PARALLEL = (
    "--workers",
    "2",
    "--threads",
    "4",
    "--preload",
    "--no-control-socket",
    "--graceful-timeout",
    "1",
)
START_SECONDS = 120


@dataclass
class RacingSite:
    folder: Path
    port: int
    backstage: Backstage
    visitors: dict[str, Visitor] = field(default_factory=dict)

    def sign_everybody_in(self) -> None:
        for name, email in self.backstage.ask("people").items():
            self.visitors[name] = Visitor(self.port)
            self.visitors[name].sign_in(email, PASSWORD)

    @contextmanager
    def meanwhile(self, verb: str, **words: Any) -> Iterator[Future[dict[str, Any]]]:
        """Have the backstage act while the visitors do; nothing else may be asked of it."""
        with ThreadPoolExecutor(1) as hand:
            yield hand.submit(self.backstage.ask, verb, **words)

    def __getitem__(self, name: str) -> Visitor:
        return self.visitors[name]


@contextmanager
def racing_site(folder: Path) -> Iterator[RacingSite]:
    """Start site and backstage on a copy of the tests' database; end both afterwards."""
    with copy_of_the_tests_database(folder) as database:
        environment = {
            "DATABASE_URL": database,
            "DJANGO_SETTINGS_MODULE": "tests.races.settings",
            "UMLAUF_VAR": str(folder),
            # Nobody works the outbox here: what is in it is counted.
            "CELERY_BROKER_URL": "memory://",
            "PYTHONPATH": str(ROOT),
        }
        port = free_port()
        with (folder / "web.log").open("wb") as log:
            web = subprocess.Popen(
                [*web_command(Address("127.0.0.1", port)), *PARALLEL],
                env={**os.environ, **environment}, cwd=ROOT, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip
        try:
            with Backstage(environment, folder / "backstage.log") as backstage:
                site = RacingSite(folder, port, backstage)
                backstage.ask("people")
                _wait_until_it_answers(port, web, folder / "web.log")
                site.sign_everybody_in()
                yield site
        finally:
            # A polite end takes seconds, and there is nothing to save.
            os.killpg(web.pid, signal.SIGKILL)
            web.wait()


def _wait_until_it_answers(port: int, web: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and web.poll() is None:
        connection = HTTPConnection("127.0.0.1", port, timeout=START_SECONDS)
        try:
            connection.request("GET", "/konto/login/")
            connection.getresponse()
            return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise AssertionError(f"The site does not answer:\n{log.read_text()[-4000:]}")
