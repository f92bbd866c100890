"""Fetches what is shown of papers that a trimmed query has found."""

import json
from collections.abc import Sequence
from typing import Any

import tantivy
from tantivy import Query

from search.contents import Piece
from search.engines.embedded import rendering, schema
from search.engines.embedded.reading import Reader, State, number_query
from search.relevance import PASSAGE_FIELDS, Asked, clauses
from search.showing import PER_HIT

# One paper of a thousand pages must not crowd out the passages of the others.
_PER_PAPER_READ = 30


class Shelf:
    def __init__(self, reader: Reader, state: State) -> None:
        self._index = reader.passages
        self._papers = state.papers
        self._passages = state.passages
        # A question asks for the same papers and passages more than once.
        self._loaded: dict[tuple[str, int, int], dict[str, Any]] = {}

    def shown(self, address: tantivy.DocAddress) -> dict[str, Any]:
        return self._load("papers", self._papers, address)

    def _load(
        self, index: str, searcher: tantivy.Searcher, address: tantivy.DocAddress
    ) -> dict[str, Any]:
        place = (index, address.segment_ord, address.doc)
        if place not in self._loaded:
            self._loaded[place] = stored(searcher, address)
        return self._loaded[place]

    def best_pieces(self, keys: Sequence[str], words: Sequence[Asked]) -> dict[str, list[Piece]]:
        """The best passages of each paper, by its key; the beginning where none fits."""
        found: dict[int, list[Piece]] = {}
        numbers = {schema.number_of(key): key for key in keys}
        asked = rendering.rendered(self._index.schema, clauses(words, fields=PASSAGE_FIELDS))
        if asked and numbers:
            self._collect(found, rendering.any_of(asked), list(numbers))
            for number in numbers:
                if number not in found:
                    self._collect(found, rendering.any_of(asked), [number])
        if missing := [number for number in numbers if number not in found]:
            first = Query.term_query(self._index.schema, "place", 0, index_option="basic")
            self._collect(found, first, missing)
        return {numbers[number]: pieces for number, pieces in found.items()}

    def _collect(self, found: dict[int, list[Piece]], query: Query, numbers: list[int]) -> None:
        within = rendering.all_of([query, number_query(self._index, numbers)])
        limit = _PER_PAPER_READ * len(numbers)
        hits = self._passages.search(within, limit, count=False).hits
        addresses = [address for _, address in hits]
        owners = self._passages.fast_field_values("number", addresses) if hits else []
        for owner, address in zip(owners, addresses, strict=True):
            pieces = found.setdefault(int(owner or 0), [])
            if len(pieces) < PER_HIT:
                pieces.append(Piece(**self._load("passages", self._passages, address)))


def stored(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> dict[str, Any]:
    raw: Any = searcher.doc(address).get_first("shown")
    return json.loads(bytes(raw))
