"""The trail as it is, against the heads laid down outside the database."""

from collections.abc import Sequence
from itertools import chain

from cms.core.trail import keys
from cms.core.trail.chain import GENESIS
from cms.core.trail.faults import Fault
from cms.core.trail.heads import Head
from cms.core.trail.tree import Growing


class LaidDown:
    """Heads of one place, compared step by step with a walk along the entries.

    `ours` are the complete ones that we wrote ourselves: without a gap, and
    signed by our present key. Others may be any of them, single ones too.
    """

    def __init__(self, heads: Sequence[Head], *, ours: bool) -> None:
        self._heads = heads
        self._ours = ours
        self._roots = {head.size: head.root for head in heads}
        self._hashes = list(chain.from_iterable(head.hashes for head in heads)) if ours else []
        self.size = max(self._roots, default=0)

    def first_forged(self) -> int | None:
        """Return the size of the first head that we did not write so, if there is one.

        Each of ours names the one before, so the last signature vouches for all.
        """
        if not self._ours:
            return next((head.size for head in self._heads if not head.is_signed()), None)
        previous, size = GENESIS, 0
        for head in self._heads:
            is_next = head.previous == previous and head.size - size == len(head.hashes) > 0
            if not is_next or head.key != keys.public_key():
                return head.size
            previous, size = head.digest, head.size
        if self._heads and not self._heads[-1].is_signed():
            return size
        return None

    def fault_at(self, tree: Growing, entry_hash: str) -> Fault | None:
        """Compare the entry that the tree has grown by last."""
        if tree.size <= len(self._hashes) and self._hashes[tree.size - 1] != entry_hash:
            return Fault.DIFFERS
        root = self._roots.get(tree.size)
        return Fault.DIFFERS if root is not None and root != tree.root() else None
