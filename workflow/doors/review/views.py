"""The page of a journey: to read, to preview, as PDF. Its verbs are in workflow.doors.review.verbs.

GET changes nothing. Who has nothing to do with a journey gets a 404.
"""

from dataclasses import dataclass, field
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from cms.core import trail
from workflow import reading
from workflow.access import journey_for
from workflow.doors.review import pdf
from workflow.doors.review.forms import DecisionForm, PointRow, empty_rows
from workflow.models import Journey, Stage
from workflow.wording import JOURNEY_STATUS


@dataclass(slots=True)
class Typed:
    """What somebody typed into a form that could not be followed: shown again, not lost."""

    form: DecisionForm = field(default_factory=DecisionForm)
    rows: list[PointRow] = field(default_factory=empty_rows)
    notes: dict[int, str] = field(default_factory=dict)
    reason: str = ""

    @property
    def points(self) -> list[PointRow]:
        return [row for row in self.rows if row.text.strip()]

    @property
    def begins_points(self) -> bool:
        """Whether the list of points is open from the start."""
        return len(self.rows) > len(empty_rows()) or any(row.place or row.text for row in self.rows)


@login_required
@never_cache
@require_GET
def review(request: HttpRequest, journey_id: int) -> HttpResponse:
    journey = journey_for(request.user, journey_id)
    return show(request, journey, Typed(rows=empty_rows(request.GET.get("stelle", ""))))


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


@login_required
@never_cache
@require_GET
def as_pdf(request: HttpRequest, journey_id: int) -> HttpResponse:
    """Hand out the text that is decided on as a file, with its digest on every page."""
    journey = journey_for(request.user, journey_id)
    standing = reading.standing_of(journey)
    if standing is None:
        raise Http404
    response = HttpResponse(pdf.pdf_of(standing), content_type="application/pdf")
    name = f"umlauf-{journey.pk}-{standing.digest[:8]}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def show(
    request: HttpRequest, journey: Journey, typed: Typed | None = None, status: int = 200
) -> HttpResponse:
    """Return the page as this person sees it, with what they typed."""
    typed = typed or Typed()
    user = request.user
    standing = reading.standing_of(journey)
    entries = list(trail.entries_about(standing.subject)) if standing else []
    of_paper = Journey.objects.of(standing.subject) if standing else [journey]
    stages = list(Stage.objects.filter(journey__in=of_paper).select_related("journey"))
    screen = reading.screen_of(user, stages, entries)
    returns = reading.returns_of(user, journey, standing, screen)
    context: dict[str, Any] = {
        "journey": journey,
        "status_label": JOURNEY_STATUS[journey.status],  # type: ignore[index]
        "stages": reading.stages_of(journey, screen),
        "returns": returns,
        "standing": standing,
        "typed": typed,
    }
    if standing is not None:
        points = reading.points_by_place(returns)
        say = reading.say_of(user, standing)
        context |= {
            "comparison": reading.comparison_for(user, standing, points),
            "say": say,
            "places": reading.place_choices(standing) if say.targets else [],
            "may_withdraw": reading.may_withdraw(user, standing),
            "edit_url": reading.edit_url(user, standing),
            "resubmission": reading.resubmission_of(user, standing),
            "overrides": reading.overrides_for(user, standing),
            "record": reading.record_of(entries, stages, screen),
        }
    return render(request, "workflow/review.html", context, status=status)
