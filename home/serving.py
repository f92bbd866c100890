"""Web server and worker side by side, as one program that ends both.

For the demo and for small installations without a process supervisor; large
ones run the two commands of `web_command` and `worker_command` themselves.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

GRACE_SECONDS = 10
WORKER_LIVES = 10


class PortTaken(Exception):
    """Another program answers on the port."""


@dataclass(frozen=True, slots=True)
class Address:
    host: str
    port: int

    @property
    def url(self) -> str:
        return f"http://{'localhost' if self.host == '127.0.0.1' else self.host}:{self.port}"


def require_free(address: Address) -> None:
    """Raise PortTaken when the address cannot be bound."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address.host, address.port))
        except OSError as error:
            raise PortTaken(str(error)) from error


def web_command(address: Address) -> list[str]:
    return [
        sys.executable, "-m", "gunicorn", "cms.wsgi:application",
        "--bind", f"{address.host}:{address.port}", "--workers", "1", "--threads", "4",
        "--log-level", "warning",
    ]  # fmt: skip


def worker_command() -> list[str]:
    # solo: one process, no fork after an index writer was opened; -B: the timer.
    return [
        sys.executable, "-m", "celery", "-A", "cms", "worker", "--pool", "solo", "-B",
        "--loglevel", "warning", "--without-gossip", "--without-mingle",
    ]  # fmt: skip


def serve(
    address: Address, logs: Path, *, complete: Callable[[], bool], ready: Callable[[], None]
) -> int:
    """Run both until a signal comes or one of them ends; return an exit code.

    `ready` is called once the site answers and `complete` says that the worker
    has caught up. Both programs are asked to end and,
    after a grace period, killed with whatever they started.
    """
    logs.mkdir(parents=True, exist_ok=True)
    with _stopping() as stopped:
        web = Child(web_command(address), logs / "web.log")
        # What is due stands in the database: a worker that ended is simply replaced.
        worker = Child(worker_command(), logs / "worker.log", lives=WORKER_LIVES)
        try:
            return _watched([web, worker], stopped, lambda: _answers(address) and complete(), ready)
        finally:
            _ended([web.process, worker.process])


class Child:
    """A program under watch; one with several lives is started again when it ends."""

    def __init__(self, command: Sequence[str], log: Path, lives: int = 1) -> None:
        self.command, self.log, self.lives = command, log, lives
        self.process = _started(command, log)

    def is_lost(self) -> bool:
        """Return whether it has ended and has no life left."""
        if self.process.poll() is None:
            return False
        self.lives -= 1
        if self.lives > 0:
            self.process = _started(self.command, self.log)
        return self.lives <= 0


def _watched(
    children: Sequence[Child],
    stopped: Callable[[], bool],
    is_ready: Callable[[], bool],
    ready: Callable[[], None],
) -> int:
    told = False
    while not stopped():
        if any(child.is_lost() for child in children):
            return 1
        if not told and is_ready():
            told = True
            ready()
        time.sleep(0.2)
    return 0


@contextmanager
def _stopping() -> Iterator[Callable[[], bool]]:
    """Turn Ctrl-C and a polite kill into a flag, and put the old handlers back."""
    came: list[int] = []
    signals = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, lambda got, _: came.append(got)) for number in signals}
    try:
        yield lambda: bool(came)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _started(command: Sequence[str], log: Path) -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl-C reaches only us, and we end each with its children.
    with log.open("ab") as output:
        return subprocess.Popen(
            command, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )


def _ended(children: Sequence[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + GRACE_SECONDS
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _answers(address: Address) -> bool:
    connection = HTTPConnection(address.host, address.port, timeout=5)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status < 600
    except OSError:
        return False
    finally:
        connection.close()
