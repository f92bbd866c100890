"""The doors to permanent ids: a redirection, an older text, a reference, or a plain "no more".

Who may not see a paper gets what everybody gets for an id that there never was.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from cms.documents import permanent
from search.citing import Form
from search.views import as_file

# What one person may see is nobody else's cached page.
_PRIVATE = cache_control(private=True)


@require_safe
@_PRIVATE
def paper(request: HttpRequest, permanent_id: str) -> HttpResponse:
    try:
        return redirect(permanent.address_for(request.user, permanent_id))
    except permanent.NotFound:
        raise Http404 from None
    except permanent.Withdrawn as gone:
        return _withdrawn(request, gone)


@require_safe
@_PRIVATE
def version(request: HttpRequest, permanent_id: str, number: int) -> HttpResponse:
    """Show the text of one publication as it was, marked where it is not the newest."""
    try:
        shown = permanent.version_for(request.user, permanent_id, number)
    except permanent.NotFound:
        raise Http404 from None
    except permanent.Withdrawn as gone:
        return _withdrawn(request, gone)
    context: dict[str, Any] = shown.text.get_context(request)
    template = shown.text.get_template(request)
    return TemplateResponse(request, template, {**context, "shown_version": shown})


@require_safe
@_PRIVATE
def reference(request: HttpRequest, permanent_id: str, form: Form) -> HttpResponse:
    """Hand out the reference of one paper; `fassung` names one of its versions."""
    asked = request.GET.get("fassung", "")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 7 else None
    base = request.build_absolute_uri("/").rstrip("/")
    try:
        text = permanent.reference_for(request.user, permanent_id, form, base=base, number=number)
    except permanent.NotFound:
        raise Http404 from None
    except permanent.Withdrawn as gone:
        return _withdrawn(request, gone)
    return as_file(text, form)


def _withdrawn(request: HttpRequest, gone: permanent.Withdrawn) -> HttpResponse:
    return render(request, "documents/withdrawn.html", {"title": gone.title}, status=410)
