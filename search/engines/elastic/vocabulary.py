"""The words of the archive, for spelling: kept on the server, counted for one person."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.dsl import MultiSearch, Search
from elasticsearch.dsl.aggs import Filters
from elasticsearch.dsl.query import Fuzzy, Ids, Prefix, Query, Term

from search.contents import is_renewed, usual_spellings
from search.engines.elastic import rendering
from search.engines.elastic.connection import GenerationGone
from search.engines.elastic.generations import Generation
from search.relevance import Field
from search.spelling import MANY_TIMES, Known, most_papers_first

_AT_ONCE = 5000
_PAGES = ((0, 200), (200, 1000))


def frequencies(
    client: Elasticsearch, papers: str, field: Field, terms: Collection[str]
) -> dict[str, int]:
    """In how many papers each term stands, whoever may see them."""
    found = dict.fromkeys(terms, 0)
    for some in _batches(found):
        # The server counts the words of a document that exists only in this question.
        counted = client.termvectors(
            index=papers,
            doc={field: " ".join(some)},
            fields=[field],
            term_statistics=True,
            field_statistics=False,
            positions=False,
            offsets=False,
            payloads=False,
        )
        vectors = counted["term_vectors"].get(field, {"terms": {}})["terms"]
        found |= {term: vectors.get(term, {}).get("doc_freq", 0) for term in some}
    return found


def learnt(
    client: Elasticsearch, generation: Generation, surfaces: Mapping[str, int]
) -> Iterator[dict[str, Any]]:
    """The words of the entries just written, as actions that keep them."""
    spellings = usual_spellings(surfaces)
    for some in _batches(spellings):
        papers = frequencies(client, generation.papers, Field.EXACT, some)
        stored = _stored(client, generation.words, some)
        for folded in some:
            usual = spellings[folded]
            if known := stored.get(folded):
                if not is_renewed(papers[folded], known.papers):
                    continue
                usual = known.usual
            word = {"folded": folded, "usual": usual, "papers": papers[folded]}
            yield {"_id": folded, "_source": word}


def _batches(words: Iterable[str]) -> Iterator[list[str]]:
    ordered = sorted(words)
    for start in range(0, len(ordered), _AT_ONCE):
        yield ordered[start : start + _AT_ONCE]


def _stored(client: Elasticsearch, words: str, folded: Sequence[str]) -> dict[str, Known]:
    found = client.mget(index=words, ids=folded)["docs"]
    if any("error" in one for one in found):
        # Asked for many, the server says of each that its index is not there.
        raise GenerationGone(words)
    return {one["_id"]: _known(one) for one in found if one["found"]}


def _known(hit: Mapping[str, Any]) -> Known:
    word = hit["_source"]
    return Known(word["folded"], word["papers"], word["usual"])


class VisibleVocabulary:
    """The vocabulary as one person may know it: counted in what they can find."""

    def __init__(self, client: Elasticsearch, generation: Generation, visible: Query) -> None:
        self._client = client
        self._generation = generation
        self._visible = visible
        self._known: dict[str, Known] = {}
        self._entries: int | None = None

    @property
    def entries(self) -> int:
        if self._entries is None:
            self.expect([""])
        return self._entries or 0

    def expect(self, folded: Iterable[str]) -> None:
        new = sorted(set(folded) - self._known.keys())
        if not new:
            return
        words = self._words(Ids(values=new)).extra(size=len(new))
        everything = self._papers(self._visible).extra(size=0, track_total_hits=True)
        together = MultiSearch(using=self._client)
        for search in (self._counting(new), words, everything):
            together = together.add(search)
        counts, stored, entries = (answer.to_dict() for answer in together.execute())
        self._entries = entries["hits"]["total"]["value"]
        usual = {hit["_id"]: hit["_source"]["usual"] for hit in stored["hits"]["hits"]}
        self._take_in(new, usual, counts)

    def look_up(self, folded: str) -> Known:
        self.expect([folded])
        return self._known[folded]

    def near(self, folded: str, edits: int, limit: int) -> Sequence[Known]:
        # Without a rewrite only the first fifty words that fit would be looked at.
        fuzzy = {"value": folded, "fuzziness": edits, "rewrite": "constant_score"}
        found = self._seen(Fuzzy(folded=fuzzy), 0, MANY_TIMES * limit)
        return sorted(found, key=most_papers_first)[:limit]

    def completions(self, start: str, limit: int) -> list[str]:
        """Folded words of visible papers that begin so, the most frequent first."""
        found: list[Known] = []
        for first, count in _PAGES:
            found += self._seen(Prefix(folded={"value": start}), first, count)
            if len(found) >= limit:
                break
        return [one.folded for one in sorted(found, key=most_papers_first)[:limit]]

    def _seen(self, query: Query, first: int, count: int) -> list[Known]:
        """Words that this person can see, of those most frequent in the whole archive."""
        search = self._words(query).sort("-papers", "folded")
        hits = search.extra(size=count, from_=first).execute().to_dict()["hits"]["hits"]
        usual = {hit["_id"]: hit["_source"]["usual"] for hit in hits}
        new = sorted(usual.keys() - self._known.keys())
        if new:
            self._take_in(new, usual, self._counting(new).execute().to_dict())
        return [self._known[folded] for folded in usual if self._known[folded].papers]

    def _take_in(
        self, folded: Sequence[str], usual: Mapping[str, str], answer: Mapping[str, Any]
    ) -> None:
        buckets = answer["aggregations"]["words"]["buckets"]
        for number, word in enumerate(folded):
            papers = buckets[str(number)]["doc_count"]
            self._known[word] = Known(word, papers, usual.get(word, word) if papers else word)

    def _counting(self, folded: Sequence[str]) -> Search:
        search = self._papers(self._visible).extra(size=0)
        # By number: what people type makes no names.
        each: dict[str, Query] = {
            str(number): Term(**{Field.EXACT: {"value": word}})
            for number, word in enumerate(folded)
        }
        search.aggs.bucket("words", Filters(filters=each))
        return search

    def _papers(self, condition: Query) -> Search:
        search = Search(using=self._client, index=self._generation.papers)
        return search.query(rendering.all_conditions([condition]))

    def _words(self, condition: Query) -> Search:
        search = Search(using=self._client, index=self._generation.words)
        return search.query(rendering.all_conditions([condition]))
