"""The doors of follow-ups: noting, changing, crossing off. GET changes nothing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cms.core.refusals import Refused
from workflow import actions
from workflow.access import journey_for
from workflow.follow_ups import FollowUpForm, follow_ups_on, form_for
from workflow.models import FollowUp, Journey


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, journey_id: int) -> HttpResponse:
    return _page(request, journey_for(request.user, journey_id))


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, journey_id: int, follow_up_id: int) -> HttpResponse:
    journey = journey_for(request.user, journey_id)
    return _page(
        request, journey, get_object_or_404(follow_ups_on(journey, request.user), pk=follow_up_id)
    )


@login_required
@require_POST
def finish(request: HttpRequest, follow_up_id: int) -> HttpResponse:
    """Cross a follow-up off, also one on a paper that this person may not see any more."""
    noted = get_object_or_404(FollowUp, pk=follow_up_id, person=request.user)
    actions.finish_follow_up(follow_up=noted, by=request.user)
    messages.success(request, _("The follow-up has been crossed off."))
    back = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(back, request.get_host())
    return redirect(back if is_ours else noted.journey)


def _page(request: HttpRequest, journey: Journey, noted: FollowUp | None = None) -> HttpResponse:
    """Show the form, and write what it says; what could not be followed is shown again."""
    form, status = form_for(noted), 200
    if request.method == "POST":
        form = FollowUpForm(request.POST, auto_id="wiedervorlage-%s")
        if _write(request, journey, noted, form):
            return redirect(journey)
        status = 400
    context = {"journey": journey, "noted": noted, "form": form}
    return render(request, "workflow/follow_up.html", context, status=status)


def _write(
    request: HttpRequest, journey: Journey, noted: FollowUp | None, form: FollowUpForm
) -> bool:
    if not form.is_valid():
        return False
    try:
        if noted is None:
            noted = actions.note_follow_up(journey=journey, by=request.user, **form.words())
        else:
            actions.change_follow_up(follow_up=noted, by=request.user, **form.words())
    except Refused as error:
        form.add_error(None, error.sentence)
        return False
    messages.success(request, _("The follow-up has been noted."))
    return True
