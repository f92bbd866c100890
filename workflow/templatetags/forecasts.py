"""The end of a journey, for pages that show its stages."""

from django import template

from workflow.actions.standing import Standing
from workflow.forecast import Forecast, forecast_of
from workflow.models import Journey

register = template.Library()


@register.simple_tag
def forecast(journey: Journey, standing: Standing | None = None) -> Forecast:
    return forecast_of(journey, standing)
