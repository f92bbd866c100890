"""One generation, as one question may see it."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.dsl import Search
from elasticsearch.dsl.aggs import Filter, Filters, Terms
from elasticsearch.dsl.query import Bool, Ids, Nested, Query, Term

from search.answering import Found, Ranked, Wanted, Weighed
from search.contents import Piece
from search.engines.elastic import rendering
from search.engines.elastic.reading import Reader
from search.engines.elastic.schema import PASSAGES
from search.engines.elastic.vocabulary import VisibleVocabulary, frequencies
from search.facets import COUNTED, MOST_VALUES, counted
from search.questions import Facet, FacetValue, Question
from search.relevance import PASSAGE_FIELDS, Asked, Field, clauses
from search.showing import PER_HIT

_IN_A_PASSAGE = f"{PASSAGES}."
_BEST, _BEGINNING = "best", "beginning"


class ElasticView:
    def __init__(self, client: Elasticsearch, reader: Reader, question: Question) -> None:
        self._client = client
        self._papers = reader.generation.papers
        self._question = question
        self._visible = rendering.visible(question)
        self.analyser = reader.analyser
        self.vocabulary = VisibleVocabulary(client, reader.generation, self._visible)

    def papers_with(self, terms: Collection[str]) -> Mapping[str, int]:
        return frequencies(self._client, self._papers, Field.BODY, terms)

    def key_terms(self, key: str) -> Sequence[str]:
        own = self._searching(Bool(filter=[Ids(values=[key]), self._visible]))
        hits = own.source([Field.KEY_TERM]).execute().to_dict()["hits"]["hits"]
        return hits[0]["_source"].get(Field.KEY_TERM, []) if hits else []

    def visible_papers_with(self, terms: Collection[str]) -> tuple[int, Mapping[str, int]]:
        search = self._searching(Bool(filter=[self._visible]))
        each: dict[str, Query] = {term: Term(**{Field.KEY_TERM: {"value": term}}) for term in terms}
        search.aggs.bucket("terms", Filters(filters=each))
        answer = search.extra(size=0, track_total_hits=True).execute().to_dict()
        buckets = answer["aggregations"]["terms"]["buckets"]
        counts = {term: bucket["doc_count"] for term, bucket in buckets.items()}
        return answer["hits"]["total"]["value"], counts

    def find(
        self, wanted: Wanted, *, limit: int, offset: int = 0, newest: bool, facets: bool = False
    ) -> Found:
        query = Bool(must=[rendering.wanted(wanted)], filter=[self._visible])
        search = self._searching(query)
        # Behind the counting: a facet is counted as if nothing were chosen in it.
        search = search.post_filter(rendering.chosen(self._question))
        search = search.sort("-day" if newest else "_score", "key").source(["shown"])
        # A page that is not asked for must not lie deeper than the server goes.
        search = search.extra(track_total_hits=True, size=limit, from_=offset if limit else 0)
        if facets:
            self._count_facets(search)
        answer = search.execute().to_dict()
        papers = [
            Ranked(float(hit["_score"] or 0), hit["_source"]["shown"])
            for hit in answer["hits"]["hits"]
        ]
        counts = self._facets(answer["aggregations"]) if facets else {}
        return Found(answer["hits"]["total"]["value"], papers, counts)

    def _searching(self, query: Query) -> Search:
        return Search(using=self._client, index=self._papers).query(query)

    def _count_facets(self, search: Search) -> None:
        for facet, field in COUNTED.items():
            others = rendering.chosen(self._question, except_for=facet)
            values = Terms(field=field, size=MOST_VALUES)
            search.aggs.bucket(facet, Filter(others)).bucket("values", values)

    def _facets(self, aggregations: Mapping[str, Any]) -> dict[Facet, list[FacetValue]]:
        buckets = {facet: aggregations[facet]["values"]["buckets"] for facet in Facet}
        return counted(self._question, buckets)

    def best_pieces(
        self, papers: Sequence[Ranked], words: Sequence[Asked]
    ) -> Mapping[str, Sequence[Piece]]:
        if not papers:
            return {}
        beginning = Term(**{f"{_IN_A_PASSAGE}place": 0})
        nested = [_nested(beginning, _BEGINNING, 1)]
        asked = clauses(words, fields=PASSAGE_FIELDS)
        if asked:
            any_asked = rendering.any_of(rendering.rendered(asked, within=_IN_A_PASSAGE))
            nested.append(_nested(any_asked, _BEST, PER_HIT))
        keys = [paper.key for paper in papers]
        search = self._searching(Bool(filter=[Ids(values=keys)], should=nested))
        answer = search.source(False).extra(size=len(keys)).execute().to_dict()
        return {hit["_id"]: _pieces(hit["inner_hits"]) for hit in answer["hits"]["hits"]}

    def weigh(self, key: str, wanted: Wanted) -> Weighed | None:
        """Each part has its number for a name, and the server tells what it adds."""
        itself = Ids(values=[key])
        asked = Bool(must=[rendering.wanted(wanted)], filter=[self._visible, itself])
        hits = _hits(self._searching(asked).post_filter(rendering.chosen(self._question)))
        if not hits:
            return None
        parts = rendering.scoring(wanted)
        named = [Bool(must=[part], _name=str(number)) for number, part in enumerate(parts)]
        each = self._searching(Bool(filter=[itself], should=named))
        (paper,) = _hits(each.params(include_named_queries_score=True))
        added = paper.get("matched_queries", {})
        scores = [float(added.get(str(number), 0)) for number in range(len(parts))]
        return Weighed(float(hits[0]["_score"] or 0), scores)

    def completions(self, start: str, limit: int) -> list[str]:
        return self.vocabulary.completions(start, limit)


def _hits(search: Search) -> list[dict[str, Any]]:
    hits: list[dict[str, Any]] = search.source(False).execute().to_dict()["hits"]["hits"]
    return hits


def _nested(query: Query, name: str, size: int) -> Query:
    inner = {"name": name, "size": size, "_source": [f"{_IN_A_PASSAGE}shown"]}
    return Nested(path=PASSAGES, query=query, inner_hits=inner)


def _pieces(inner: Mapping[str, Any]) -> list[Piece]:
    best = inner[_BEST]["hits"]["hits"] if _BEST in inner else []
    return [Piece(**hit["_source"]["shown"]) for hit in best or inner[_BEGINNING]["hits"]["hits"]]
