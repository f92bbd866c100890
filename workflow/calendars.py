"""The public holidays of the sixteen Länder, as the library `holidays` knows them."""

from datetime import date
from functools import lru_cache
from typing import Any

import holidays
from django.conf import settings
from django.core import checks

from workflow.models import Journey
from workflow.rules.faults import LAENDER
from workflow.rules.workdays import Workdays


@lru_cache(maxsize=32)
def workdays_in(land: str) -> Workdays:
    """Return the working days of a Land (`SN`); without one only holidays of all Länder count.

    Holidays of single municipalities (Augsburg, Catholic Bavaria) are none here.
    """
    calendar = holidays.country_holidays("DE", subdiv=land or None)

    def is_holiday(day: date) -> bool:
        return day in calendar

    return Workdays(is_holiday)


def workdays_of(journey: Journey) -> Workdays:
    """Return the working days by which a journey's deadlines are counted."""
    return workdays_in(journey.route.definition.get("land") or settings.WORKFLOW_LAND)


@checks.register()
def check_land(**kwargs: Any) -> list[checks.CheckMessage]:
    """A Land that does not exist is found at the start, not when the first deadline is counted."""
    if settings.WORKFLOW_LAND in LAENDER | {""}:
        return []
    message = f"WORKFLOW_LAND is “{settings.WORKFLOW_LAND}”, which is no Land."
    return [checks.Error(message, hint="One of " + ", ".join(sorted(LAENDER)), id="workflow.E001")]
