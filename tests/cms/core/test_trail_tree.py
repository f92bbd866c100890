"""The tree's proofs, judged by the program that imports nothing of ours."""

import random
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.core.trail import tree
from cms.core.trail_verifier import verify_trail_export as verifier

LEAVES = [sha256(str(number).encode()).hexdigest() for number in range(300)]
SIZES = st.integers(1, len(LEAVES))
ROOTS = {size: tree.root_of(LEAVES[:size]) for size in range(1, len(LEAVES) + 1)}


def recursive_root(leaves: list[str]) -> bytes:
    """The definition of RFC 6962, section 2.1, word for word."""
    if not leaves:
        return sha256().digest()
    if len(leaves) == 1:
        return sha256(b"\0" + bytes.fromhex(leaves[0])).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    left, right = recursive_root(leaves[:split]), recursive_root(leaves[split:])
    return sha256(b"\1" + left + right).digest()


@given(st.integers(0, len(LEAVES)))
def test_the_growing_tree_has_the_root_of_the_definition(size: int) -> None:
    assert tree.root_of(LEAVES[:size]) == recursive_root(LEAVES[:size]).hex()


@given(SIZES, st.data())
def test_every_entry_can_be_proven(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))

    proof = tree.inclusion_proof(LEAVES[:size], index)

    assert verifier.includes(LEAVES[index], index, size, ROOTS[size], proof)


@given(SIZES, st.data())
def test_every_older_tree_is_the_beginning_of_a_younger_one(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, size))

    proof = tree.consistency_proof(LEAVES[:size], old)

    assert verifier.continues(old, ROOTS[old], size, ROOTS[size], proof)


def forged(proof: list[str], dice: random.Random) -> list[str]:
    """Change, drop, add or swap steps of a proof."""
    place = dice.randrange(len(proof)) if proof else 0
    kind = dice.choice(["change", "drop", "add", "swap"] if len(proof) > 1 else ["add"])
    if kind == "drop":
        return proof[:place] + proof[place + 1 :]
    if kind == "add":
        return [*proof[:place], dice.choice(LEAVES), *proof[place:]]
    if kind == "swap":
        other = (place + 1) % len(proof)
        proof = [*proof]
        proof[place], proof[other] = proof[other], proof[place]
        return proof
    return [*proof[:place], flipped(proof[place], dice), *proof[place + 1 :]]


def flipped(digest: str, dice: random.Random) -> str:
    return f"{int(digest, 16) ^ 1 << dice.randrange(256):064x}"


def test_ten_thousand_proofs_of_inclusion_hold_and_as_many_forged_do_not() -> None:
    dice = random.Random(33)
    wrong, accepted = 0, 0

    for _ in range(10_000):
        size = dice.randint(1, 64)
        index = dice.randrange(size)
        leaf, root = LEAVES[index], ROOTS[size]
        proof = tree.inclusion_proof(LEAVES[:size], index)
        wrong += not verifier.includes(leaf, index, size, root, proof)
        claims = [
            (leaf, index, size, root, forged(proof, dice)),
            (flipped(leaf, dice), index, size, root, proof),
            (leaf, index, size, flipped(root, dice), proof),
            (leaf, index + dice.choice([-1, 1]), size, root, proof),
        ]
        accepted += verifier.includes(*dice.choice(claims))

    assert (wrong, accepted) == (0, 0)


def test_ten_thousand_proofs_of_consistency_hold_and_as_many_forged_do_not() -> None:
    dice = random.Random(34)
    wrong, accepted = 0, 0

    for _ in range(10_000):
        size = dice.randint(2, 64)
        old = dice.randint(1, size - 1)
        proof = tree.consistency_proof(LEAVES[:size], old)
        before, after = ROOTS[old], ROOTS[size]
        wrong += not verifier.continues(old, before, size, after, proof)
        claims = [
            (old, before, size, after, forged(proof, dice)),
            (old, flipped(before, dice), size, after, proof),
            (old, before, size, flipped(after, dice), proof),
            (size, after, old, before, proof),
        ]
        accepted += verifier.continues(*dice.choice(claims))

    assert (wrong, accepted) == (0, 0)


@pytest.mark.parametrize("proof", [["zz"], [""], ["0" * 63]])
def test_what_is_no_hash_is_no_proof(proof: list[str]) -> None:
    assert not verifier.includes(LEAVES[0], 0, 2, ROOTS[2], proof)
    assert not verifier.continues(1, ROOTS[1], 2, ROOTS[2], proof)


def test_a_node_cannot_be_passed_off_as_an_entry() -> None:
    """The prefixes of leaves and nodes keep them apart."""
    inner = tree.root_of(LEAVES[:2])

    assert not verifier.includes(inner, 0, 1, inner, [])
