"""A message that is torn wakes nobody and ends nobody."""

import tempfile
from pathlib import Path
from queue import Empty
from typing import Any

import pytest
from kombu import Connection

from cms.core import bell


@pytest.fixture(autouse=True)
def own_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The transport reads by way of the machine's folder, where others read as well."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))


def channel(folder: Path) -> Any:
    bell.hang()
    for name in ("messages", "control"):
        (folder / name).mkdir()
    options = {
        "data_folder_in": str(folder / "messages"),
        "data_folder_out": str(folder / "messages"),
        "control_folder": str(folder / "control"),
    }
    return Connection("filesystem://localhost", transport_options=options).channel()


@pytest.mark.parametrize("torn", ["", '{"body": "half'])
def test_a_torn_message_is_dropped(tmp_path: Path, torn: str) -> None:
    bells = channel(tmp_path)
    (tmp_path / "messages" / "0_x.celery.msg").write_text(torn)

    with pytest.raises(Empty):
        bells._get("celery")

    assert not list((tmp_path / "messages").iterdir())


def test_a_whole_message_arrives(tmp_path: Path) -> None:
    bells = channel(tmp_path)
    (tmp_path / "messages" / "0_x.celery.msg").write_text('{"body": "ring"}')

    assert bells._get("celery") == {"body": "ring"}
