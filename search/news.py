"""Telling people of new hits of their saved searches: each once, and only what they may see.

Found hits become known and the letter about them a row of the outbox in one transaction, under
the lock of the search: a worker killed in between leaves neither or both, and of two that look at
the same time one finds nothing left to tell. Whoever writes the letter asks the database again;
what the person may not see then is not told and not known any more, so that it is new
should it become visible.

What is to be told at once is asked of the papers that were just written, one small question for
each such search; all hits of a search are looked at once a day or a week.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext, override

from cms.core import due, outbox
from cms.core.models import OutboxRow
from search import asking, permanent
from search.errors import EngineUnavailable
from search.indexing import WRITTEN
from search.models import KnownHit, PermanentId, SavedSearch
from search.saved import next_time, question_of, token_for
from search.sources import visible_keys
from search.wording import kind_labels

LOOK = "search.look"
LETTER = "search.letter"

# Of more papers at once the whole search is asked: an import, not an editor.
_MOST_ASKED = 500
_MOST_LOOKED_AT = 500
_MOST_LISTED = 20


def look_when_due(now: datetime) -> int:
    """Note which searches are to be looked at as a whole; return how many."""
    waiting = SavedSearch.objects.filter(next_at__lte=now).order_by("next_at")
    return sum(_note_look(search, now) for search in waiting[:_MOST_LOOKED_AT])


@transaction.atomic
def _note_look(search: SavedSearch, now: datetime) -> int:
    """The next time is put forward together with the row: two timers note it once."""
    here = SavedSearch.objects.filter(pk=search.pk, next_at=search.next_at)
    if not here.update(next_at=next_time(search.pace, now)):
        return 0
    outbox.put(LOOK, str(search.pk), {"search": search.pk})
    return 1


# Behind everything else: nobody's publication waits for letters.
@outbox.handler(WRITTEN, batch_size=100, leased=True, housekeeping=True)
def ask_of_written(rows: Sequence[OutboxRow]) -> None:
    keys = frozenset(key for row in rows for key in row.payload["keys"])
    for search in SavedSearch.objects.told_at_once().select_related("person"):
        _look(search, among=keys if len(keys) <= _MOST_ASKED else None)


@outbox.handler(LOOK, batch_size=20, leased=True, housekeeping=True)
def ask_as_a_whole(rows: Sequence[OutboxRow]) -> None:
    searches = SavedSearch.objects.filter(pk__in=[row.payload["search"] for row in rows])
    for search in searches.select_related("person"):
        _look(search, among=None)


def _look(search: SavedSearch, *, among: frozenset[str] | None) -> None:
    if not search.is_told or not search.person.is_active:
        return
    question = replace(question_of(search), among=among)
    try:
        hits = asking.find(question, user=search.person).hits
    except EngineUnavailable as reason:
        raise outbox.LeaveForLater(str(reason)) from reason
    if not hits and among is not None:
        return
    rows = permanent.rows_for([hit.key for hit in hits])
    # In the order of the hits, the newest first.
    _take_note(search.pk, [rows[hit.key].pk for hit in hits if hit.key in rows], among is None)


@transaction.atomic
def _take_note(pk: int, papers: Sequence[str], whole: bool) -> None:
    """Make hits known and note the letter on those that were not."""
    search = SavedSearch.objects.select_for_update().filter(pk=pk).first()
    if search is None or not search.is_told:
        return
    is_first = search.known_at is None
    if is_first and not whole:
        return
    noted = KnownHit.objects.filter(search=search, paper__in=papers)
    known = set(noted.values_list("paper_id", flat=True))
    new = [paper for paper in papers if paper not in known]
    KnownHit.objects.bulk_create(KnownHit(search=search, paper_id=paper) for paper in new)
    if is_first:
        SavedSearch.objects.filter(pk=pk).update(known_at=timezone.now())
    elif new:
        outbox.put(LETTER, f"{pk}:{new[0]}", {"search": pk, "papers": new})


# --- letters ----------------------------------------------------------------------


# Whether a letter went out cannot be asked of a mail server that did not answer.
@outbox.handler(LETTER, leased=True, on_unclear="ask", housekeeping=True)
def send(rows: Sequence[OutboxRow]) -> None:
    for row in rows:
        found = SavedSearch.objects.filter(pk=row.payload["search"]).select_related("person")
        search = found.first()
        if search is None:
            continue
        if papers := _to_tell(search, row.payload["papers"]):
            with override(settings.LANGUAGE_CODE):
                letter_on(search, papers).send()


def _to_tell(search: SavedSearch, numbers: Sequence[str]) -> list[PermanentId]:
    """Return what the person may see and wants to hear of now; the rest is not known any more."""
    rows = {row.pk: row for row in PermanentId.objects.filter(pk__in=numbers).exclude(shown={})}
    person = search.person
    seen: set[str] = set()
    if search.is_told and person.is_active and person.email:
        seen = visible_keys(person, [row.key for row in rows.values()])
    told = [rows[number] for number in numbers if number in rows and rows[number].key in seen]
    untold = set(numbers) - {row.pk for row in told}
    KnownHit.objects.filter(search=search, paper__in=untold).delete()
    return told


def letter_on(search: SavedSearch, papers: Sequence[PermanentId]) -> EmailMessage:
    base = settings.WAGTAILADMIN_BASE_URL
    pause = base + reverse("saved_search_letter", args=[token_for(search)])
    kinds = kind_labels()
    hits = [
        {
            "hit": permanent.as_hit(paper),
            "kind": kinds.get(paper.shown["kind"], ""),
            "address": base + permanent.path_of(paper.pk),
        }
        for paper in papers[:_MOST_LISTED]
    ]
    context = {
        "search": search,
        "hits": hits,
        "more": len(papers) - len(hits),
        "address": base + reverse("search") + search.address,
        "pause": pause,
        "list": base + reverse("saved_searches"),
    }
    subject = ngettext(
        "[%(number)d new hit] %(name)s", "[%(number)d new hits] %(name)s", len(papers)
    ) % {"number": len(papers), "name": " ".join(search.name.split())}
    return EmailMessage(
        subject=subject,
        body=render_to_string("search/mail/news.txt", context),
        to=[search.person.email],
        headers={
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{pause}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


def connect() -> None:
    due.register("saved searches", look_when_due)
