"""What the start finds wrong with the search of an installation."""

import os
import socket
import time
from pathlib import Path
from typing import Any

import pytest

from search.checks import check_addresses, check_one_host
from search.engines import get_engine
from search.questions import Question
from tests.search.stand_in import PUBLIC, paper, written


def use_the_index() -> None:
    get_engine().write(written(paper(1)))
    assert get_engine().ask(Question(text="Vermerk", tokens=PUBLIC)).total == 1


def test_one_host_is_as_it_should_be(settings: Any) -> None:
    assert check_one_host() == []

    use_the_index()

    assert check_one_host() == []


def test_a_second_host_on_the_same_folder_is_a_warning(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "gethostname", lambda: "archive-2")
    use_the_index()
    monkeypatch.undo()

    assert "archive-2" in check_one_host()[0].msg
    # With a server there may be as many as one likes.
    settings.ELASTICSEARCH_URL = ["http://127.0.0.1:9200"]
    assert check_one_host() == []


def test_a_host_that_was_replaced_is_forgotten_after_a_day(settings: Any) -> None:
    use_the_index()
    other = Path(settings.SEARCH_INDEX_DIR) / "hosts" / "gone"
    other.touch()
    assert check_one_host()

    yesterday = time.time() - 25 * 60 * 60
    os.utime(other, (yesterday, yesterday))

    assert check_one_host() == []


@pytest.mark.parametrize(
    ("url", "whole"),
    [
        ("https://search.example.org:9200", True),
        ("http://user:secret@127.0.0.1:9200", True),
        ("https://search.example.org", False),
        ("search:9200", False),
        ("https://search:port", False),
    ],
)
def test_an_address_without_a_port_is_found_at_the_start(
    settings: Any, url: str, whole: bool
) -> None:
    settings.ELASTICSEARCH_URL = [url]

    assert (check_addresses() == []) is whole
