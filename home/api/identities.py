"""What papers and series are called in the interface: their kind and their number."""

import re
from typing import NamedTuple

# SQLite and PostgreSQL count no further.
_LARGEST = 2**63 - 1
_IDENTITY = re.compile(r"([a-z_]{1,40})-([0-9]{1,19})", re.ASCII)

PATTERN = r"^[a-z_]{1,40}-[0-9]{1,19}$"


class Identity(NamedTuple):
    """`publication-17`: lasting, whatever title and place a paper gets later."""

    kind: str
    number: int

    def __str__(self) -> str:
        return f"{self.kind}-{self.number}"


def read(text: str) -> Identity | None:
    """Return what is meant; None where nothing can be called so."""
    found = _IDENTITY.fullmatch(text)
    if found is None or int(found[2]) > _LARGEST:
        return None
    return Identity(found[1], int(found[2]))


def of_key(key: str, kind: str) -> str:
    """Return the identity of an entry of the index, whose key is `<model>:<number>`."""
    return f"{kind}-{key.rpartition(':')[2]}"
