"""The verbs of a journey's page. Every one is a POST that calls one action.

It says what happened and leads back. What was refused comes back with what was
typed: 409 where somebody was faster or the text has changed, 400 where
something is missing.
"""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cms.core.refusals import Refused
from workflow import actions, reading
from workflow.access import journey_for, stage_in
from workflow.actions import standing as standings
from workflow.doors.review.forms import (
    ConfirmationForm,
    DecisionForm,
    OverrideForm,
    PointForm,
    points_in,
    rows_in,
)
from workflow.doors.review.views import Typed, show
from workflow.errors import JourneyRefused
from workflow.models import Journey, ReturnPoint
from workflow.rules.refusals import Refusal
from workflow.rules.states import Override, PointState

CONFLICT = 409
# Something has to be added by the same person; nobody else was faster.
MISSING = frozenset({Refusal.COMMENT_MISSING, Refusal.REASON_MISSING, Refusal.NO_SUCH_ANSWER})
Verb = Callable[[HttpRequest, Journey, DecisionForm], str]


@login_required
@require_POST
def decide(request: HttpRequest, journey_id: int) -> HttpResponse:
    return _answer(request, journey_id, _decide)


@login_required
@require_POST
def send_back(request: HttpRequest, journey_id: int) -> HttpResponse:
    if "more" in request.POST:
        typed = Typed(DecisionForm(request.POST), rows_in(request.POST, more=True))
        return show(request, journey_for(request.user, journey_id), typed)
    return _answer(request, journey_id, _return)


@login_required
@require_POST
def confirm(request: HttpRequest, journey_id: int) -> HttpResponse:
    """Say an earlier answer again of the changed text, where the stage offers it."""
    journey = journey_for(request.user, journey_id)
    form = ConfirmationForm(request.POST)
    standing, stage = reading.standing_of(journey), stage_in(journey, request)
    if standing is None or not form.is_valid():
        raise Http404
    try:
        seats = standings.free_seats(standing, stage, request.user)
        offered = reading.answers_to_confirm(request.user, standing, stage, seats)
        earlier = next((one for one in offered if one.pk == form.cleaned_data["earlier"]), None)
        if earlier is None:
            raise JourneyRefused(Refusal.NOTHING_TO_CONFIRM)
        actions.confirm(
            earlier=earlier, by=request.user, seen_digest=form.cleaned_data["seen_digest"]
        )
    except Refused as error:
        return _refused(request, journey, error)
    messages.success(request, _("Your decision has been confirmed for the present text."))
    return redirect(journey)


@login_required
@require_POST
def withdraw(request: HttpRequest, journey_id: int) -> HttpResponse:
    done = _("The text has been withdrawn; the draft stays.")
    return _with_own_paper(request, journey_id, actions.withdraw, done)


@login_required
@require_POST
def resubmit(request: HttpRequest, journey_id: int) -> HttpResponse:
    return _with_own_paper(
        request, journey_id, actions.resubmit, _("The text is on its way again.")
    )


@login_required
@require_POST
def settle(request: HttpRequest, journey_id: int, point_id: int) -> HttpResponse:
    """Tick off one point of a return."""
    journey = journey_for(request.user, journey_id)
    point = ReturnPoint.objects.filter(pk=point_id, return_of__journey=journey).first()
    form = PointForm(request.POST)
    if point is None:
        raise Http404
    if not form.is_valid():
        messages.error(request, _("Please say whether the point is done or not followed."))
        typed = Typed(notes={point.pk: request.POST.get("note", "")})
        return show(request, journey, typed, status=400)
    state, note = PointState(form.cleaned_data["state"]), form.cleaned_data["note"]
    try:
        actions.settle_point(point=point, by=request.user, state=state, note=note)
    except Refused as error:
        return _refused(request, journey, error, Typed(notes={point.pk: note}))
    messages.success(request, _("The point has been noted."))
    return redirect(f"{journey.get_absolute_url()}#punkt-{point.pk}")


@login_required
@require_POST
def override(request: HttpRequest, journey_id: int) -> HttpResponse:
    """Act in place of the participants, as the administration, with a reason."""
    journey = journey_for(request.user, journey_id)
    form = OverrideForm(request.POST)
    if not form.is_valid():
        raise Http404
    reason = form.cleaned_data["reason"]
    try:
        match Override(form.cleaned_data["act"]):
            case Override.PASS_STAGE:
                stage = stage_in(journey, request)
                digest = form.cleaned_data["seen_digest"]
                actions.pass_stage(stage=stage, by=request.user, reason=reason, seen_digest=digest)
            case Override.END_JOURNEY:
                actions.end_journey(journey=journey, by=request.user, reason=reason)
            case Override.TAKE_OFFLINE:
                actions.take_offline(page=journey.subject, by=request.user, reason=reason)
    except Refused as error:
        return _refused(request, journey, error, Typed(reason=reason))
    messages.success(request, _("Done, and on record with your reason. The participants are told."))
    return redirect(journey)


def _answer(request: HttpRequest, journey_id: int, verb: Verb) -> HttpResponse:
    journey = journey_for(request.user, journey_id)
    form = DecisionForm(request.POST)
    typed = Typed(form, rows_in(request.POST))
    if not form.is_valid():
        messages.error(request, _("The form was incomplete. Please answer again."))
        return show(request, journey, typed, status=400)
    try:
        done = verb(request, journey, form)
    except Refused as error:
        return _refused(request, journey, error, typed)
    messages.success(request, done)
    return redirect(journey)


def _with_own_paper(
    request: HttpRequest, journey_id: int, act: Callable[..., object], done: str
) -> HttpResponse:
    journey = journey_for(request.user, journey_id)
    try:
        act(journey=journey, by=request.user)
    except Refused as error:
        return _refused(request, journey, error)
    messages.success(request, done)
    return redirect(journey)


def _refused(
    request: HttpRequest, journey: Journey, error: Refused, typed: Typed | None = None
) -> HttpResponse:
    messages.error(request, error.sentence)
    status = 400 if error.refusal in MISSING else CONFLICT
    return show(request, Journey.objects.get(pk=journey.pk), typed, status=status)


def _decide(request: HttpRequest, journey: Journey, form: DecisionForm) -> str:
    actions.decide(
        stage=stage_in(journey, request),
        by=request.user,
        answer=form.cleaned_data["answer"],
        seen_digest=form.cleaned_data["seen_digest"],
        comment=form.cleaned_data["comment"],
        participant=form.cleaned_data["participant"],
    )
    return _("Your decision has been recorded.")


def _return(request: HttpRequest, journey: Journey, form: DecisionForm) -> str:
    standing = reading.standing_of(journey)
    labels = dict(reading.place_choices(standing)) if standing else {}
    returned = actions.send_back(
        stage=stage_in(journey, request),
        by=request.user,
        seen_digest=form.cleaned_data["seen_digest"],
        comment=form.cleaned_data["comment"],
        to=form.cleaned_data["to"],
        points=points_in(rows_in(request.POST), labels),
        participant=form.cleaned_data["participant"],
    )
    if returned.to_stage is not None:
        return _("The text has been returned to an earlier stage.")
    return _("The text has been returned to its author.")
