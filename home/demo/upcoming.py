"""Invented events ahead, counted from the day of loading."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from cms.core.papers import Audience, Origin
from cms.core.values import FuzzyDate
from cms.events.models import EventPage
from home.demo.keep import Keeper
from home.demo.material import read
from home.demo.tree import Tree
from home.demo.words import NETWORK


def load_upcoming(keep: Keeper, tree: Tree, *, today: date) -> None:
    for one in read("invented/upcoming")["event"]:
        keep.paper(
            tree.events,
            f"kommend-{one['slug']}",
            lambda one=one: upcoming(keep, one, today),  # type: ignore[misc]
        )


def upcoming(keep: Keeper, one: dict[str, Any], today: date) -> EventPage:
    day = _working_day(today + timedelta(days=one["in_days"]))
    begins = datetime.combine(day, time(10), ZoneInfo("Europe/Berlin"))
    old_date = FuzzyDate.UNKNOWN
    if "postponed_before" in one:
        old_date = FuzzyDate.day(_working_day(day - timedelta(days=one["postponed_before"])))
    is_open = one["registration_state"] == "open"
    return EventPage(
        title=one["title"],
        kind=one["kind"],
        host=keep.body("gemeindeverband-seenland"),
        network=keep.body(NETWORK),
        audience=Audience.MEMBERS if one.get("members") else Audience.PUBLIC,
        origin=Origin.TAKEN_OVER,
        takes_place_on=FuzzyDate.day(day),
        starts_at=begins,
        ends_at=begins.replace(hour=15),
        place=one.get("place", ""),
        online=one.get("online", False),
        programme_state=one["programme_state"],
        registration_state=one["registration_state"],
        registration_url="https://anmeldung.example.org/" if is_open else "",
        state=one["state"],
        state_reason=one.get("reason", ""),
        postponed_from=old_date,
        abstract=f"<p>{one['text']}</p>",
    )


def _working_day(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))
