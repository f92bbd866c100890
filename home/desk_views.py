"""Meine Aufgaben: what waits for this person, taking it from a pool, agreeing on several papers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from cms.core.refusals import Refused
from home.desk import desk_for, pile_for
from workflow import actions
from workflow.access import may_see
from workflow.desk import PER_PAGE
from workflow.models import Journey, Stage


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one of the papers that were to be agreed on together."""

    journey: Journey
    refusal: str = ""


@login_required
@never_cache
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """Everything by due date, or one pile page by page."""
    today = timezone.localdate()
    if name := request.GET.get("stapel"):
        pile = pile_for(request.user, name, request.GET.get("seite", ""), today)
        if pile is None:
            raise Http404
        return render(request, "home/pile.html", {"pile": pile})
    return render(request, "home/desk.html", {"desk": desk_for(request.user, today)})


@login_required
@require_POST
def claim(request: HttpRequest) -> HttpResponse:
    """Take a task out of the pool."""
    return _do(request, actions.claim, _("You have taken this task. The others see that."))


@login_required
@require_POST
def release(request: HttpRequest) -> HttpResponse:
    """Lay a task back into the pool."""
    return _do(request, actions.release, _("The task is back with everybody who may do it."))


@login_required
@require_POST
def agree_together(request: HttpRequest) -> HttpResponse:
    """Agree on the chosen papers, each by itself, and tell of each what happened."""
    chosen = list(_chosen(request))
    if not chosen:
        messages.warning(request, _("You have not chosen any paper. Nothing has been decided."))
        return redirect(_way_back(request))
    outcomes = [
        Outcome(stage.journey, result.sentence if isinstance(result, Refused) else "")
        for stage, result in actions.decide_in_bulk(chosen=chosen, by=request.user)
    ]
    context = {
        "agreed": [one for one in outcomes if not one.refusal],
        "refused": [one for one in outcomes if one.refusal],
    }
    return render(request, "home/agreed_together.html", context)


def _chosen(request: HttpRequest) -> list[tuple[Stage, str]]:
    """Return the stages that were ticked, with the digest of the text each was shown with.

    What this person cannot see is passed over like what does not exist.
    """
    seen: dict[int, str] = {}
    for ticked in request.POST.getlist("aufgabe")[:PER_PAGE]:
        number, _colon, digest = ticked.partition(":")
        if number.isdecimal() and len(number) < 19:
            seen[int(number)] = digest
    stages = Stage.objects.filter(pk__in=seen).select_related("journey").order_by("pk")
    return [(one, seen[one.pk]) for one in stages if may_see(request.user, one.journey)]


def _do(request: HttpRequest, act: Callable[..., Any], done: str) -> HttpResponse:
    number = request.POST.get("aufgabe", "")
    stages = Stage.objects.select_related("journey")
    stage = stages.filter(pk=number).first() if number.isdecimal() and len(number) < 19 else None
    if stage is None or not may_see(request.user, stage.journey):
        raise Http404
    try:
        act(stage=stage, by=request.user)
    except Refused as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, done)
    return redirect(_way_back(request))


def _way_back(request: HttpRequest) -> str:
    address = request.POST.get("zurueck", "")
    if url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return address
    return "desk"
