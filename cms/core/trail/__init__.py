"""Who did what, when, for whom, on which text: append-only, chained by hashes.

chain          an act becomes an entry; what an entry's hash covers
erasure        a person's names go, the chain stays
tree           Merkle tree over the entries, with proofs (RFC 6962)
keys, heads    the signed end of the trail, laid down outside the database
sealing        once an hour, what heads are made by
verification   the first entry that does not hold
export         everything an outsider needs to check the trail without us

The program for that outsider is cms/core/trail_verifier; it imports nothing from here.
"""

from cms.core.trail.chain import GENESIS, commitment, entries_about, record
from cms.core.trail.erasure import erase_names
from cms.core.trail.faults import Fault
from cms.core.trail.verification import Break, verify

__all__ = [
    "GENESIS",
    "Break",
    "Fault",
    "commitment",
    "entries_about",
    "erase_names",
    "record",
    "verify",
]
