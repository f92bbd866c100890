"""Each proof is told to both engines, through the settings that choose one."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from search.engines import Engine, get_engine
from tests.search.elastic import NEEDS_SERVER, URL, own_address

ENGINES = ["embedded", pytest.param("elastic", marks=NEEDS_SERVER)]
# Makes all of search use an index of this name from now on; empty at first.
Use = Callable[[str], Engine]


@pytest.fixture(params=ENGINES)
def use_index(request: pytest.FixtureRequest, settings: Any, tmp_path: Path) -> Iterator[Use]:
    with ExitStack() as made:
        prefixes: dict[str, str] = {}

        def use(name: str) -> Engine:
            if request.param == "embedded":
                settings.SEARCH_INDEX_DIR = tmp_path / "indexes" / name
                return get_engine()
            if name not in prefixes:
                prefixes[name] = made.enter_context(own_address()).prefix
            settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_PREFIX = [URL], prefixes[name]
            return get_engine()

        yield use


@pytest.fixture
def engine(use_index: Use) -> Engine:
    """The engine that all of search uses in this test, with an index of its own."""
    return use_index("only")
