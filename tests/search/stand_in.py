"""Papers that exist only here, and a source that offers them to search."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from search.engines import Change
from search.entries import Entry

PUBLIC = frozenset({"public"})
MEMBERS = frozenset({"network:7"})


def paper(number: int = 1, **changes: Any) -> Entry:
    """A paper of the stand-in archive; the baseline is public and dull."""
    given: dict[str, Any] = {
        "key": f"stand_in.paper:{number}",
        "kind": "note",
        "title": f"Vermerk {number}",
        "url": f"/vermerke/{number}/",
        "tokens": PUBLIC,
        **changes,
    }
    return Entry(**given)


def written(*entries: Entry, version: int = 1) -> list[Change]:
    return [Change(entry.key, version, entry) for entry in entries]


def gone(number: int, version: int) -> Change:
    return Change(f"stand_in.paper:{number}", version, None)


@dataclass
class Archive:
    """A source in memory. ``seen_by`` narrows what the database shows: key -> e-mails."""

    prefix: str = "stand_in.paper"
    kind: str = "note"
    label: str = "Vermerk"
    state_labels: Mapping[str, str] = field(default_factory=lambda: {"in_force": "In Kraft"})
    is_paper: bool = True
    papers: dict[str, Entry] = field(default_factory=dict)
    seen_by: dict[str, set[str]] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)

    def keep(self, *entries: Entry) -> None:
        self.papers.update({entry.key: entry for entry in entries})

    def keys(self) -> Iterator[str]:
        yield from self.papers

    def entry(self, key: str) -> Entry | None:
        if key in self.broken:
            raise RuntimeError("This paper cannot be read")
        return self.papers.get(key)

    def entries(self, keys: Sequence[str]) -> list[Entry]:
        return [entry for key in keys if (entry := self.entry(key))]

    def visible_keys(self, user: Any, keys: Sequence[str]) -> set[str]:
        mail = getattr(user, "email", "")
        return {
            key
            for key in keys
            if key in self.papers and (key not in self.seen_by or mail in self.seen_by[key])
        }
