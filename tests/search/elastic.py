"""A real Elasticsearch, where ``make services`` has started one; each test its own indexes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch

from search.engines.elastic.connection import Address

URL = os.environ.get("ELASTICSEARCH_URL", "")
NEEDS_SERVER = pytest.mark.skipif(
    not URL, reason="Elasticsearch is another engine: make services gives its address"
)


@contextmanager
def own_address(url: str = URL) -> Iterator[Address]:
    """Give an address with a prefix that nobody else has; what is made under it is removed."""
    address = Address(urls=(url,), prefix=f"test-{uuid4().hex[:12]}")
    try:
        yield address
    finally:
        for name in indexes_of(address):
            server().indices.delete(index=name)


def server() -> Elasticsearch:
    """The server past the engine, to look at it or to spoil it."""
    return Elasticsearch(URL)


def indexes_of(address: Address) -> list[str]:
    return sorted(server().indices.get_alias(index=f"{address.prefix}-*"))
