"""The page of an archive document, and the text of a file that lies elsewhere."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from cms.archive import reading


@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    shown = reading.paper_for(request.user, pk)
    if shown is None:
        raise Http404
    return _private(render(request, "archive/paper.html", {"about": shown}))


@require_safe
def text(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    shown = reading.paper_for(request.user, pk)
    if shown is None:
        raise Http404
    file = get_object_or_404(shown.paper.files, number=number, file=None)
    return _private(render(request, "archive/text.html", {"about": shown, "file": file}))


def _private(response: HttpResponse) -> HttpResponse:
    # What one person may see is nobody else's cached page.
    patch_cache_control(response, private=True)
    return response
