"""Every engine there is, one after the other. Another one joins as a parameter."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from search.engines import Engine
from search.engines.elastic import ElasticEngine
from search.engines.embedded import EmbeddedEngine
from tests.search.elastic import NEEDS_SERVER, own_address


@pytest.fixture(params=["embedded", pytest.param("elastic", marks=NEEDS_SERVER)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    if request.param == "embedded":
        yield EmbeddedEngine(tmp_path / "index")
        return
    with own_address() as address:
        yield ElasticEngine(address)
