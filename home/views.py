"""The doors of home: organisations, barriers, health, and what shows when a door fails."""

import sys

from django.contrib import messages
from django.db import InterfaceError, OperationalError
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseForbidden,
    HttpResponseNotFound,
    HttpResponseServerError,
    JsonResponse,
)
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from home.actions import report_barrier as report
from home.directory import organisation_for
from home.forms import BarrierForm
from home.health import state_of_health


@require_GET
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    found = organisation_for(request.user, pk, timezone.localdate())
    if found is None:
        raise Http404
    return render(request, "home/organisation.html", {"about": found})


@require_http_methods(["GET", "POST"])
def report_barrier(request: HttpRequest) -> HttpResponse:
    """Take a report and send it to the office; nothing of it is kept here."""
    form = BarrierForm(request.POST or None, initial={"address": request.GET.get("seite", "")})
    if request.method == "POST" and form.is_valid():
        report(**form.cleaned_data)
        messages.success(request, _("Thank you. Your report is on its way to the office."))
        return redirect("report_barrier")
    return render(request, "home/report_barrier.html", {"form": form})


@require_GET
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for it unasked, where a file is shown that names no mark of its own."""
    return redirect(static("umlauf/mark.svg"))


@require_GET
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """For machines: 200 when every part is fine, 503 otherwise. What is the matter, and how
    old the index is, only administrators read: it would help an attacker, too."""
    parts = state_of_health()
    fine = all(part.ok for part in parts.values())
    words = {name: "ok" if part.ok else "failed" for name, part in parts.items()}
    found: dict[str, object] = {"status": "ok" if fine else "failed", "parts": words}
    if parts["database"].ok and request.user.is_superuser:
        found["details"] = {name: part.message for name, part in parts.items() if part.message}
    return JsonResponse(found, status=200 if fine else 503)


# --- When a door fails --------------------------------------------------------------


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    # The request itself is odd, its host perhaps; nothing is computed from it.
    return HttpResponseBadRequest(render_to_string("400.html"))


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return HttpResponseForbidden(render_to_string("403.html", request=request))


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return HttpResponseNotFound(render_to_string("404.html", request=request))


def server_error(request: HttpRequest) -> HttpResponse:
    """Ask no database here: it may be what is broken."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        response = HttpResponse(render_to_string("503.html"), status=503)
        response["Retry-After"] = "60"
        return response
    return HttpResponseServerError(render_to_string("500.html"))
