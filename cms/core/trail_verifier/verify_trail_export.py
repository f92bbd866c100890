"""Checks a trail that Umlauf has exported. Stands alone: Python, and nothing of Umlauf.

    python verify_trail_export.py EXPORT_FOLDER [--key PUBLIC_KEY]

The folder comes from `manage.py export_trail`: entries.jsonl, heads.jsonl, perhaps names.jsonl;
or proof.jsonl, one entry without the others. --key is the public key as you know it from
elsewhere, say from a letter. Signatures need the package cryptography; without it everything
else is checked, and the answer says so. Exit code 0: it holds; 1: it does not, and the first
bad entry is named; 2: wrong call. Trees and proofs are those of RFC 9162, section 2.1.
"""

import argparse
import importlib.util
import json
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

SIGNED = ("size", "root", "at", "previous", "key")
NOTHING = "0" * 64
CAN_CHECK_SIGNATURES = importlib.util.find_spec("cryptography") is not None


def demand(holds: Any, entry: int, words: str) -> None:
    if not holds:
        raise SystemExit(f"DOES NOT HOLD. Entry {entry}: {words}.")


def digest(facts: dict[str, Any]) -> bytes:
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def leaf(entry_hash: str) -> bytes:
    return sha256(b"\0" + bytes.fromhex(entry_hash)).digest()


def node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()


def climb(first: int, last: int, proof: list[str]) -> Iterator[tuple[bytes, bool]]:
    """Yield the steps from a leaf to the root, and whether each comes from the left."""
    for step in proof:
        if last == 0:
            raise ValueError("the proof is too long")
        from_left = bool(first & 1) or first == last
        yield bytes.fromhex(step), from_left
        while from_left and first and not first & 1:
            first, last = first >> 1, last >> 1
        first, last = first >> 1, last >> 1
    if last:
        raise ValueError("the proof is too short")


def includes(entry_hash: str, index: int, size: int, root: str, proof: list[str]) -> bool:
    """Say whether this is leaf `index`, from 0, of the tree of `size` leaves."""
    above = leaf(entry_hash)
    try:
        for step, from_left in climb(index, size - 1, proof):
            above = node(step, above) if from_left else node(above, step)
    except ValueError:
        return False
    return 0 <= index < size and above.hex() == root


def continues(old_size: int, old_root: str, size: int, root: str, proof: list[str]) -> bool:
    """Say whether the tree of `size` leaves begins with the tree of `old_size` leaves."""
    if not 0 < old_size < size:
        return old_size == size > 0 and old_root == root and not proof
    first, last = old_size - 1, size - 1
    while first & 1:
        first, last = first >> 1, last >> 1
    steps = proof if old_size & (old_size - 1) else [old_root, *proof]
    try:
        old = new = bytes.fromhex(steps[0])
        for step, from_left in climb(first, last, steps[1:]):
            old = node(step, old) if from_left else old
            new = node(step, new) if from_left else node(new, step)
    except (ValueError, IndexError):
        return False
    return old.hex() == old_root and new.hex() == root


def check_head(head: dict[str, Any], key: str) -> str:
    """Check the signature and return the head's digest."""
    message = digest({name: head[name] for name in SIGNED})
    demand(key in ("", head["key"]), head["size"], "its head is signed by another key")
    if CAN_CHECK_SIGNATURES:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        try:
            public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(head["key"]))
            public.verify(bytes.fromhex(head["signature"]), message)
        except Exception:
            demand(False, head["size"], "the signature of its head is wrong")
    return sha256(message).hexdigest()


def check_entry(entry: dict[str, Any], names: list[dict[str, Any]] | None) -> None:
    """Check that facts and names give the entry's hash; an erased name has no salt."""
    number, kept = entry["sequence"], entry["commitments"]
    facts = {name: value for name, value in entry.items() if name != "hash"}
    demand(sha256(digest(facts)).hexdigest() == entry["hash"], number, "was changed")
    roles = {name["role"] for name in names or []}
    demand(names is None or roles == set(kept), number, "a name was added or removed")
    for name in names or []:
        account = "" if name["account"] is None else name["account"]
        proven = sha256(f"{name['salt']}\n{account}\n{name['name']}".encode()).hexdigest()
        erased = not name["salt"] and not name["name"]
        demand(erased or proven == kept[name["role"]], number, "a name was changed")


def check_all(folder: Path, key: str) -> str:
    heads, previous = list(lines(folder / "heads.jsonl")), NOTHING
    for head in heads:
        demand(head["previous"] == previous, head["size"], "the head before its own is missing")
        previous = check_head(head, key)
    named = (folder / "names.jsonl").exists()
    names: dict[int, list[dict[str, Any]]] = {}
    for name in lines(folder / "names.jsonl") if named else ():
        names.setdefault(name["entry__sequence"], []).append(name)
    sealed = [entry_hash for head in heads for entry_hash in head["hashes"]]
    roots = {head["size"]: head["root"] for head in heads}
    peaks: list[bytes] = []
    number, previous = 0, NOTHING
    for number, entry in enumerate(lines(folder / "entries.jsonl"), start=1):
        demand(entry["sequence"] == number, number, "is missing")
        demand(entry["previous_hash"] == previous, number, "does not follow the one before")
        check_entry(entry, names.get(number, []) if named else None)
        previous = entry["hash"]
        demand(
            number > len(sealed) or sealed[number - 1] == previous, number, "was sealed as another"
        )
        grown = leaf(previous)
        for _ in range((number & -number).bit_length() - 1):
            grown = node(peaks.pop(), grown)
        peaks.append(grown)
        if number in roots:
            for peak in reversed(peaks[:-1]):
                grown = node(peak, grown)
            demand(grown.hex() == roots[number], number, "was sealed with others before it")
    demand(max(roots, default=0) <= number, number + 1, "is missing, but was sealed")
    return f"{number} entries, {max(roots, default=0)} of them sealed by {len(heads)} heads."


def check_proof(proof: dict[str, Any], key: str) -> str:
    """Check that one entry is under a head, and that an older head leads to the same tree."""
    entry, head, older = proof["entry"], proof["head"], proof["older_head"]
    number = entry["sequence"]
    check_entry(entry, proof.get("names"))
    check_head(head, key)
    check_head(older, key)
    size, root = head["size"], head["root"]
    inside = includes(entry["hash"], number - 1, size, root, proof["inclusion"])
    demand(inside, number, f"is not among the {size} that were sealed")
    same = continues(older["size"], older["root"], size, root, proof["consistency"])
    demand(same, older["size"], "the older head is of another trail")
    return f"entry {number} is one of the {size} that were sealed."


def lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def main() -> None:
    parser = argparse.ArgumentParser(description="Check an exported trail.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--key", default="", help="the public key the heads must be signed by")
    given = parser.parse_args()
    proof = given.folder / "proof.jsonl"
    if not proof.exists() and not (given.folder / "entries.jsonl").exists():
        parser.error(f"{given.folder} holds no exported trail")
    try:
        if proof.exists():
            words = check_proof(next(lines(proof)), given.key)
        else:
            words = check_all(given.folder, given.key)
    except (AttributeError, KeyError, OSError, StopIteration, TypeError, ValueError) as error:
        raise SystemExit(f"DOES NOT HOLD. It cannot be read: {error!r}.") from error
    sys.stdout.write(f"HOLDS: {words}\n")
    if not CAN_CHECK_SIGNATURES:
        sys.stdout.write("Signatures were NOT checked: the package cryptography is missing here.\n")


if __name__ == "__main__":
    main()
