"""One canonical form of a value, so that equal contents have equal digests."""

import hashlib
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

_encode = DjangoJSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


def canonical_json(value: Any) -> bytes:
    """Return `value` as UTF-8 JSON with sorted keys and no spare spaces.

    Follows the idea of RFC 8785 (JSON Canonicalization Scheme) for the types we
    store: text, whole numbers, booleans, null, lists, objects; dates and UUIDs
    as text. Raises TypeError for anything else.
    """
    return _encode(value).encode()


def sha256(data: bytes) -> str:
    """Return the SHA-256 of `data` as 64 lower-case hex digits."""
    return hashlib.sha256(data).hexdigest()
