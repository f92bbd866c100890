"""What a page of hits shows: titles, best passages, page numbers."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import tantivy
from tantivy import Query

from cms.core.values import FuzzyDate
from search.engines.embedded import rendering
from search.engines.embedded.reading import Reader, number_query
from search.passages import Marker
from search.questions import Hit, Passage
from search.relevance import PASSAGE_FIELDS, Asked, clauses, marked_terms

Hits = Sequence[tuple[Any, tantivy.DocAddress]]
PER_HIT = 2
# One paper of a thousand pages must not crowd out the passages of the others.
_PER_PAPER_READ = 30


@dataclass(frozen=True, slots=True)
class Stored:
    """A passage as the index keeps it."""

    text: str
    file: int | None
    page: int | None


class Shelf:
    """Fetches what is shown of papers that a trimmed query has found."""

    def __init__(self, reader: Reader, papers: tantivy.Searcher) -> None:
        self._analyser = reader.analyser
        self._index = reader.passages
        self._papers = papers
        self._passages = reader.passages.searcher()

    def shown(self, address: tantivy.DocAddress) -> dict[str, Any]:
        return _loaded(self._papers, address)

    def numbers(self, hits: Hits) -> list[int]:
        addresses = [address for _, address in hits]
        return [int(n or 0) for n in self._papers.fast_field_values("number", addresses)]

    def hits(self, hits: Hits, words: Sequence[Asked]) -> list[Hit]:
        marker = Marker(self._analyser, marked_terms(words))
        best = self.best_passages(hits, words)
        return [
            self._hit(self.shown(address), float(score or 0), best.get(number, []), marker)
            for (score, address), number in zip(hits, self.numbers(hits), strict=True)
        ]

    def best_passages(self, hits: Hits, words: Sequence[Asked]) -> dict[int, list[Stored]]:
        """The best passages of each paper, by its number; the beginning where none fits."""
        numbers = self.numbers(hits)
        if not numbers:
            return {}
        found: dict[int, list[Stored]] = {}
        asked = rendering.rendered(self._index.schema, clauses(words, fields=PASSAGE_FIELDS))
        if asked:
            self._collect(found, rendering.any_of(asked), numbers)
            for number in numbers:
                if number not in found:
                    self._collect(found, rendering.any_of(asked), [number])
        if missing := [number for number in numbers if number not in found]:
            first = Query.term_query(self._index.schema, "place", 0, index_option="basic")
            self._collect(found, first, missing)
        return found

    def _collect(self, found: dict[int, list[Stored]], query: Query, numbers: list[int]) -> None:
        within = rendering.all_of([query, number_query(self._index, numbers)])
        limit = _PER_PAPER_READ * len(numbers)
        hits = self._passages.search(within, limit, count=False).hits
        addresses = [address for _, address in hits]
        owners = self._passages.fast_field_values("number", addresses) if hits else []
        for owner, address in zip(owners, addresses, strict=True):
            stored = found.setdefault(int(owner or 0), [])
            if len(stored) < PER_HIT:
                stored.append(Stored(**_loaded(self._passages, address)))

    def _hit(
        self, shown: dict[str, Any], score: float, stored: list[Stored], marker: Marker
    ) -> Hit:
        return Hit(
            key=shown["key"],
            kind=shown["kind"],
            title=shown["title"],
            url=shown["url"],
            score=score,
            title_marks=tuple(marker.marks(shown["title"])),
            passages=self._shown_passages(stored, shown["files"], marker),
            reference_number=shown["reference_number"],
            when=FuzzyDate.parse(shown["when"]),
            state=shown["state"],
            organisations=tuple((identity, name) for identity, name in shown["organisations"]),
            topics=tuple(shown["topics"]),
            language=shown["language"],
            source_id=shown["source_id"],
        )

    def _shown_passages(
        self, stored: list[Stored], files: list[list[str]], marker: Marker
    ) -> tuple[Passage, ...]:
        made = [self._passage(one, files, marker) for one in stored]
        # A second passage only where it shows something.
        return tuple(passage for place, passage in enumerate(made) if not place or passage.marks)

    def _passage(self, stored: Stored, files: list[list[str]], marker: Marker) -> Passage:
        shown = marker.window(stored.text)
        if stored.file is None:
            return Passage(text=shown.text, marks=shown.marks)
        name, url = files[stored.file]
        return Passage(
            text=shown.text,
            marks=shown.marks,
            file_name=name,
            page=stored.page,
            url=f"{url}#page={stored.page}" if stored.page else url,
        )


def _loaded(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> dict[str, Any]:
    raw: Any = searcher.doc(address).get_first("shown")
    return json.loads(bytes(raw))
