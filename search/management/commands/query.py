"""Search from the shell, as a guest or as somebody."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core.management.base import CommandParser

from cms.core.commands import Failed, ProductCommand, WrongCall
from search import asking
from search.errors import SearchError
from search.narrowing import narrowed
from search.questions import Answer, Facet, Hit, Question
from search.wording import kind_labels


class Command(ProductCommand):
    help = "Search as a guest, or --as somebody; the same door as the search page."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("text")
        parser.add_argument("--as", dest="email", default="", help="Ask as this account.")
        parser.add_argument("--limit", type=int, default=10)
        parser.add_argument("--kind", default="", help="Only this kind of paper.")

    def run(self, **options: Any) -> dict[str, Any]:
        if not 1 <= options["limit"] <= 1000:
            raise WrongCall("--limit takes a number from 1 to 1000.")
        facets = {}
        if kind := options["kind"]:
            if kind not in kind_labels():
                raise WrongCall(f"Unknown kind {kind}; known: {', '.join(sorted(kind_labels()))}")
            facets = {Facet.KIND: frozenset({kind})}
        question = Question(text=options["text"], facets=facets, per_page=options["limit"])
        try:
            return as_json(asking.find(narrowed(question), user=_person(options["email"])))
        except SearchError as error:
            raise Failed(f"The index does not answer: {error}") from error

    def say(self, result: dict[str, Any]) -> None:
        self.stdout.write(f"{result['total']} hits in {result['took_ms']} ms")
        if result["suggestion"]:
            self.stdout.write(f"searched as, or meant: {result['suggestion']}")
        for number, hit in enumerate(result["hits"], 1):
            self.stdout.write(f"{number:3}. {hit['title']} [{hit['kind']}] {hit['url']}")
            for passage in hit["passages"][:1]:
                self.stdout.write(f"     {passage['text'][:160]}")


def as_json(answer: Answer) -> dict[str, Any]:
    return {
        "total": answer.total,
        "took_ms": answer.took_ms,
        "hits": [_hit(hit) for hit in answer.hits],
        "facets": {
            facet.value: [{"value": v.value, "label": v.label, "count": v.count} for v in values]
            for facet, values in answer.facets.items()
        },
        "suggestion": answer.suggestion,
    }


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "id": hit.key,
        "source_id": hit.source_id,
        "title": hit.title,
        "kind": hit.kind,
        "url": hit.url,
        "score": hit.score,
        "passages": [
            {
                "text": passage.text,
                "marks": [list(mark) for mark in passage.marks],
                "file": passage.file_name,
                "page": passage.page,
                "url": passage.url,
            }
            for passage in hit.passages
        ],
    }


def _person(email: str) -> Any:
    if not email:
        return AnonymousUser()
    person = get_user_model().objects.filter(email__iexact=email).first()
    if person is None:
        raise WrongCall(f"There is no account {email}.")
    return person
