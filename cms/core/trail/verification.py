"""The first entry that does not hold, and what is wrong there."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cms.core.models import TrailEntry, TrailHead, TrailName
from cms.core.trail import chain, heads
from cms.core.trail.comparison import LaidDown
from cms.core.trail.erasure import NAMES_ERASED
from cms.core.trail.faults import Fault
from cms.core.trail.reading import NAME, instant, json_of, one_moment, rows
from cms.core.trail.tree import Growing

Name = tuple[int, str, str, str, int | None]
NO_NAME: Name = (0, "", "", "", None)


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where the trail does not hold, and what is wrong there."""

    sequence: int
    reason: Fault


@dataclass(slots=True)
class Walk:
    """How far the trail was walked, and whether it held all the way."""

    broken: Break | None = None
    tree: Growing = field(default_factory=Growing)
    hashes: list[str] = field(default_factory=list)


def verify(also: Sequence[heads.Head] = ()) -> Break | None:
    """Walk the whole trail; return the first break, or None when it holds.

    Compared are the entries with each other, the names with their commitments,
    and all of it with the heads laid down outside the database; `also` are
    further heads, kept somewhere else (a letter, another disk).
    """
    return walk(also).broken


def walk(also: Sequence[heads.Head] = ()) -> Walk:
    """Do what `verify` says and keep the tree that came of it, for sealing."""
    # Read first: what is sealed is in the database already.
    laid_down = [LaidDown(heads.laid_down(), ours=True)]
    if also:
        laid_down.append(LaidDown(also, ours=False))
    walked = Walk()
    with one_moment():
        walked.broken = _first_break(walked, laid_down)
    return walked


def _first_break(walked: Walk, laid_down: Sequence[LaidDown]) -> Break | None:
    for kept in laid_down:
        if (size := kept.first_forged()) is not None:
            return Break(size, Fault.HEAD_CHANGED)
    names = _NamesInStep()
    previous, at = chain.GENESIS, None
    for values in rows(TrailEntry.objects.values_list(*chain.FACTS, "hash")):
        expected = walked.tree.size + 1
        try:
            before, at = at, instant(values[1])
            facts = _facts(values, at)
        except (AttributeError, TypeError, ValueError):  # no value of ours
            return Break(expected, Fault.CHANGED)
        fault = _fault_of_link(facts, values[-1], expected, previous)
        if fault is None and _is_too_early(facts, at, before):
            fault = Fault.TOO_EARLY
        if fault is not None:
            return Break(min(expected, facts["sequence"]), fault)
        previous = values[-1]
        walked.tree.add(previous)
        walked.hashes.append(previous)
        fault = names.fault_at(facts["sequence"], facts["commitments"])
        for kept in laid_down:
            fault = fault or kept.fault_at(walked.tree, previous)
        if fault is not None:
            return Break(facts["sequence"], fault)
    broken = _fault_at_the_end(walked.tree.size, previous, at, laid_down)
    if broken is None and names.blanked_by_hand is not None:
        return Break(names.blanked_by_hand, Fault.NAME_CHANGED)
    return broken


def _facts(values: Sequence[Any], at: datetime) -> dict[str, Any]:
    """Return the plain facts of a row, whose values stand in the order of chain.FACTS."""
    facts = dict(zip(chain.FACTS, values, strict=False))
    facts["at"] = at.isoformat()
    facts["payload"] = json_of(facts["payload"])
    facts["commitments"] = json_of(facts["commitments"])
    return facts


def _fault_of_link(
    facts: dict[str, Any], stored: str, expected: int, previous: str
) -> Fault | None:
    if facts["sequence"] > expected:
        return Fault.MISSING
    if facts["sequence"] < expected:
        return Fault.ADDED
    if facts["previous_hash"] != previous or stored != chain.digest_of(facts):
        return Fault.CHANGED
    return None


def _is_too_early(facts: dict[str, Any], at: datetime, before: datetime | None) -> bool:
    if before is None or at >= before - chain.CLOCK_TOLERANCE:
        return False
    return facts["action"] != chain.CLOCK_SET_BACK


def _fault_at_the_end(
    size: int, last: str, at: datetime | None, laid_down: Sequence[LaidDown]
) -> Break | None:
    if any(kept.size > size for kept in laid_down):
        return Break(size + 1, Fault.CUT_OFF)
    head = TrailHead.objects.filter(pk=1).first() or TrailHead()
    if head.sequence > size:
        return Break(size + 1, Fault.CUT_OFF)
    if head.sequence < size:
        return Break(head.sequence + 1, Fault.ADDED)
    return None if (head.hash, head.at or at) == (last, at) else Break(size, Fault.CHANGED)


class _NamesInStep:
    """The names of one entry after the other, read along with the entries."""

    def __init__(self) -> None:
        names = TrailName.objects.order_by("entry__sequence").values_list(*NAME)
        self._rows: Iterator[Name] = rows(names)
        self._next = next(self._rows, NO_NAME)
        self._erased = _erased_on_record()
        # Judged when all the rest holds: the record of the erasure may be what is missing.
        self.blanked_by_hand: int | None = None

    def fault_at(self, sequence: int, commitments: dict[str, str]) -> Fault | None:
        left = dict(commitments)
        while self._next[0] == sequence:
            _, role, name, salt, account = self._next
            kept = left.pop(role, None)
            if not salt and not name and account is None:
                if self.blanked_by_hand is None and (sequence, role) not in self._erased:
                    self.blanked_by_hand = sequence
            elif kept != chain.commitment(salt, name, account):
                return Fault.NAME_CHANGED
            if kept is None:
                return Fault.NAME_CHANGED
            self._next = next(self._rows, NO_NAME)
        return Fault.NAME_CHANGED if left else None


def _erased_on_record() -> set[tuple[int, str]]:
    """Return (sequence, role) of all names that were erased by an act."""
    erased: set[tuple[int, str]] = set()
    for (payload,) in rows(TrailEntry.objects.filter(action=NAMES_ERASED).values_list("payload")):
        # Whatever else stands there was forged, and the walk will come to it.
        with suppress(AttributeError, TypeError, ValueError):
            erased |= {(sequence, role) for sequence, role in json_of(payload).get("erased", [])}
    return erased
