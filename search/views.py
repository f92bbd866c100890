"""The search page, its suggestions and its hits as references."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from search import asking, permanent, unanswered
from search.addresses import read_address
from search.citing import CONTENT_TYPES, ENDINGS, Form, cited
from search.errors import EngineUnavailable
from search.narrowing import narrowed
from search.pages import Results
from search.questions import Hit
from search.sources import bodies_meant_by, name_of_whole
from search.ways_out import ways_out
from search.wording import kind_labels

_LONGEST_START = 100
_MOST_CITED = 200
# What one person may see is nobody else's cached page.
_PRIVATE = cache_control(private=True)


@require_safe
@_PRIVATE
def search(request: HttpRequest) -> HttpResponse:
    question = narrowed(read_address(request.GET))
    results = Results(
        question=question,
        user=request.user,
        whole=name_of_whole(question.within, request.user),
        # Field words and filters say already which body is meant.
        bodies=bodies_meant_by(question.text.strip('"„“” '), request.user),
        explains=asking.may_explain(request.user),
    )
    try:
        results.answer = asking.find(question, user=request.user)
        if not results.answer.total:
            results.ways_out = ways_out(question, user=request.user)
            if request.method == "GET":
                unanswered.note(question, results.answer, results.ways_out, user=request.user)
    except EngineUnavailable:
        results.unavailable = True
    return _page(request, results)


def _page(request: HttpRequest, results: Results) -> HttpResponse:
    status = 503 if results.unavailable else 200
    return render(request, "search/search.html", {"results": results}, status=status)


@require_safe
@_PRIVATE
def citations(request: HttpRequest, form: Form) -> HttpResponse:
    """The hits of a question as a list for reference managers, best or newest first."""
    question = replace(
        narrowed(read_address(request.GET)), page=1, per_page=_MOST_CITED, with_facets=False
    )
    try:
        hits = asking.find(question, user=request.user).hits
    except EngineUnavailable:
        return _page(request, Results(question, request.user, unavailable=True))
    base = request.build_absolute_uri("/").rstrip("/")
    paths = permanent.paths_of([hit.key for hit in hits])
    return as_file(cited(hits, form, base=base, kinds=kind_labels(), paths=paths), form)


def as_file(text: str, form: Form) -> HttpResponse:
    """Hand references out as a file that a reference manager opens."""
    response = HttpResponse(text, content_type=f"{CONTENT_TYPES[form]}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="umlauf.{ENDINGS[form]}"'
    return response


@require_safe
@_PRIVATE
def suggestions(request: HttpRequest) -> JsonResponse:
    """Words and papers for the list below a search field, as JSON."""
    question = read_address(request.GET)
    text, within = question.text[:_LONGEST_START], question.within
    words: Sequence[str] = ()
    papers: Sequence[Hit] = ()
    # While there is no index nothing is suggested.
    with suppress(EngineUnavailable):
        if text:
            words, papers = asking.suggest_all(text, user=request.user, within=within)
    kinds = kind_labels()
    shown = [{"title": p.title, "url": p.url, "kind": kinds.get(p.kind, "")} for p in papers]
    return JsonResponse({"suggestions": list(words), "papers": shown})
