"""What templates ask about journeys."""

from typing import Any

from django import template

from workflow.models import Journey
from workflow.telling.pictures import picture_of_journey

register = template.Library()


@register.inclusion_tag("workflow/parts/picture.html")
def journey_picture(journey: Journey) -> dict[str, Any]:
    """Draw a journey with the state of each stage, and say the same in words."""
    return {"picture": picture_of_journey(journey)}
