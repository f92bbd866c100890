"""One load of the demo for all tests in this folder."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from home.demo import loading

PASSWORD = "seven boats on the lake"


@pytest.fixture(scope="package")
def load_result(
    django_db_setup: Any, django_db_blocker: Any, tmp_path_factory: Any
) -> Iterator[dict[str, Any]]:
    """The loaded demo with its folders, taken back after the last test."""
    folder = tmp_path_factory.mktemp("demo")
    folders = {"MEDIA_ROOT": folder / "media", "SEARCH_INDEX_DIR": folder / "search"}
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        with override_settings(**folders):
            result = loading.load(secret=PASSWORD)
        yield {**result, "folders": folders}
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


@pytest.fixture
def demo(load_result: dict[str, Any], settings: Any) -> dict[str, Any]:
    """The demo, with its own folders in place of the test's."""
    for name, path in load_result["folders"].items():
        setattr(settings, name, Path(path))
    return load_result
