"""How series, events and documentations are told to programs."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel

from cms.core import kernel
from cms.core.kernel import Somebody
from cms.events.models import DocumentationPage, EventPage, EventSeriesPage
from cms.events.releases import released_among
from cms.networks.api import Named, PaperKind, VagueDate, lines_of, vague
from cms.networks.search import plain


class EventSeries(BaseModel):
    kind: Literal["event_series"] = "event_series"
    subtitle: str
    format: str
    addressed_to: str
    focus: str
    abstract: str
    leading_questions: Sequence[str]
    announced_at: str
    announced_at_url: str


def _host_and_partners(record: Any) -> Iterable[Named]:
    if record.host:
        yield "host", record.host
    for partner in record.partners.all():
        yield partner.role, partner.organisation


class EventSeriesKind(PaperKind):
    kind = "event_series"
    model = EventSeriesPage
    body_fields = ("host", "partners__organisation")
    fetched = ("host__names", "partners__organisation__names", "tagged_topics__tag")

    def named_in(self, record: EventSeriesPage) -> Iterable[Named]:
        return _host_and_partners(record)

    def details_of(self, record: EventSeriesPage, user: Somebody) -> EventSeries:
        return EventSeries(
            subtitle=record.subtitle,
            format=record.format,
            addressed_to=record.addressed_to,
            focus=record.focus,
            abstract=plain(record.abstract),
            leading_questions=lines_of(record.leading_questions),
            announced_at=record.announce_at,
            announced_at_url=record.announce_at_url,
        )


class Event(BaseModel):
    kind: Literal["event"] = "event"
    event_kind: str
    number: int | None
    subtitle: str
    takes_place_on: VagueDate
    starts_at: datetime | None
    ends_at: datetime | None
    time_zone: str
    duration: str
    place: str
    online: bool
    addressed_to: str
    focus: str
    abstract: str
    questions: Sequence[str]
    postponed_from: VagueDate
    state_reason: str
    announcement: str
    documentations: Sequence[str]


class Events(PaperKind):
    kind = "event"
    model = EventPage
    dates = ("takes_place_on",)
    body_fields = ("host", "partners__organisation")
    fetched = ("host__names", "partners__organisation__names", "tagged_topics__tag")

    def named_in(self, record: EventPage) -> Iterable[Named]:
        return _host_and_partners(record)

    def details_of(self, record: EventPage, user: Somebody) -> Event:
        documented = kernel.visible(user, record.documentations.filter(live=True)).order_by("pk")
        has_reason = record.state in ("cancelled", "postponed")
        return Event(
            event_kind=record.kind,
            number=record.number,
            subtitle=record.subtitle,
            takes_place_on=vague(record.takes_place_on),
            starts_at=record.starts_at,
            ends_at=record.ends_at,
            time_zone=record.time_zone,
            duration=record.duration,
            place=record.place,
            online=record.online,
            addressed_to=record.addressed_to,
            focus=record.focus,
            abstract=plain(record.abstract),
            questions=lines_of(record.questions),
            postponed_from=vague(record.postponed_from),
            state_reason=record.state_reason if has_reason else "",
            announcement=str(record.announcement),
            documentations=[f"documentation-{one.pk}" for one in documented],
        )


class FindingTold(BaseModel):
    text: str
    kind: str
    applies_to: str
    evidence: str


class QuoteTold(BaseModel):
    text: str
    speaker: str
    organisation: str | None


class ConcernTold(BaseModel):
    text: str
    kind: str
    status: str
    asked_by: str
    formats: str
    due: VagueDate
    taken_up_by: Sequence[str]
    result: str | None
    result_note: str


class Documentation(BaseModel):
    kind: Literal["documentation"] = "documentation"
    event: str | None
    authors: str
    documented_on: VagueDate
    summary: str
    participants_total: int | None
    municipal_representatives: int | None
    municipalities: int | None
    leading_questions: Sequence[str]
    text: Sequence[str]
    findings: Sequence[FindingTold]
    quotes: Sequence[QuoteTold]
    concerns: Sequence[ConcernTold]


class Documentations(PaperKind):
    kind = "documentation"
    model = DocumentationPage
    dates = ("documented_on",)
    body_fields = ("lead",)
    fetched = ("lead__names", "tagged_topics__tag")

    def named_in(self, record: DocumentationPage) -> Iterable[Named]:
        if record.lead:
            yield "lead", record.lead

    def details_of(self, record: DocumentationPage, user: Somebody) -> Documentation:
        event = record.event
        if event is not None and not (event.live and kernel.check(user, kernel.Verb.VIEW, event)):
            event = None
        quotes = released_among(record, record.quotes.prefetch_related("organisation__names"))
        return Documentation(
            event=f"event-{event.pk}" if event else None,
            authors=record.authors,
            documented_on=vague(record.documented_on),
            summary=record.summary,
            participants_total=record.participants_total,
            municipal_representatives=record.municipal_representatives,
            municipalities=record.municipalities,
            leading_questions=lines_of(record.leading_questions),
            text=lines_of(record.body),
            findings=[
                FindingTold(
                    text=one.text, kind=one.kind, applies_to=one.applies_to, evidence=one.evidence
                )
                for one in record.findings.all()
            ],
            quotes=[_quote(one) for one in quotes],
            concerns=[_concern(one) for one in record.concerns_for(user)],
        )


def _quote(quote: Any) -> QuoteTold:
    by = quote.organisation
    return QuoteTold(
        text=quote.text, speaker=quote.speaker, organisation=by.present_name if by else None
    )


def _concern(concern: Any) -> ConcernTold:
    return ConcernTold(
        text=concern.text,
        kind=concern.kind,
        status=concern.status,
        asked_by=concern.asked_by,
        formats=concern.formats,
        due=vague(concern.due),
        taken_up_by=[str(one.organisation_id) for one in concern.uptakes.all()],
        result=concern.result.title if concern.result else None,
        result_note=concern.result_note,
    )
