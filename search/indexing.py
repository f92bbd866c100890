"""Keeping the index in step: a row in the outbox for every change, the present state written.

A row says only that something has changed. What is written is read from the
source when its turn comes, under the writer's lock, so that late, doubled and
overtaking rows all end in the same index.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from cms.core import outbox
from cms.core.models import OutboxRow
from search import permanent, relearning
from search.engines import Change, get_engine
from search.entries import Entry
from search.errors import EngineBusy, EngineUnavailable
from search.german.abbreviations import Explained
from search.models import SavedSearch
from search.sources import source_of

KIND = "search.entry"
# That papers were written into the index, for who wants to hear of new ones.
WRITTEN = "search.written"


def touch(key: str) -> None:
    """Note, in the caller's transaction, that an entry may have changed or gone."""
    outbox.put(KIND, key)


def touch_all(keys: Iterable[str]) -> None:
    """Note the same of many entries, in one query."""
    outbox.put_all(KIND, {key: {} for key in keys})


def waiting() -> list[int]:
    """Return the rows that wait now. A rebuild that begins after this does their work."""
    return outbox.waiting(KIND)


def settle(rows: Sequence[int]) -> None:
    """Mark rows as done whose work a rebuild has done."""
    outbox.settle(rows)


@outbox.handler(KIND, batch_size=200, leased=True)
def write_touched(rows: Sequence[OutboxRow]) -> None:
    newest: dict[str, int] = {}
    for row in rows:
        newest[row.key] = max(row.version, newest.get(row.key, 0))
    explained: dict[str, set[Explained]] = {}
    try:
        changes = permanent.noting(present_state(newest))
        get_engine().write(_noting(changes, explained))
    except (EngineBusy, EngineUnavailable) as reason:
        raise outbox.LeaveForLater(str(reason)) from reason
    relearning.note(explained)
    # Whoever wants to hear at once is not written to from here (see search.news).
    if SavedSearch.objects.told_at_once().exists():
        outbox.put(WRITTEN, str(rows[-1].pk), {"keys": sorted(newest)})


def _noting(changes: Iterable[Change], explained: dict[str, set[Explained]]) -> Iterator[Change]:
    for change in changes:
        explained[change.key] = relearning.explanations_of(change.entry)
        yield change


def present_state(versions: Mapping[str, int]) -> Iterator[Change]:
    """Read the entries of these keys, one by one, as they are now."""
    for key, version in versions.items():
        yield Change(key, version, entry_of(key))


def entry_of(key: str) -> Entry | None:
    """Ask the source; a key whose source is gone, or that nobody may see, is gone itself."""
    source = source_of(key)
    entry = source.entry(key) if source else None
    return entry if entry and entry.tokens else None
