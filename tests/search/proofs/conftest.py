"""Each proof is told to both engines, through the settings that choose one."""

from collections.abc import Iterator
from typing import Any

import pytest

from search.engines import Engine, get_engine
from tests.search.elastic import NEEDS_SERVER, URL, own_address

ENGINES = ["embedded", pytest.param("elastic", marks=NEEDS_SERVER)]


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, settings: Any) -> Iterator[Engine]:
    """The engine that all of search uses in this test, with an index of its own."""
    if request.param == "embedded":
        yield get_engine()
        return
    with own_address() as address:
        settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_PREFIX = [URL], address.prefix
        yield get_engine()
