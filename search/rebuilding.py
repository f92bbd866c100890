"""Building the index anew from the sources, and comparing the two."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from django.conf import settings

from search import permanent, relearning
from search.engines import get_engine
from search.entries import Entry
from search.german.lexicon import Learner
from search.indexing import present_state, touch
from search.sources import Source, all_sources

log = logging.getLogger("umlauf.search")

# So many entries are read with the same few queries; a paper of an archive may hold a megabyte.
_TOGETHER = 25

Progress = Callable[[str], None]


@dataclass(slots=True)
class Rebuilt:
    """``unread`` are keys whose source failed; they are missing until they are touched."""

    entries: int = 0
    unread: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Drift:
    missing: list[str] = field(default_factory=list)
    outdated: list[str] = field(default_factory=list)
    surplus: list[str] = field(default_factory=list)

    @property
    def keys(self) -> list[str]:
        return [*self.missing, *self.outdated, *self.surplus]


def rebuild(progress: Progress) -> Rebuilt:
    """Learn the archive's own words, index everything, put the new index in place.

    The old index answers meanwhile. Raises EngineBusy when another rebuild runs.
    """
    result = Rebuilt()
    learner = Learner()
    explained = {}
    for entry in filter(relearning.teaches, all_entries([], progress, "reading")):
        if said := learner.read(relearning.text_of(entry)):
            explained[entry.key] = said
    relearning.note_all(explained)
    lexicon = learner.lexicon(_extra_nouns())
    entries = permanent.noting_entries(all_entries(result.unread, progress, "indexing"))
    result.entries = get_engine().rebuild(lexicon, entries, present_state)
    return result


def count() -> int:
    return sum(1 for _ in _keys())


def compare() -> Drift:
    """Find what the index lacks, holds in an old state, or holds too much."""
    held = dict(get_engine().holdings())
    drift = Drift()
    for entry in all_entries([], lambda _: None, ""):
        digest = held.pop(entry.key, None)
        if digest is None:
            drift.missing.append(entry.key)
        elif digest != entry.content_digest:
            drift.outdated.append(entry.key)
    drift.surplus.extend(held)
    return drift


def repair(drift: Drift) -> None:
    for key in drift.keys:
        touch(key)


def all_entries(unread: list[str], progress: Progress, what: str) -> Iterator[Entry]:
    """Yield what every source offers; one broken paper must not keep the others out."""
    number = 0
    for source in all_sources():
        keys = iter(source.keys())
        while some := list(islice(keys, _TOGETHER)):
            number += len(some)
            progress(f"{what}: {number} {some[-1]}")
            for entry in _read(source, some, unread):
                if entry.tokens:
                    yield entry


def _read(source: Source, keys: Sequence[str], unread: list[str]) -> Iterable[Entry]:
    """Read a few entries together; if that fails, one by one, to know which is broken."""
    try:
        return list(source.entries(keys))
    except Exception:  # whatever a source meets; it is reported with its key
        if len(keys) > 1:
            return [entry for key in keys for entry in _read(source, [key], unread)]
        log.exception("search: %s could not be read", keys[0])
        unread.append(keys[0])
        return []


def _keys() -> Iterator[str]:
    for source in all_sources():
        yield from source.keys()


def _extra_nouns() -> Iterable[str]:
    """The nouns that this installation adds, one per line in a file."""
    path = getattr(settings, "SEARCH_EXTRA_NOUNS", "")
    return Path(path).read_text(encoding="utf-8").split() if path else ()
