"""The fault proxy does what it says, and a broker with faults holds nobody up."""

import http.client
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests.harness.fault_proxy import Fault, FaultProxy
from tests.harness.kill_loop import ROOT

WORDS = b"Ein Satz, der ganz ankommen soll. " * 100
# How long somebody who presses a button may wait for a bell that does not ring.
PATIENCE = 4.0
RING = """
import time
import django
django.setup()
from cms.core import outbox
started = time.monotonic()
outbox.ring()
print(time.monotonic() - started)
"""


class Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(WORDS)))
        self.end_headers()
        self.wfile.write(WORDS)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def proxy() -> Iterator[FaultProxy]:
    server = HTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with FaultProxy(server.server_port) as proxy:
        yield proxy
    server.shutdown()
    server.server_close()


def ask(proxy: FaultProxy, timeout: float = 10) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=timeout)
    try:
        connection.request("GET", "/")
        return connection.getresponse().read()
    finally:
        connection.close()


def test_without_a_fault_everything_passes(proxy: FaultProxy):
    assert ask(proxy) == WORDS


def test_a_refusing_proxy_has_no_open_door(proxy: FaultProxy):
    proxy.fail(Fault.REFUSE)

    with pytest.raises(ConnectionRefusedError):
        ask(proxy)


def test_after_a_refusal_the_same_door_opens_again(proxy: FaultProxy):
    door = proxy.port
    proxy.fail(Fault.REFUSE)

    proxy.fail(Fault.PASS)

    assert proxy.port == door
    assert ask(proxy) == WORDS


def test_a_hanging_proxy_accepts_and_says_nothing(proxy: FaultProxy):
    proxy.fail(Fault.HANG)

    with pytest.raises(TimeoutError):
        ask(proxy, timeout=0.5)


def test_a_cutting_proxy_breaks_off_after_so_many_bytes(proxy: FaultProxy):
    proxy.fail(Fault.CUT, after_bytes=600)

    with pytest.raises((http.client.IncompleteRead, ConnectionResetError)):
        ask(proxy)


def test_a_slow_proxy_delivers_late_but_whole(proxy: FaultProxy):
    proxy.fail(Fault.SLOW, delay=0.3)
    started = time.monotonic()

    assert ask(proxy) == WORDS

    assert time.monotonic() - started > 0.3


@pytest.mark.parametrize("fault", [Fault.REFUSE, Fault.HANG])
def test_a_broker_with_faults_does_not_hold_up_the_bell(
    proxy: FaultProxy, tmp_path: Path, fault: Fault
):
    """Red without the timeouts for Redis in the settings: a hanging broker holds a form for good.

    In a process of its own, because the settings read the broker's address when they start.
    """
    proxy.fail(fault)
    environment = {
        "CELERY_BROKER_URL": f"redis://127.0.0.1:{proxy.port}/0",
        "DJANGO_SETTINGS_MODULE": "tests.harness.settings",
        "UMLAUF_VAR": str(tmp_path),
    }

    said = subprocess.run(
        [sys.executable, "-c", RING], env={**os.environ, **environment}, cwd=ROOT,
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip

    assert said.returncode == 0, said.stderr
    assert float(said.stdout) < PATIENCE
