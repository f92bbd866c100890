"""Any search as an Atom feed (RFC 4287), trimmed for whoever asks.

Without a session one gets the guest's view: there is no address that opens more. An entry's id is
the paper's permanent address; it is updated when its text was.
"""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from search import asking, permanent
from search.addresses import read_address, write_address
from search.errors import EngineUnavailable
from search.models import PermanentId
from search.narrowing import narrowed
from search.questions import Hit, Question, Sort
from search.wording import kind_labels

_MOST_ENTRIES = 50
_MOST_READ = 1000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class Item:
    hit: Hit
    row: PermanentId


@dataclass(frozen=True, slots=True)
class Channel:
    """A question and what it found, the latest changed first."""

    asked: Question
    items: Sequence[Item]


class QuietAtom(Atom1Feed):
    """An empty feed has not changed just now: its answers stay the same."""

    def latest_post_date(self) -> datetime.datetime:
        if self.items:
            return super().latest_post_date()
        return datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


class SearchFeed(Feed):
    feed_type = QuietAtom
    author_name = settings.WAGTAIL_SITE_NAME

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Channel:
        asked = replace(read_address(request.GET), page=1)
        return Channel(asked, latest_of(narrowed(asked), request.user))

    def title(self, channel: Channel) -> str:
        if not channel.asked.text:
            return _("Search")
        return _plain(_("Search for “%(text)s”") % {"text": channel.asked.text})

    def link(self, channel: Channel) -> str:
        return reverse("search") + write_address(channel.asked)

    def feed_url(self, channel: Channel) -> str:
        return reverse("search-feed") + write_address(channel.asked)

    def feed_guid(self, channel: Channel) -> str:
        return f"{settings.WAGTAILADMIN_BASE_URL}{self.feed_url(channel)}"

    def items(self, channel: Channel) -> Sequence[Item]:
        return channel.items

    def item_title(self, item: Item) -> str:
        return _plain(item.hit.title)

    def item_description(self, item: Item) -> str:
        about = [kind_labels().get(item.hit.kind, ""), str(item.hit.when) if item.hit.when else ""]
        names = [name for _id, name in item.hit.organisations[:3]]
        return _plain(", ".join(filter(None, [*about, *names])))

    def item_link(self, item: Item) -> str:
        return permanent.path_of(item.row.pk)

    def item_guid(self, item: Item) -> str:
        return f"{settings.WAGTAILADMIN_BASE_URL}{permanent.path_of(item.row.pk)}"

    def item_pubdate(self, item: Item) -> datetime.datetime:
        return item.row.first_at

    def item_updateddate(self, item: Item) -> datetime.datetime:
        return item.row.changed_at

    def item_categories(self, item: Item) -> Sequence[str]:
        return [_plain(topic) for topic in item.hit.topics]


def _plain(text: str) -> str:
    """XML 1.0 has no way to write control characters."""
    return _CONTROL.sub(" ", text)


def latest_of(question: Question, user: Any) -> list[Item]:
    """Return the hits whose texts have changed last."""
    question = replace(
        question,
        page=1,
        per_page=_MOST_READ,
        sort=Sort.NEWEST,
        with_facets=False,
        with_passages=False,
    )
    answer = asking.find(question, user=user)
    if answer.total > _MOST_READ:
        return _latest_of_many(question, user)
    return _items(answer.hits)[:_MOST_ENTRIES]


def _latest_of_many(question: Question, user: Any) -> list[Item]:
    """Ask of the papers that have changed last, piece by piece, until the feed is full."""
    changed = PermanentId.objects.exclude(shown={}).order_by("-changed_at", "-pk")
    found: list[Item] = []
    for start in count(0, _MOST_READ):
        keys = changed.values_list("key", flat=True)[start : start + _MOST_READ]
        if not (among := frozenset(keys)):
            break
        found += _items(asking.find(replace(question, among=among), user=user).hits)
        if len(found) >= _MOST_ENTRIES:
            break
    return found[:_MOST_ENTRIES]


def _items(hits: Sequence[Hit]) -> list[Item]:
    rows = permanent.rows_for([hit.key for hit in hits])
    items = [Item(hit, rows[hit.key]) for hit in hits if hit.key in rows]
    return sorted(items, key=lambda item: (item.row.changed_at, item.row.pk), reverse=True)


@require_safe
@cache_control(private=True)
@conditional_page
def feed(request: HttpRequest) -> HttpResponse:
    try:
        return _answer(request)
    except EngineUnavailable:
        response = HttpResponse(status=503)
        response["Retry-After"] = "60"
        return response


_answer = SearchFeed()
