"""Small reading aids for the pages of papers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import template
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from cms.agreements.models import SigningRound
from cms.agreements.register import Register, RegisterEntry
from cms.core.values import FuzzyDate
from cms.documents.models import Attachment
from cms.documents.permanent import Citation
from cms.documents.permanent import citation_of as read_citation
from cms.documents.reading import attachments_of as read_attachments
from cms.documents.reading import links_of
from cms.networks.models import Organisation, Programme

register = template.Library()


@register.filter
def name_on(organisation: Organisation, when: FuzzyDate | date | None) -> str:
    """The name the body had then; its present one where the date is not known."""
    day = when.latest if isinstance(when, FuzzyDate) else when
    return organisation.name_on(day or timezone.localdate())


@register.filter
def lines(text: str) -> list[str]:
    """The lines of a field that takes one thing per line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


@register.filter
def of_round(signatories: Register, signing_round: SigningRound) -> list[RegisterEntry]:
    """The lines of a register that belong to one round."""
    return [entry for entry in signatories.entries if entry.round.pk == signing_round.pk]


@register.simple_tag
def attachments_of(page: Page) -> Sequence[Attachment]:
    return read_attachments(page)


@register.simple_tag(takes_context=True)
def citation_of(context: dict[str, Any], record: Model) -> Citation | None:
    """How a paper is cited, the version that is shown; nothing while a draft is looked at."""
    request = context["request"]
    if getattr(request, "is_preview", False):
        return None
    version = context.get("shown_version")
    base = request.build_absolute_uri("/").rstrip("/")
    return read_citation(record, base, version.number if version else None)


@dataclass(frozen=True, slots=True)
class Related:
    """A record that a reference leads to, or comes from."""

    title: str
    url: str
    relation: str
    leads_here: bool
    is_sure: bool
    note: str


@register.simple_tag(takes_context=True)
def references_of(context: dict[str, Any], record: Model) -> list[Related]:
    """The references of a record whose other end this person may see."""
    given = context.get("links")
    links = links_of(context["request"].user, record) if given is None else given
    return [
        Related(
            title=str(link.record),
            url=address_of(link.record),
            relation=link.relation,
            leads_here=link.leads_here,
            is_sure=link.certainty == "stated",
            note=link.note,
        )
        for link in links
    ]


@register.filter
def address_of(record: Model) -> str:
    """Where a record is shown; empty for one that has no page of its own."""
    if isinstance(record, Page):
        return record.url or ""
    if isinstance(record, Organisation):
        return reverse("organisation", args=[record.pk])
    if isinstance(record, Programme):
        return reverse("organisation", args=[record.owner_id]) + f"#programm-{record.pk}"
    return ""
