"""The published versions of a paper, as far as each was meant for whoever asks.

The trail knows which texts went public, the revisions for whom each was. A version that was
for members stays theirs, also when a later one is for everybody; one of which nobody can say
any more for whom it was is the office's.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from pydantic import BaseModel, Field
from wagtail.models import Page, Revision

from cms.accounts.grants import OFFICE
from cms.archive.models import ArchivePaper
from cms.core import kernel
from cms.core.models import TrailEntry
from home.api.papers import found
from workflow.publications import PUBLISHED, TAKEN_OFFLINE
from workflow.rules.states import Override

# What of a text says for whom it is; links are kept by their number.
_FOR_WHOM = ("audience", "network", "audience_group", "organisation")
_ONLY_OFFICE = frozenset({OFFICE})


class Version(BaseModel):
    number: int = Field(description="Counted among the versions that you may see")
    published_at: datetime = Field(description="When it became public here")
    digest: str = Field(description="SHA-256 of text and files: it names the version for good")
    is_present: bool


class VersionList(BaseModel):
    paper: str
    versions: Sequence[Version] = Field(description="The oldest first")


# When a text became public, its digest, and whether it is the present one.
Told = tuple[datetime, str, bool]


def listed(request: HttpRequest, text: str) -> VersionList:
    identity, record = found(request.user, text)
    if isinstance(record, ArchivePaper):
        told = [(record.imported_at, record.digest, True)] if record.digest else []
    else:
        told = _published(record, kernel.tokens_for(request.user))
    return VersionList(
        paper=str(identity),
        versions=[
            Version(number=number, published_at=at, digest=digest, is_present=is_present)
            for number, (at, digest, is_present) in enumerate(told, start=1)
        ],
    )


def _published(page: Page, tokens: frozenset[str]) -> list[Told]:
    """The texts that went public and that a person with these tokens may know of."""
    acts = _acts(page)
    meant_for = _audiences(page, {payload["revision"] for _, payload in acts})
    return [
        (at, payload["digest"], number == len(acts))
        for number, (at, payload) in enumerate(acts, start=1)
        if meant_for.get(payload["revision"], _ONLY_OFFICE) & tokens
    ]


def _acts(page: Page) -> list[tuple[datetime, dict[str, Any]]]:
    """When which text went public, the oldest first, as the trail says."""
    entries = TrailEntry.objects.filter(
        subject_type=page._meta.label_lower,
        subject_id=str(page.pk),
        action__in=[*PUBLISHED, TAKEN_OFFLINE],
    ).order_by("sequence")
    acts: list[tuple[datetime, dict[str, Any]]] = []
    for at, action, payload in entries.values_list("at", "action", "payload"):
        if action in PUBLISHED:
            acts.append((at, payload))
        elif payload.get("act") == Override.TAKE_OFFLINE:
            # What was taken offline takes the texts before it along.
            acts.clear()
    return acts


def _audiences(page: Any, revisions: Iterable[int]) -> dict[int, frozenset[str]]:
    """Return for whom each revision of a page was: the tokens of which a reader needs one."""
    rows = Revision.objects.for_instance(page).filter(pk__in=revisions)
    return {
        pk: _tokens_of(type(page), content) for pk, content in rows.values_list("pk", "content")
    }


def _tokens_of(model: Any, content: dict[str, Any]) -> frozenset[str]:
    if "audience" not in content:
        return _ONLY_OFFICE
    known = [name for name in _FOR_WHOM if name in content]
    text = model(**{model._meta.get_field(name).attname: content[name] for name in known})
    return kernel.tokens_of(text)
