"""The doors of a journey: one page to read and decide on, and its verbs.

GET changes nothing; every verb is a POST that calls one action, says what
happened and leads back. Who has nothing to do with a journey gets a 404.
"""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from cms.core.refusals import Refused
from workflow import actions, reading
from workflow.access import journey_for
from workflow.forms import DecisionForm
from workflow.models import Journey, Stage
from workflow.rules.refusals import Refusal
from workflow.wording import JOURNEY_STATUS

CONFLICT = 409
Verb = Callable[[HttpRequest, Journey, DecisionForm], str]


@login_required
@never_cache
@require_GET
def review(request: HttpRequest, journey_id: int) -> HttpResponse:
    journey = journey_for(request.user, journey_id)
    return _show(request, journey)


@login_required
@require_POST
def decide(request: HttpRequest, journey_id: int) -> HttpResponse:
    return _act(request, journey_id, _decide)


@login_required
@require_POST
def send_back(request: HttpRequest, journey_id: int) -> HttpResponse:
    return _act(request, journey_id, _return)


@login_required
@require_POST
def withdraw(request: HttpRequest, journey_id: int) -> HttpResponse:
    journey = journey_for(request.user, journey_id)
    try:
        actions.withdraw(journey=journey, by=request.user)
    except Refused as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, _("The text has been withdrawn; the draft stays."))
    return redirect(journey)


@login_required
@require_POST
def resubmit(request: HttpRequest, journey_id: int) -> HttpResponse:
    journey = journey_for(request.user, journey_id)
    try:
        actions.resubmit(journey=journey, by=request.user)
    except Refused as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, _("The text is on its way again."))
    return redirect(journey)


@login_required
@never_cache
@require_GET
def preview(request: HttpRequest, journey_id: int) -> HttpResponse:
    """Show the text as it will look, to everybody who may see the journey."""
    standing = reading.standing_of(journey_for(request.user, journey_id))
    if standing is None or standing.revision is None:
        raise Http404
    page = standing.revision.as_object()
    return cast(HttpResponse, page.make_preview_request(request, page.default_preview_mode))


def _act(request: HttpRequest, journey_id: int, verb: Verb) -> HttpResponse:
    journey = journey_for(request.user, journey_id)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("The form was incomplete. Please answer again."))
        return _show(request, journey, form, status=400)
    try:
        done = verb(request, journey, form)
    except Refused as error:
        messages.error(request, error.sentence)
        status = 400 if error.refusal is Refusal.COMMENT_MISSING else CONFLICT
        return _show(request, Journey.objects.get(pk=journey.pk), form, status=status)
    messages.success(request, done)
    return redirect(journey)


def _decide(request: HttpRequest, journey: Journey, form: DecisionForm) -> str:
    actions.decide(
        stage=_stage_in(journey, request),
        by=request.user,
        answer=form.cleaned_data["answer"],
        seen_digest=form.cleaned_data["seen_digest"],
        comment=form.cleaned_data["comment"],
    )
    return _("Your decision has been recorded.")


def _return(request: HttpRequest, journey: Journey, form: DecisionForm) -> str:
    actions.send_back(
        stage=_stage_in(journey, request),
        by=request.user,
        seen_digest=form.cleaned_data["seen_digest"],
        comment=form.cleaned_data["comment"],
    )
    return _("The text has been returned to its author.")


def _stage_in(journey: Journey, request: HttpRequest) -> Stage:
    """Return the stage the form was shown for; one of another journey is none at all."""
    number = request.POST.get("stage", "")
    stage = journey.stages.filter(pk=number).first() if number.isdigit() else None
    if stage is None:
        raise Http404
    return stage


def _show(
    request: HttpRequest, journey: Journey, form: DecisionForm | None = None, status: int = 200
) -> HttpResponse:
    standing = reading.standing_of(journey)
    context: dict[str, Any] = {
        "journey": journey,
        "status_label": JOURNEY_STATUS[journey.status],  # type: ignore[index]
        "stages": reading.stages_of(journey),
        "returns": journey.returns.select_related("from_stage"),
        "standing": standing,
        "form": form or DecisionForm(),
    }
    if standing is not None:
        context |= {
            "comparison": reading.comparison_for(request.user, standing),
            "say": reading.say_of(request.user, standing),
            "may_withdraw": reading.may_withdraw(request.user, standing),
            "edit_url": reading.edit_url(request.user, standing),
            "may_resubmit": reading.may_resubmit(request.user, standing),
            "trail": reading.trail_of(standing.subject),
        }
    return render(request, "workflow/review.html", context, status=status)
