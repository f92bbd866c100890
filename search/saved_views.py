"""Saved searches: keeping, renaming, pausing, deleting them; and the link in a letter that pauses.

Other people's searches do not exist for anybody.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from search import saved
from search.models import SavedSearch

_NOT_VALID = gettext_lazy(
    "That could not be saved. Please choose a name of 120 characters at most and one of the "
    "paces. Nothing was changed."
)


class SavedSearchForm(forms.Form):
    """A name and a pace; the name may stay empty, the question names itself then."""

    name = forms.CharField(max_length=120, required=False, label=gettext_lazy("Name"))
    takt = forms.ChoiceField(
        choices=SavedSearch.Pace.choices, label=gettext_lazy("Letters on new hits")
    )


@login_required
@never_cache
@require_GET
def saved_searches(request: HttpRequest) -> HttpResponse:
    context = {"searches": saved.searches_of(request.user), "paces": SavedSearch.Pace.choices}
    return render(request, "search/saved.html", context)


@login_required
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    form = SavedSearchForm(request.POST)
    if not form.is_valid():
        return _back(request, str(_NOT_VALID))
    try:
        saved.save(
            by=request.user,
            name=form.cleaned_data["name"].strip(),
            address=request.POST.get("frage", ""),
            pace=form.cleaned_data["takt"],
        )
    except saved.TooManyHits:
        return _too_many_hits(request)
    except saved.TooManySearches:
        most = {"number": saved.MOST_SEARCHES}
        return _back(
            request,
            _("You have %(number)s saved searches already. Please delete one first.") % most,
        )
    messages.success(request, _("The search has been saved."))
    return redirect("saved_searches")


@login_required
@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    search, form = _own(request, pk), SavedSearchForm(request.POST)
    if not form.is_valid():
        return _back(request, str(_NOT_VALID))
    try:
        saved.change(
            search=search, name=form.cleaned_data["name"].strip(), pace=form.cleaned_data["takt"]
        )
    except saved.TooManyHits:
        return _too_many_hits(request)
    messages.success(request, _("The search has been saved."))
    return redirect("saved_searches")


@login_required
@require_POST
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    paused = request.POST.get("an") != "1"
    saved.pause(search=_own(request, pk), paused=paused)
    told = _("The search is paused.") if paused else _("You will be told of new hits again.")
    messages.success(request, told)
    return redirect("saved_searches")


@login_required
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    _own(request, pk).delete()
    messages.success(request, _("The search has been deleted."))
    return redirect("saved_searches")


# Who holds the link may pause this search, as a mail program does by itself (RFC 8058).
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_letter(request: HttpRequest, token: str) -> HttpResponse:
    search = saved.search_by_token(token)
    if search is None:
        raise Http404
    if request.method == "POST":
        saved.pause(search=search, paused=True)
        search.is_paused = True
    return render(request, "search/saved_letter.html", {"search": search})


def _own(request: HttpRequest, pk: int) -> SavedSearch:
    return get_object_or_404(saved.searches_of(request.user), pk=pk)


def _too_many_hits(request: HttpRequest) -> HttpResponse:
    most: dict[str, Any] = {"number": saved.MOST_HITS}
    return _back(
        request,
        _(
            "This search has more than %(number)s hits. Please narrow it, or choose no letters; "
            "nothing was changed."
        )
        % most,
    )


def _back(request: HttpRequest, error: str) -> HttpResponse:
    messages.error(request, error)
    return redirect("saved_searches")
