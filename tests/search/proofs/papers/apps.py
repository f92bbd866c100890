"""Offers the papers to search, slowly if asked to.

PAPERS_CARELESS switches guards off, for the negative controls: `deaf` rebuilds do not hear of
what is written meanwhile, and `hasty` drainers mark rows as done before they do them.
"""

import os
import time
from collections.abc import Callable, Sequence
from typing import Any

from django.apps import AppConfig

CARELESS = os.environ.get("PAPERS_CARELESS", "")
# So that a kill comes in the midst, however few papers there are.
SECONDS = float(os.environ.get("PAPERS_SECONDS", "0"))


class PapersConfig(AppConfig):
    name = "tests.search.proofs.papers"
    label = "papers"

    def ready(self) -> None:
        from search.entries import Entry
        from search.sources import ModelSource, register
        from tests.search.proofs.papers.contents import entry
        from tests.search.proofs.papers.models import Paper

        class PaperSource(ModelSource):
            model = Paper
            kind = "note"
            label = "Vermerk"

            def queryset(self) -> Any:
                return Paper.objects.filter(live=True)

            def describe(self, record: Any) -> Entry:
                return entry(record.pk, record.state)

            def entries(self, keys: Sequence[str]) -> list[Entry]:
                time.sleep(SECONDS)
                return super().entries(keys)

        register(PaperSource())
        if CARELESS:
            _CARELESS[CARELESS]()


def _deaf() -> None:
    from search.engines.elastic.generations import State
    from search.engines.embedded.layout import Generation

    Generation.touched = lambda generation: {}
    State.written_to = property(lambda state: [state.current] if state.current else [])


def _hasty() -> None:
    from django.db import transaction

    from cms.core import outbox

    def marked_first(work: Any, size: int, only: int | None, taken: list[Any]) -> int:
        with transaction.atomic():
            taken += outbox._claimed(work, size, only)
            outbox._mark_done(taken)
        if taken:
            time.sleep(0.2)
            work.run(taken)
        return len(taken)

    outbox._leased = marked_first


_CARELESS: dict[str, Callable[[], None]] = {"deaf": _deaf, "hasty": _hasty}
