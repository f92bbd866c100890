"""Everything an outsider needs to check the trail without us, as JSON lines."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from cms.core.models import TrailEntry, TrailName
from cms.core.trail import heads, tree
from cms.core.trail.chain import FACTS, plain
from cms.core.trail.reading import NAME, one_moment


def write_all(folder: Path, *, with_names: bool) -> dict[str, int]:
    """Write entries, heads and, if wanted, names; return how many lines of each."""
    folder.mkdir(parents=True, exist_ok=True)
    # Heads first: entries that come meanwhile are more than was sealed, never less.
    counts = {"heads": _write(folder / "heads.jsonl", map(asdict, heads.laid_down()))}
    with one_moment():
        entries = map(plain, _entries().iterator())
        counts["entries"] = _write(folder / "entries.jsonl", entries)
        if with_names:
            counts["names"] = _write(folder / "names.jsonl", _names().iterator())
    return counts


def write_proof(folder: Path, sequence: int, *, with_names: bool) -> dict[str, int]:
    """Write one entry, and the proof that it is under a head, without any other entry.

    A second proof shows that the first head over the entry, which somebody may
    have kept, is the beginning of the last one. Raises LookupError for an entry
    that is not there or not sealed yet.
    """
    laid_down = heads.laid_down()
    first = next((head for head in laid_down if head.size >= sequence), None)
    found = _entries().filter(sequence=sequence).first()
    if first is None or found is None:
        raise LookupError(sequence)
    last = laid_down[-1]
    hashes = list(_entries().filter(sequence__lte=last.size).values_list("hash", flat=True))
    proof: dict[str, Any] = {
        "entry": plain(found),
        "head": last.for_a_letter(),
        "inclusion": tree.inclusion_proof(hashes, sequence - 1),
        "older_head": first.for_a_letter(),
        "consistency": tree.consistency_proof(hashes, first.size),
    }
    if with_names:
        proof["names"] = list(_names().filter(entry__sequence=sequence))
    folder.mkdir(parents=True, exist_ok=True)
    return {"proofs": _write(folder / "proof.jsonl", [proof])}


def _entries() -> Any:
    return TrailEntry.objects.order_by("sequence").values(*FACTS, "hash")


def _names() -> Any:
    return TrailName.objects.order_by("entry__sequence", "role").values(*NAME)


def _write(path: Path, lines: Iterable[Any]) -> int:
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for line in lines:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
            count += 1
    return count
