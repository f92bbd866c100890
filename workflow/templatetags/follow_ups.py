"""A person's own follow-ups, wherever a page wants to show them."""

from typing import Any

from django import template

from workflow import follow_ups as reading
from workflow.models import FollowUp, Journey

register = template.Library()
register.filter("is_due", reading.is_due)


@register.inclusion_tag("workflow/parts/follow_up.html", takes_context=True)
def follow_ups_on(context: dict[str, Any], journey: Journey) -> dict[str, Any]:
    """Show this person's follow-ups on a paper, and the form for another."""
    request = context["request"]
    noted: list[FollowUp] = list(reading.follow_ups_on(journey, request.user))
    return {"journey": journey, "noted": noted, "form": reading.form_for(), "request": request}


@register.inclusion_tag("workflow/parts/follow_ups.html", takes_context=True)
def my_follow_ups(context: dict[str, Any]) -> dict[str, Any]:
    """Show this person's follow-ups on all papers, the nearest first."""
    request = context["request"]
    return {"mine": reading.follow_ups_of(request.user), "request": request}
