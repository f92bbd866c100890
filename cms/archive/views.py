"""The page of an archive document, and the text of a file that lies elsewhere."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from cms.archive import reading

# What one person may see is nobody else's cached page.
_PRIVATE = cache_control(private=True)


@require_safe
@_PRIVATE
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    shown = reading.paper_for(request.user, pk)
    if shown is None:
        raise Http404
    return render(request, "archive/paper.html", {"about": shown})


@require_safe
@_PRIVATE
def text(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    shown = reading.paper_for(request.user, pk)
    if shown is None:
        raise Http404
    file = get_object_or_404(shown.paper.files, number=number, file=None)
    return render(request, "archive/text.html", {"about": shown, "file": file})
