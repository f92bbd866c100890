"""The doors of whoever asks guests: asking by hand, sending again, revoking."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cms.core.refusals import Refused
from workflow import actions
from workflow.access import journey_for, stage_in
from workflow.models import Journey, Participant
from workflow.rules.states import ParticipantKind


@login_required
@require_POST
def invite(request: HttpRequest, journey_id: int) -> HttpResponse:
    journey = journey_for(request.user, journey_id)
    stage = stage_in(journey, request)
    mail, name = request.POST.get("mail", ""), request.POST.get("name", "")
    done = _("%(name)s has been asked. The link goes out as soon as the stage is open.")
    return _answer(
        request,
        journey,
        lambda: actions.invite_guest(stage=stage, mail=mail, name=name, by=request.user),
        done % {"name": name},
    )


@login_required
@require_POST
def send_again(request: HttpRequest, journey_id: int, participant_id: int) -> HttpResponse:
    journey = journey_for(request.user, journey_id)
    guest = _guest_in(journey, participant_id)
    done = _("A new link to %(name)s is on its way; the older one holds no more.")
    return _answer(
        request,
        journey,
        lambda: actions.send_guest_link(participant=guest, by=request.user),
        done % {"name": guest.label},
    )


@login_required
@require_POST
def revoke(request: HttpRequest, journey_id: int, participant_id: int) -> HttpResponse:
    journey = journey_for(request.user, journey_id)
    guest = _guest_in(journey, participant_id)
    done = _("The link to %(name)s holds no more.")
    return _answer(
        request,
        journey,
        lambda: actions.revoke_guest(participant=guest, by=request.user),
        done % {"name": guest.label},
    )


def _guest_in(journey: Journey, participant_id: int) -> Participant:
    """Return a guest of this journey; one of another journey is none at all."""
    guests = Participant.objects.filter(kind=ParticipantKind.GUEST.value, stage__journey=journey)
    guest = guests.filter(pk=participant_id).first()
    if guest is None:
        raise Http404
    return guest


def _answer(request: HttpRequest, journey: Journey, act: Any, done: str) -> HttpResponse:
    try:
        act()
    except Refused as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, done)
    return redirect(journey)
