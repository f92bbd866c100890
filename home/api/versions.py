"""The published versions of a paper, as far as each was meant for whoever asks.

The trail knows which texts went public, the revisions for whom each was. A version that was
for members stays theirs, also when a later one is for everybody; one of which nobody can say
any more for whom it was is the office's.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from pydantic import BaseModel, Field
from wagtail.models import Page, Revision

from cms.accounts.grants import OFFICE
from cms.archive.models import ArchivePaper
from cms.core import kernel
from home.api.papers import found
from workflow.publications import Publication, publications_of

# What of a text says for whom it is; links are kept by their number.
_FOR_WHOM = ("audience", "network", "audience_group", "organisation")
_ONLY_OFFICE = frozenset({OFFICE})


class Version(BaseModel):
    number: int = Field(description="Lasting, as in `/d/…/{number}`; not all may be for you")
    published_at: datetime = Field(description="When it became public here")
    digest: str = Field(description="SHA-256 of text and files: it names the version for good")
    is_present: bool


class VersionList(BaseModel):
    paper: str
    versions: Sequence[Version] = Field(description="The oldest first")


def listed(request: HttpRequest, text: str) -> VersionList:
    identity, record = found(request.user, text)
    if isinstance(record, ArchivePaper):
        told = [(1, record.imported_at, record.digest)] if record.digest else []
        present = 1
    else:
        acts = publications_of(record)
        told = list(_told(record, acts, kernel.tokens_for(request.user)))
        present = len(acts)
    return VersionList(
        paper=str(identity),
        versions=[
            Version(number=number, published_at=at, digest=digest, is_present=number == present)
            for number, at, digest in told
        ],
    )


def _told(
    page: Page, acts: Sequence[Publication], tokens: frozenset[str]
) -> Iterator[tuple[int, datetime, str]]:
    """Number, day and digest of the texts that a person with these tokens may know of."""
    still = [act for act in acts if not act.withdrawn]
    meant_for = _audiences(page, {act.revision for act in still})
    for act in still:
        if meant_for.get(act.revision, _ONLY_OFFICE) & tokens:
            yield act.number, act.at, act.digest


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
