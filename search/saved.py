"""Saved searches: what their people do with them.

A hit is known from the moment the search is saved, or once its person has been told of it; how
new ones are found and told stands in search.news.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.core import signing
from django.db import transaction
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone

from search import asking, permanent
from search.addresses import read_address, write_address
from search.errors import EngineUnavailable
from search.models import KnownHit, SavedSearch
from search.narrowing import narrowed
from search.questions import Question, Sort

# A search with more hits asks for nothing in particular; it can be kept, without letters.
MOST_HITS = 2000
MOST_SEARCHES = 100
# In the morning, before the day's work.
HOUR = 7
_SALT = "search.saved"
Pace = SavedSearch.Pace


class TooManyHits(Exception):
    """Nobody can be told of what is new among so many."""


class TooManySearches(Exception):
    """One person keeps so many searches at most."""


def searches_of(person: Any) -> QuerySet[SavedSearch]:
    return SavedSearch.objects.filter(person=person)


def save(*, by: Any, name: str, address: str, pace: str) -> SavedSearch:
    """Keep a question under a name. What it finds now is known, and never told."""
    if searches_of(by).count() >= MOST_SEARCHES:
        raise TooManySearches
    search = SavedSearch(person=by, name=name or address[:120], address=_normal(address), pace=pace)
    known = _begin(search)
    with transaction.atomic():
        search.save()
        _know(search, known)
    return search


def change(*, search: SavedSearch, name: str, pace: str) -> None:
    """Rename a search or choose another pace. Who had no letters begins with what is there now."""
    begins = search.pace == Pace.NEVER != pace
    search.name, search.pace = name or search.name, pace
    search.next_at = next_time(search.pace, timezone.now())
    known = _begin(search) if begins else set()
    with transaction.atomic():
        search.save(update_fields=["name", "pace", "next_at", "known_at"])
        _know(search, known)


def pause(*, search: SavedSearch, paused: bool) -> None:
    """Write no letters for a while. What was found meanwhile is told afterwards."""
    SavedSearch.objects.filter(pk=search.pk).update(is_paused=paused)


def question_of(search: SavedSearch) -> Question:
    """Return the question as it stands in the address, for all of its hits."""
    question = narrowed(read_address(QueryDict(search.address.removeprefix("?"))))
    # A search that has grown since it was saved is still read as a whole.
    return replace(
        question,
        page=1,
        per_page=2 * MOST_HITS,
        sort=Sort.NEWEST,
        with_facets=False,
        with_passages=False,
    )


def next_time(pace: str, now: datetime) -> datetime | None:
    """When all hits are looked at again: tomorrow morning, or on Monday morning.

    Searches that are told at once as well: a paper may have become visible without
    having been written.
    """
    if pace == Pace.NEVER:
        return None
    local = timezone.localtime(now)
    days = 7 - local.weekday() if pace == Pace.WEEKLY else 1
    day = local + timedelta(days=days)
    return day.replace(hour=HOUR, minute=0, second=0, microsecond=0)


def token_for(search: SavedSearch) -> str:
    """A link in a letter that pauses this search and does nothing else."""
    return signing.dumps(search.pk, salt=_SALT, compress=False)


def search_by_token(token: str) -> SavedSearch | None:
    try:
        pk = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    return SavedSearch.objects.filter(pk=pk).first()


def _begin(search: SavedSearch) -> set[str]:
    """Return what is known from now on; without an index that is looked at later."""
    search.next_at = next_time(search.pace, timezone.now())
    search.known_at = None
    if search.pace == Pace.NEVER:
        return set()
    try:
        found = asking.find(question_of(search), user=search.person)
    except EngineUnavailable:
        search.next_at = timezone.now()
        return set()
    if found.total > MOST_HITS:
        raise TooManyHits
    search.known_at = timezone.now()
    rows = permanent.rows_for([hit.key for hit in found.hits])
    return {row.pk for row in rows.values()}


def _know(search: SavedSearch, papers: set[str]) -> None:
    rows = [KnownHit(search=search, paper_id=paper) for paper in sorted(papers)]
    KnownHit.objects.bulk_create(rows, ignore_conflicts=True)


def _normal(address: str) -> str:
    """Whatever came in, only what is an address of the result page is kept."""
    given = read_address(QueryDict(address.removeprefix("?")))
    return write_address(replace(given, page=1))
