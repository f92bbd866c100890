"""Workers that are killed with -9, with all they started, at odd moments."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORKER = (
    sys.executable, "-m", "celery", "-A", "cms", "worker", "--pool", "solo", "-B",
    "--loglevel", "warning", "--without-gossip", "--without-mingle",
)  # fmt: skip


@dataclass
class Workers:
    """A group of worker processes with one environment."""

    environment: Mapping[str, str]
    logs: Path
    command: Sequence[str] = WORKER
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, count: int) -> None:
        for number in range(count):
            schedule = self.logs / f"beat-{number}"
            with (self.logs / f"worker-{number}.log").open("ab") as log:
                self.running.append(
                    subprocess.Popen(
                        [*self.command, "--schedule", str(schedule)],
                        env={**os.environ, **self.environment},
                        cwd=ROOT,
                        stdout=log,
                        stderr=log,
                        start_new_session=True,
                    )  # fmt: skip
                )

    def kill(self) -> None:
        """kill -9 for every process of every group; nothing gets to clean up."""
        for process in self.running:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.running.clear()


def wait_until(condition: Callable[[], bool], seconds: float, what: str) -> None:
    """Wait for a condition; AssertionError names what did not come."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds} seconds: {what}")
