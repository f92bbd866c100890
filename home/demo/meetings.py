"""The real seminar series and the real conference, as far as the sources know them."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from cms.core.papers import Origin
from cms.core.values import FuzzyDate
from cms.documents.models import Reference
from cms.events.models import (
    Concern,
    ConcernUptake,
    DocumentationPage,
    EventPage,
    EventPartner,
    EventSeriesPage,
    Finding,
    SeriesPartner,
)
from cms.events.rules import (
    ConcernKind,
    ConcernStatus,
    EventKind,
    EventState,
    ProgrammeState,
    RegistrationState,
)
from cms.networks.models import Person, Programme
from home.demo.keep import Keeper, with_children
from home.demo.material import read
from home.demo.references import refer
from home.demo.streams import question_stream, text_stream
from home.demo.tree import Tree

Data = dict[str, Any]
BERLIN = ZoneInfo("Europe/Berlin")
WEDNESDAY = 2


def load_facts(keep: Keeper, tree: Tree) -> None:
    data = read("facts/pages")
    series = data["event_series"]
    parent = keep.paper(tree.events, series["slug"], lambda: _series(keep, series))
    for one in series["events"]:
        keep.paper(parent, one["slug"], lambda one=one: _part(one))  # type: ignore[misc]
    _conference(keep, tree, data["conference"])


def _series(keep: Keeper, one: Data) -> EventSeriesPage:
    page = EventSeriesPage(
        **_announced(keep, one),
        format=one["format"],
        addressed_to=one["addressed_to"],
        focus=one["focus"],
        image_credit=one["image_credit"],
        announce_at=one["announce_at"],
        leading_questions=question_stream(one["slug"], one["leading_questions"]),
        programme_state=ProgrammeState.PENDING.value,
        registration_state=RegistrationState.NOT_OPEN.value,
    )
    with_children(
        page,
        partners=[
            SeriesPartner(organisation=keep.body(partner["organisation"]), role=partner["role"])
            for partner in one["partners"]
        ],
    )
    return page


def _part(one: Data) -> EventPage:
    """Return one afternoon of the series; only its announcement is known."""
    return EventPage(
        title=one["title"],
        kind=EventKind.SEMINAR.value,
        number=one["number"],
        questions=question_stream(one["slug"], one["questions"]),
        starts_at=datetime.combine(one["day"], time(14), BERLIN),
        ends_at=datetime.combine(one["day"], time(17), BERLIN),
        takes_place_on=FuzzyDate.day(one["day"]),
        stated_weekday=WEDNESDAY,
        state=EventState.ANNOUNCED.value,
        origin=Origin.TAKEN_OVER,
    )


def _announced(keep: Keeper, one: Data) -> Data:
    """Return what a series and a single event have in common."""
    return {
        "title": one["title"],
        "host": keep.body(one["host"]),
        "programme": Programme.objects.get(key=one["programme"]),
        "contact": Person.objects.get(key=one["contact"]),
        "abstract": one["abstract"],
        "origin": Origin.TAKEN_OVER,
    }


def _conference(keep: Keeper, tree: Tree, one: Data) -> None:
    event = keep.paper(tree.events, one["slug"], lambda: _event(keep, one), on=one["day"])
    page = keep.paper(
        event, "dokumentation", lambda: _documentation(keep, one, event), on=one["day"]
    )
    source = "Tagungsbericht 2012"
    refer(keep, page, Reference.Kind.DOCUMENTS, event, source)
    refer(
        keep, event, Reference.Kind.FUNDED_BY, Programme.objects.get(key=one["programme"]), source
    )


def _event(keep: Keeper, one: Data) -> EventPage:
    page = EventPage(
        **_announced(keep, one),
        kind=EventKind.CONFERENCE.value,
        takes_place_on=FuzzyDate.day(one["day"]),
        duration=one["duration"],
        place=one["place"],
        questions=question_stream(one["slug"], one["leading_questions"]),
        state=EventState.HELD.value,
    )
    with_children(
        page,
        partners=[
            EventPartner(organisation=keep.body(partner["organisation"]), role=partner["role"])
            for partner in one["partners"]
        ],
    )
    return page


def _documentation(keep: Keeper, one: Data, event: EventPage) -> DocumentationPage:
    numbers = ("participants_total", "municipal_representatives", "municipalities")
    page = DocumentationPage(
        title=f"Dokumentation: {one['title']}",
        event=event,
        lead=keep.body(one["host"]),
        documented_on=FuzzyDate.UNKNOWN,
        summary=one["summary"],
        leading_questions=question_stream("kommunentagung", one["leading_questions"]),
        body=text_stream(
            "kommunentagung", [("Die dringlichsten Themen der Teilnehmenden", (), one["pressing"])]
        ),
        origin=Origin.TAKEN_OVER,
        **{name: one[name] for name in numbers},
    )
    with_children(page, findings=[Finding(**finding) for finding in one["findings"]])
    with_children(page, concerns=[_concern(keep, one["concern"])])
    return page


def _concern(keep: Keeper, one: Data) -> Concern:
    concern = Concern(
        text=one["text"],
        kind=ConcernKind.CONTINUATION.value,
        asked_by=one["asked_by"],
        formats=one["formats"],
        status=ConcernStatus.WILLINGNESS_DECLARED.value,
    )
    with_children(
        concern, uptakes=[ConcernUptake(organisation=keep.body(key)) for key in one["taken_up_by"]]
    )
    return concern
