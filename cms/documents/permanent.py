"""What stands behind a permanent id, for one person; and how a paper is cited by it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from cms.core import kernel
from search import permanent
from search.citing import FORM_NAMES, Form, cited, sentence
from search.models import PermanentId
from search.sources import key_for, source_of
from search.wording import kind_labels
from workflow.governed import GovernedPage
from workflow.publications import Publication, publications_of


class NotFound(Exception):
    """There is nothing here for this person, and nothing to say about it."""


class Withdrawn(Exception):
    """Something was here that this person could read; `title` only where they still may know it."""

    def __init__(self, title: str = "") -> None:
        super().__init__(title)
        self.title = title


@dataclass(frozen=True, slots=True)
class Version:
    """The text of one publication; `newest` is the number of the one that is public now."""

    number: int
    newest: int
    day: str
    text: Any
    address: str

    @property
    def is_older(self) -> bool:
        return self.number < self.newest


@dataclass(frozen=True, slots=True)
class Citation:
    sentence: str
    address: str
    exports: Sequence[tuple[str, str]]


def address_for(user: kernel.Somebody, permanent_id: str) -> str:
    """Return where the paper is read now. Raises NotFound and Withdrawn."""
    _row, url = _opened(user, permanent_id)
    return url


def version_for(user: kernel.Somebody, permanent_id: str, number: int) -> Version:
    """Return one publication of a paper that this person may read now, and could read then."""
    row, url = _opened(user, permanent_id)
    page = _record(row)
    publications = publications_of(page) if isinstance(page, GovernedPage) else []
    if not 1 <= number <= len(publications):
        raise NotFound
    chosen = publications[number - 1]
    revision = Revision.objects.filter(pk=chosen.revision).first()
    if chosen.withdrawn or revision is None:
        raise Withdrawn
    text = revision.as_object()
    if not kernel.tokens_of(text) & kernel.tokens_for(user):
        raise NotFound
    return Version(number, len(publications), _day(chosen), text, url)


def citation_of(record: Model, base: str, number: int | None = None) -> Citation | None:
    """Return how a record is cited that is shown to somebody already; two queries.

    `number` names an older version; without it the newest is meant. None as long as it
    has not been found by search.
    """
    row = permanent.row_for(key_for(record))
    if row is None:
        return None
    path, version = _address(row, record, number)
    return Citation(
        sentence(permanent.as_hit(row), base + path, kinds=kind_labels(), version=version),
        base + path,
        [
            (name, reverse(f"permanent_{form}", args=[row.pk]) + _asked(number))
            for form, name in FORM_NAMES.items()
        ],
    )


def reference_for(
    user: kernel.Somebody, permanent_id: str, form: Form, *, base: str, number: int | None
) -> str:
    """Return the reference of one paper for a reference manager."""
    row, _url = _opened(user, permanent_id)
    if number is not None:
        version_for(user, permanent_id, number)
    path, version = _address(row, _record(row), number)
    hit = permanent.as_hit(row)
    return cited(
        [hit], form, base=base, kinds=kind_labels(), paths={hit.key: path}, version=version
    )


def _opened(user: kernel.Somebody, permanent_id: str) -> tuple[PermanentId, str]:
    """Return the row and the present address, for who may read the paper."""
    row = permanent.row_of(permanent_id)
    source = source_of(row.key) if row else None
    if row is None or source is None:
        raise NotFound
    entry = source.entry(row.key)
    if entry is None:
        # Whoever it was meant for last may know that there was something.
        if not kernel.tokens_for(user) & set(row.tokens):
            raise NotFound
        raise Withdrawn(_title_for(user, row))
    if not row.shown or not source.visible_keys(user, [row.key]):
        raise NotFound
    return row, entry.url


def _title_for(user: kernel.Somebody, row: PermanentId) -> str:
    record = _record(row)
    may_see = record is not None and kernel.check(user, kernel.Verb.VIEW, record)
    return str(record) if may_see else ""


def _record(row: PermanentId) -> Any:
    """Return the row of the chapter's own table; None when it is gone."""
    label, _colon, pk = row.key.partition(":")
    return apps.get_model(label)._default_manager.filter(pk=pk).first()


def _address(row: PermanentId, record: Any, number: int | None) -> tuple[str, str]:
    """Return the permanent path of a version, and its name in words."""
    publications = publications_of(record) if isinstance(record, GovernedPage) else []
    if not publications or not isinstance(record, Page):
        return permanent.path_of(row.pk), ""
    chosen = publications[number - 1] if number else publications[-1]
    words = {"number": chosen.number, "day": _day(chosen)}
    return permanent.path_of(row.pk, chosen.number), _("version %(number)s of %(day)s") % words


def _day(publication: Publication) -> str:
    return date_format(timezone.localtime(publication.at), "DATE_FORMAT")


def _asked(number: int | None) -> str:
    return f"?fassung={number}" if number else ""
