"""Web server and worker as one program: a lost worker is replaced, a lost web server is the end."""

import socket
import sys
from pathlib import Path

import pytest

from home import serving

SHORT = [sys.executable, "-c", "pass"]
LONG = [sys.executable, "-c", "import time; time.sleep(60)"]


def test_a_port_in_use_is_found() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()

        with pytest.raises(serving.PortTaken):
            serving.require_free(serving.Address("127.0.0.1", taken.getsockname()[1]))


def test_a_child_with_lives_left_is_started_again(tmp_path: Path) -> None:
    child = serving.Child(SHORT, tmp_path / "log", lives=2)
    first = child.process
    first.wait()

    lost = child.is_lost()
    child.process.wait()

    assert not lost
    assert child.process is not first
    assert child.is_lost()


def test_a_running_child_is_not_lost_and_ends_when_asked(tmp_path: Path) -> None:
    child = serving.Child(LONG, tmp_path / "log")

    lost = child.is_lost()
    serving._ended([child.process])

    assert not lost
    assert child.process.poll() is not None
