"""Is what the public sees what was agreed on? Asked of the trail.

The guards refuse whoever goes through Wagtail or the models. A statement sent
to the database itself asks no guard: it is found here, as the trail says which
text of each page went public last, and by which act one was taken offline.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.core.doctor import Finding
from cms.core.models import TrailEntry
from workflow import digests
from workflow.governed import GovernedPage
from workflow.rules.states import Override

PUBLISHED = ("workflow.published", "workflow.taken_over")
TAKEN_OFFLINE = "workflow.overridden"
# So many are named; who sees these knows enough.
MOST_NAMED = 10


class Doubt(StrEnum):
    NOT_ON_RECORD = "not_on_record"
    OTHER_REVISION = "other_revision"
    OTHER_TEXT = "other_text"
    HIDDEN = "hidden"
    GONE = "gone"


SENTENCES = {
    Doubt.NOT_ON_RECORD: _("is public and was never agreed on"),
    Doubt.OTHER_REVISION: _("shows another revision than the one agreed on"),
    Doubt.OTHER_TEXT: _("shows another text than the one agreed on"),
    Doubt.HIDDEN: _("was agreed on and is not public"),
    Doubt.GONE: _("was agreed on and is gone"),
}


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A page that is not as the trail says; `page` is the model and the number of its row."""

    page: str
    title: str
    doubt: Doubt

    def __str__(self) -> str:
        return f"{self.title or '?'} ({self.page}): {SENTENCES[self.doubt]}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many public pages there are, and which pages are not as the trail says."""

    public: int
    doubtful: tuple[Doubtful, ...]


def compare(*, with_texts: bool) -> Comparison:
    """Compare every governed page with the trail.

    `with_texts` reads each public text and takes its digest anew: a few queries
    for every page. Without it only revisions are compared: two queries for every
    kind of page.
    """
    kinds = [
        _compare(model, with_texts)
        for model in apps.get_models()
        if issubclass(model, GovernedPage) and issubclass(model, Page)
    ]
    return Comparison(
        sum(one.public for one in kinds), tuple(page for one in kinds for page in one.doubtful)
    )


@dataclass(frozen=True, slots=True)
class Publication:
    """One text that went public; `withdrawn` when it was taken offline by an act of its own.

    Counted from 1. What was taken offline takes the texts before it along.
    """

    number: int
    at: datetime
    revision: int
    digest: str
    withdrawn: bool = False


def publications_of(page: Page) -> list[Publication]:
    """Return what of this page ever went public, the oldest first; one query."""
    entries = TrailEntry.objects.filter(
        subject_type=page._meta.label_lower,
        subject_id=str(page.pk),
        action__in=[*PUBLISHED, TAKEN_OFFLINE],
    ).order_by("sequence")
    found: list[Publication] = []
    for at, action, payload in entries.values_list("at", "action", "payload"):
        if action in PUBLISHED:
            found.append(Publication(len(found) + 1, at, payload["revision"], payload["digest"]))
        elif payload.get("act") == Override.TAKE_OFFLINE:
            found = [replace(one, withdrawn=True) for one in found]
    return found


def examine() -> Finding:
    """What the doctor says: the quick comparison, without reading the texts."""
    found = compare(with_texts=False)
    if found.doubtful:
        named = "; ".join(str(one) for one in found.doubtful[:MOST_NAMED])
        return Finding(
            False,
            gettext("%(number)d pages are not as the trail says: %(pages)s.")
            % {"number": len(found.doubtful), "pages": named},
            gettext(
                "Somebody wrote into the database past Umlauf. Compare with the last backup; "
                "manage.py verify_publications reads the texts too."
            ),
        )
    as_recorded = gettext("%(count)d public pages, each as the trail says")
    return Finding(True, as_recorded % {"count": found.public})


def _compare(model: type[Page], with_texts: bool) -> Comparison:
    label = model._meta.label_lower
    agreed = _last_public_texts(label)
    public, found = 0, []
    for page in model._default_manager.order_by("pk").iterator():
        record = agreed.pop(str(page.pk), None)
        public += page.live
        if (doubt := _doubt(page, record, with_texts)) is not None:
            found.append(Doubtful(f"{label} {page.pk}", page.title, doubt))
    gone = [key for key, record in agreed.items() if record is not None]
    found += [Doubtful(f"{label} {key}", "", Doubt.GONE) for key in gone]
    return Comparison(public, tuple(found))


def _last_public_texts(label: str) -> dict[str, dict[str, Any] | None]:
    """Return, by the page's number, the entry of its last publication; None: taken offline."""
    entries = TrailEntry.objects.filter(
        subject_type=label, action__in=[*PUBLISHED, TAKEN_OFFLINE]
    ).order_by("sequence")
    texts: dict[str, dict[str, Any] | None] = {}
    for key, action, payload in entries.values_list("subject_id", "action", "payload").iterator():
        if action in PUBLISHED:
            texts[key] = payload
        elif payload.get("act") == Override.TAKE_OFFLINE:
            texts[key] = None
    return texts


def _doubt(page: Any, record: dict[str, Any] | None, with_texts: bool) -> Doubt | None:
    if not page.live:
        return Doubt.HIDDEN if record is not None else None
    if record is None:
        return Doubt.NOT_ON_RECORD
    if page.live_revision_id != record["revision"]:
        return Doubt.OTHER_REVISION
    if with_texts and digests.digest_of_public_text(page) != record["digest"]:
        return Doubt.OTHER_TEXT
    return None
