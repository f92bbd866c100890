"""A Merkle tree over the entries, in the shape of RFC 6962.

A leaf is the hash of an entry. Prefixes keep leaves and nodes apart (RFC 6962,
section 2.1), so that no node can be passed off as an entry. Proofs are lists of
hashes in hexadecimal digits, as everything that leaves this module.
"""

from collections.abc import Sequence
from hashlib import sha256


class Growing:
    """The root of a growing tree, in memory that grows with its height only."""

    def __init__(self) -> None:
        self.size = 0
        # Roots of the perfect subtrees, the largest first: one for each bit of the size.
        self._peaks: list[bytes] = []

    def add(self, entry_hash: str) -> None:
        grown = sha256(b"\0" + bytes.fromhex(entry_hash)).digest()
        self.size += 1
        bits = self.size
        while not bits & 1:
            grown = _node(self._peaks.pop(), grown)
            bits >>= 1
        self._peaks.append(grown)

    def root(self) -> str:
        if not self._peaks:
            return sha256().hexdigest()
        above = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            above = _node(peak, above)
        return above.hex()


def root_of(entry_hashes: Sequence[str]) -> str:
    tree = Growing()
    for entry_hash in entry_hashes:
        tree.add(entry_hash)
    return tree.root()


def inclusion_proof(entry_hashes: Sequence[str], index: int) -> list[str]:
    """Prove that leaf `index` (from 0) is in the tree (RFC 6962, 2.1.1), leaf to root."""
    if len(entry_hashes) == 1:
        return []
    split = _split(len(entry_hashes))
    left, right = entry_hashes[:split], entry_hashes[split:]
    if index < split:
        return [*inclusion_proof(left, index), root_of(right)]
    return [*inclusion_proof(right, index - split), root_of(left)]


def consistency_proof(entry_hashes: Sequence[str], old_size: int) -> list[str]:
    """Prove that the first `old_size` leaves (at least 1) are still the same (RFC 6962, 2.1.2)."""
    return _subproof(entry_hashes, old_size, whole=True)


def _subproof(entry_hashes: Sequence[str], old_size: int, *, whole: bool) -> list[str]:
    if old_size == len(entry_hashes):
        return [] if whole else [root_of(entry_hashes)]
    split = _split(len(entry_hashes))
    left, right = entry_hashes[:split], entry_hashes[split:]
    if old_size <= split:
        return [*_subproof(left, old_size, whole=whole), root_of(right)]
    return [*_subproof(right, old_size - split, whole=False), root_of(left)]


def _split(size: int) -> int:
    """Return the largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()
