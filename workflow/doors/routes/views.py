"""Routes in the admin: what each version says, how it plays out, and moving journeys to it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cms.core.refusals import Refused
from workflow import actions
from workflow.actions.moving import versions_to_move_to
from workflow.doors.routes.forms import FactsForm, MoveForm, VotesForm
from workflow.models import Journey, Route
from workflow.models.journey import UNDER_WAY
from workflow.rules.changes import changes_between
from workflow.rules.definition import RouteDefinition, read
from workflow.rules.simulation import play
from workflow.simulating import all_labels
from workflow.telling.changes import end_of, sentence_of, story_of, why_without_effect
from workflow.telling.pictures import picture_of_journey, picture_of_route
from workflow.telling.sentences import sentences_of

MOST_JOURNEYS = 50


def may_read_routes(user: Any) -> bool:
    """Routes name groups and people: they are shown to the administration."""
    return bool(user.is_active and (user.is_staff or user.is_superuser))


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    _check(request)
    running = Count("journeys", filter=Q(journeys__status__in=UNDER_WAY))
    routes = Route.objects.annotate(running=running).order_by("key", "-version")
    return render(request, "workflow/routes/index.html", {"routes": routes})


@require_http_methods(["GET", "POST"])
def version(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Show one version; a POST plays chosen votes and changes nothing."""
    _check(request)
    route = get_object_or_404(Route, key=key, version=number)
    definition = read(route.definition)
    before = Route.objects.filter(key=key, version__lt=number).order_by("-version").first()
    changes = changes_between(before.definition, route.definition) if before else []
    running = route.journeys.under_way().order_by("pk")
    context = {
        "route": route,
        "picture": picture_of_route(route),
        "stages": [
            (stage.label, [text for _, text in sentences_of(stage, definition)])
            for stage in definition.stages
        ],
        "before": before,
        "changes": [sentence_of(change) for change in changes],
        "running": running.count(),
        "journeys": running[:MOST_JOURNEYS],
        "may_move": request.user.is_superuser and _has_other_versions(route),
        **_played(request, definition),
    }
    return render(request, "workflow/routes/version.html", context)


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, journey_id: int, number: int) -> HttpResponse:
    """Move a running journey to another version of its route; administrators only."""
    if not request.user.is_superuser:
        raise PermissionDenied
    journey = get_object_or_404(Journey.objects.under_way(), pk=journey_id)
    route = get_object_or_404(Route, key=journey.route.key, version=number)
    form = MoveForm(request.POST or None, journey=journey, route=route)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                actions.move_journey(
                    journey=journey,
                    route=route,
                    mapping=form.mapping(),
                    by=request.user,
                    reason=form.cleaned_data["reason"],
                )
            except Refused as error:
                messages.error(request, error.sentence)
                status = 409
            else:
                messages.success(request, _("The journey goes on by the other version."))
                return redirect("workflow_routes:version", route.key, route.version)
    context = {
        "journey": journey,
        "route": route,
        "form": form,
        "picture": picture_of_journey(journey),
        "versions": versions_to_move_to(journey),
    }
    return render(request, "workflow/routes/move.html", context, status=status)


def _check(request: HttpRequest) -> None:
    if not may_read_routes(request.user):
        raise PermissionDenied


def _has_other_versions(route: Route) -> bool:
    return Route.objects.filter(key=route.key).exclude(pk=route.pk).exists()


def _played(request: HttpRequest, definition: RouteDefinition) -> dict[str, Any]:
    """Return the forms of the simulation, and what the chosen votes came to."""
    empty = FactsForm(route=definition)
    initial = {name: field.initial or "" for name, field in empty.fields.items()}
    facts_form = FactsForm(request.POST or initial, route=definition)
    if not facts_form.is_valid():
        return {"facts_form": facts_form, "votes_form": None}
    facts = facts_form.facts()
    # Other facts bring other participants: then the rows are laid out anew.
    plays = request.method == "POST" and "play" in request.POST
    votes_form = VotesForm(request.POST if plays else None, route=definition, facts=facts)
    context: dict[str, Any] = {"facts_form": facts_form, "votes_form": votes_form}
    if plays and votes_form.is_valid():
        played = play(definition, facts, votes_form.votes())
        labels = all_labels(definition, facts)
        context |= {
            "end": end_of(played),
            "story": list(story_of(played, labels)),
            "without_effect": [
                why_without_effect(vote, why, labels) for vote, why in played.unplayed
            ],
        }
    return context
