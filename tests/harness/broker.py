"""A broker of its own for workers under test, which can be killed: Redis, or a folder."""

import shutil
import subprocess
from pathlib import Path

from tests.harness.kill_loop import wait_until
from tests.harness.site import free_port


class RedisBroker:
    """Redis without persistence: whoever kills it takes every message along."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._port = folder, free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self._port}/0"

    def start(self) -> None:
        command = ["redis-server", "--port", str(self._port), "--bind", "127.0.0.1"]
        with (self._folder / "redis.log").open("ab") as log:
            self._process = subprocess.Popen(
                [*command, "--save", "", "--appendonly", "no", "--dir", str(self._folder)],
                stdout=log, stderr=log,
            )  # fmt: skip
        wait_until(self._answers, 20, "an answer from Redis")

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def _answers(self) -> bool:
        asked = subprocess.run(
            ["redis-cli", "-p", str(self._port), "ping"], capture_output=True, check=False
        )
        return asked.stdout.strip() == b"PONG"


class FolderBroker:
    """The embedded queue: there is no process, so a kill takes its messages away."""

    url = "filesystem://localhost"

    def __init__(self, folder: Path) -> None:
        self._queue = folder / "queue"

    def start(self) -> None:
        for name in ("messages", "control"):
            (self._queue / name).mkdir(parents=True, exist_ok=True)

    def kill(self) -> None:
        for message in (self._queue / "messages").glob("*"):
            message.unlink(missing_ok=True)


def own_broker(folder: Path, ambient: str) -> RedisBroker | FolderBroker:
    """Return a broker of the kind that the tests run on, by their CELERY_BROKER_URL."""
    if ambient.startswith("redis") and shutil.which("redis-server"):
        return RedisBroker(folder)
    return FolderBroker(folder)
