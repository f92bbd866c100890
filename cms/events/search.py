"""How series, events and documentations offer themselves to search."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cms.core import kernel
from cms.core.values import FuzzyDate
from cms.documents.reading import file_texts
from cms.events import wording
from cms.events.models import DocumentationPage, EventPage, EventSeriesPage
from cms.events.releases import released_among
from cms.networks.models import Organisation
from cms.networks.search import network_of, organisation_pairs, plain
from search import sources
from search.entries import Entry
from search.sources import ModelSource, key_for, whole_id


def lines_of(stream: Any) -> list[str]:
    """Return the blocks of a stream as plain lines."""
    return [plain(getattr(block.value, "source", block.value)) for block in stream]


def names_of(bodies: Iterable[Organisation]) -> list[str]:
    return [name for body in bodies for name in body.all_names]


def topics_of(record: Any) -> list[str]:
    return [tagged.tag.name for tagged in record.tagged_topics.all()]


def bodies_of(record: Any) -> list[Organisation]:
    """Return host and partners of a series or an event."""
    partners = [partner.organisation for partner in record.partners.all()]
    return [body for body in (record.host, *partners) if body is not None]


class EventSeriesSource(ModelSource):
    model = EventSeriesPage
    kind = "event_series"
    label = _("Series of events")

    def queryset(self) -> QuerySet[Any]:
        pages = EventSeriesPage.objects.live().select_related("host", "programme", "contact")
        return pages.prefetch_related(
            "host__names", "partners__organisation__names", "tagged_topics__tag"
        )

    def describe(self, record: EventSeriesPage) -> Entry:
        bodies = bodies_of(record)
        events = EventPage.objects.child_of(record).live().order_by("takes_place_on")
        first = events.exclude(takes_place_on="").first()
        about = [record.subtitle, record.format, record.addressed_to, record.focus]
        programme = [record.programme.title] if record.programme else []
        return Entry(
            key=key_for(record),
            kind=self.kind,
            title=record.title,
            url=record.url or "",
            tokens=kernel.tokens_of(record),
            text="\n".join(
                [*about, plain(record.abstract), *lines_of(record.leading_questions), *programme]
            ),
            files=file_texts(record),
            reference_number=record.reference_number,
            organisations=organisation_pairs(*bodies),
            organisation_names=names_of(bodies),
            persons=[str(record.contact)] if record.contact else [],
            when=first.takes_place_on if first else FuzzyDate.UNKNOWN,
            topics=topics_of(record),
        )


class EventSource(ModelSource):
    model = EventPage
    kind = "event"
    label = _("Event")
    state_labels = dict(wording.choices(wording.EVENT_STATES))

    def queryset(self) -> QuerySet[Any]:
        pages = EventPage.objects.live().select_related("host", "programme", "contact", "network")
        return pages.prefetch_related(
            "host__names", "network__names", "partners__organisation__names",
            "tagged_topics__tag", "documentations",
        )  # fmt: skip

    def describe(self, record: EventPage) -> Entry:
        bodies = bodies_of(record)
        if record.network is not None:
            bodies.append(record.network)
        about = [str(record.get_kind_display()), record.subtitle, record.place]
        about += [record.addressed_to, record.focus, record.state_reason]
        programme = [record.programme.title] if record.programme else []
        return Entry(
            key=key_for(record),
            kind=self.kind,
            title=record.title,
            url=record.url or "",
            tokens=kernel.tokens_of(record),
            within=[*network_of(record), *series_of(record)],
            text="\n".join(
                [*about, plain(record.abstract), *lines_of(record.questions), *programme]
            ),
            files=file_texts(record),
            reference_number=record.reference_number,
            organisations=organisation_pairs(*bodies),
            organisation_names=names_of(bodies),
            persons=[str(record.contact)] if record.contact else [],
            when=record.takes_place_on,
            topics=topics_of(record),
            state=record.present_state.value,
        )


class DocumentationSource(ModelSource):
    model = DocumentationPage
    kind = "documentation"
    label = _("Documentation")

    def queryset(self) -> QuerySet[Any]:
        pages = DocumentationPage.objects.live().select_related("lead", "network", "event")
        return pages.prefetch_related(
            "lead__names", "network__names", "findings", "quotes__organisation__names",
            "concerns__uptakes__organisation__names", "tagged_topics__tag",
        )  # fmt: skip

    def describe(self, record: DocumentationPage) -> Entry:
        released = released_among(record, record.quotes.all())
        uptakes = [one.organisation for c in record.concerns.all() for one in c.uptakes.all()]
        quoted = [quote.organisation for quote in released if quote.organisation]
        named = [body for body in (record.lead, record.network) if body is not None]
        bodies = [*named, *uptakes, *quoted]
        findings = [f"{one.text} {one.evidence}" for one in record.findings.all()]
        concerns = [f"{one.text} {one.asked_by} {one.formats}" for one in record.concerns.all()]
        body = [*lines_of(record.leading_questions), *lines_of(record.body)]
        return Entry(
            key=key_for(record),
            kind=self.kind,
            title=record.title,
            url=record.url or "",
            tokens=kernel.tokens_of(record),
            within=[*network_of(record), *series_of(record.event)],
            text="\n".join(
                [record.summary, *body, *findings, *[quote.text for quote in released], *concerns]
            ),
            files=file_texts(record),
            reference_number=record.reference_number,
            organisations=organisation_pairs(*dict.fromkeys(bodies)),
            organisation_names=names_of(dict.fromkeys(bodies)),
            persons=[quote.speaker for quote in released if quote.speaker],
            when=record.documented_on,
            topics=topics_of(record),
        )


def series_of(event: EventPage | None) -> list[str]:
    """Return the id of the series that an event is part of, if there is one."""
    series = event.series if event else None
    return [whole_id(EventSeriesSource.kind, series.pk)] if series else []


def register() -> None:
    sources.register_whole(EventSeriesSource.kind, EventSeriesPage)
    for source in (EventSeriesSource(), EventSource(), DocumentationSource()):
        sources.register(source)
