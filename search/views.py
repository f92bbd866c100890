"""The search page and its suggestions."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from search import asking
from search.addresses import read_address, without_filters
from search.errors import EngineUnavailable
from search.narrowing import narrowed
from search.pages import Results


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    question = narrowed(read_address(request.GET))
    results = Results(question=question)
    try:
        results.answer = asking.find(question, user=request.user)
        if not results.answer.total and results.has_filters:
            wider = replace(without_filters(question), per_page=1, with_facets=False)
            results.total_without_filters = asking.find(wider, user=request.user).total
    except EngineUnavailable:
        results.unavailable = True
    status = 503 if results.unavailable else 200
    response = render(request, "search/search.html", {"results": results}, status=status)
    # What one person may see is nobody else's cached page.
    patch_cache_control(response, private=True)
    return response


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    try:
        words = asking.suggest(request.GET.get("q", "")[:100], user=request.user)
    except EngineUnavailable:
        words = []
    response = JsonResponse({"suggestions": words})
    patch_cache_control(response, private=True)
    return response
