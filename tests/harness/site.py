"""The whole site as visitors get it: `manage.py demo` in a process of its own.

Web server and worker run with their own database, files, index and port. Tests
talk to it by HTTP, by a browser or by commands; none of them asks its database.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from tests.harness.databases import own_database
from tests.harness.kill_loop import ROOT

PASSWORD = "ein-langer-weg-am-fluss"
# Said by `manage.py demo` when the site answers and its worker has nothing left to do.
READY = "Umlauf is running."
START_SECONDS = 300
STOP_SECONDS = 30


@dataclass(frozen=True, slots=True)
class RunningSite:
    """Where the site is, and the environment in which its commands see the same data."""

    port: int
    environment: Mapping[str, str]
    password: str = PASSWORD

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def manage(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a command beside the running site and return what it said."""
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            env={**os.environ, **self.environment, **environment},
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
        )


@contextmanager
def running_site(folder: Path) -> Iterator[RunningSite]:
    """Start the site with its demo in `folder`, wait until it answers, end it afterwards."""
    assets = ROOT / "var" / "assets"
    if assets.exists():
        (folder / "assets").symlink_to(assets, target_is_directory=True)
    with own_database(folder) as database:
        site = RunningSite(
            port=free_port(),
            environment={
                "DATABASE_URL": database,
                "DEMO_PASSWORD": PASSWORD,
                "ELASTICSEARCH_URL": "",
                "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
                "UMLAUF_DEMO": "true",
                "UMLAUF_VAR": str(folder),
            },
        )
        with (folder / "demo.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "manage.py", "demo", "--port", str(site.port)],
                env={**os.environ, **site.environment},
                cwd=ROOT,
                stdout=log,
                stderr=log,
            )
        try:
            _wait_until_it_is_ready(site, process, folder / "demo.log")
            yield site
        finally:
            process.terminate()
            process.wait(STOP_SECONDS)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_it_is_ready(site: RunningSite, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait for what people wait for: it says that it runs once all of the demo can be found."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise AssertionError(f"The site ended before it answered:\n{log.read_text()[-4000:]}")
        if READY in log.read_text() and _status(site) == 200:
            return
        time.sleep(0.5)
    raise AssertionError(f"Not ready within {START_SECONDS} s:\n{log.read_text()[-4000:]}")


def _status(site: RunningSite) -> int:
    connection = HTTPConnection("127.0.0.1", site.port, timeout=20)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()
