"""An archive to search in, and the engine of the test's own folder."""

from collections.abc import Callable
from typing import Any

import pytest

from cms.core import kernel, outbox
from search import sources
from search.engines import Engine, get_engine
from search.entries import Entry
from search.indexing import KIND, touch
from tests.search.stand_in import Archive


@pytest.fixture
def archive(monkeypatch: pytest.MonkeyPatch) -> Archive:
    """The only source there is: other chapters' sources are out of sight."""
    kept = Archive()
    monkeypatch.setattr(sources, "_sources", {kept.prefix: kept})
    return kept


@pytest.fixture
def engine(settings: Any) -> Engine:
    return get_engine()


@pytest.fixture
def index(archive: Archive, db: None) -> Callable[..., None]:
    """Keep papers and have them indexed the way everything is: through the outbox."""

    def keep_and_index(*entries: Entry) -> None:
        archive.keep(*entries)
        for entry in entries:
            touch(entry.key)
        assert outbox.drain(kinds=[KIND]).failed == 0

    return keep_and_index


@pytest.fixture
def members(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whose e-mail begins with alma is a member of network 7."""

    def tokens(user: Any) -> list[str]:
        return ["network:7"] if user.email.startswith("alma") else []

    monkeypatch.setattr(kernel, "_token_sources", [tokens])
