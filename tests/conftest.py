"""What every test finds: people, a clean index, a closed network."""

import os
import socket
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from hypothesis import settings as hypothesis_settings

# `make soak` tries many more cases than the everyday run.
hypothesis_settings.register_profile("everyday", deadline=None)
hypothesis_settings.register_profile("soak", deadline=None, max_examples=5000)
hypothesis_settings.load_profile("soak" if os.environ.get("UMLAUF_SOAK") else "everyday")

BROWSER_FOLDERS = ("browser", "face")
LOOPBACK = ("127.", "localhost", "::1", "/")


@pytest.fixture(autouse=True)
def _only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing under test may talk to another machine."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else str(address)
        if not str(host).startswith(LOOPBACK):
            raise AssertionError(f"A test tried to reach {host}")
        real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path) -> None:
    """Files, index and sealed heads of one test are not those of the next."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.SEARCH_INDEX_DIR = tmp_path / "search"
    settings.TRAIL_HEADS_DIR = tmp_path / "trail"
    settings.TRAIL_KEY_FILE = tmp_path / "trail.key"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Tests with real transactions empty all tables afterwards, which the trail refuses."""
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            for table in ("core_trailentry", "core_trailname", "core_trailhead"):
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER trail_is_not_emptied")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """`make test-browser` reads two folders; a browser test elsewhere would never be run."""
    browser_tests = [item for item in items if item.get_closest_marker("browser")]
    lost = [one.nodeid for one in browser_tests if one.path.parent.name not in BROWSER_FOLDERS]
    if lost:
        raise pytest.UsageError(f"Browser tests outside of {BROWSER_FOLDERS}: {lost}")


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """In CI a missing engine is a failure: nothing may be skipped but what says why."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") != "true" or reporter is None:
        return
    reasons = {str(report.longrepr[2]) for report in reporter.stats.get("skipped", [])}
    missing = sorted(reason for reason in reasons if "another engine" not in reason)
    if missing and exitstatus == 0:
        reporter.write_line("Skipped in CI, where nothing may be missing: " + "; ".join(missing))
        session.exitstatus = 1
