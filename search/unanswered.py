"""Questions that found nothing: counted by day, for the office to see what is missing.

Nobody is recorded, and nothing that tells who it was: no account, no address, no
time of day. A question may hold a name all the same. So what looks like a letter's
address, a telephone number or a date of birth is not kept, a question is shown only
when it was asked on two days at least (one person in one sitting stays unseen,
however often they tried), and everything is deleted after ninety days.

Counting happens in the request, at once and in a few short statements: a row on its
way through the outbox would carry its second. It waits a moment for the database
and no longer; a count that is lost is lost.
"""

import contextlib
import datetime
import logging
import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from django.db import Error, connection, transaction
from django.db.models import Count, F, Max, Min, OuterRef, QuerySet, Subquery, Sum
from django.utils import timezone

from search.models import LONGEST_QUESTION, UnansweredQuestion
from search.questions import Answer, Question
from search.ways_out import Way, WayOut

log = logging.getLogger("umlauf.search")

KEPT = timedelta(days=90)
FEWEST_DAYS = 2
# A robot that asks for random words fills no database.
MOST_A_DAY = 1000
_WAIT_MILLISECONDS = 100

_TELLING = re.compile(r"@|\d{6}|(?:\d[\s./-]*){9}|\b\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4}\b")


def note(question: Question, answer: Answer, ways: Sequence[WayOut], *, user: Any) -> None:
    """Count a question of the search page that found nothing; never fails, never waits long."""
    narrowed = any(way.way is Way.WITHOUT_FILTERS for way in ways)
    if answer.total or narrowed or question.page > 1 or not (text := normalised(question.text)):
        return
    # What a member is offered may be a word of papers that are not for everybody.
    offered = "" if user.is_authenticated else _offered(answer, ways)
    try:
        with _in_a_short_transaction():
            _count(text, timezone.localdate(), offered[:LONGEST_QUESTION])
    except Error as reason:
        log.info("search: a question without hits was not counted: %s", reason)


def normalised(text: str) -> str:
    """The question as it is counted; empty when it is not to be kept.

    Capitals inside a word stay: an abbreviation asks for more than a word does.
    """
    words = unicodedata.normalize("NFC", text).split()
    small = " ".join(word if word[1:] != word[1:].lower() else word.lower() for word in words)
    return "" if len(small) > LONGEST_QUESTION or _TELLING.search(small) else small


def missed() -> QuerySet[UnansweredQuestion, Any]:
    """Return the questions to show, as rows of values, the most frequent first."""
    offers = UnansweredQuestion.objects.filter(text=OuterRef("text")).exclude(offered="")
    last_offer = Subquery(offers.order_by("-day").values("offered")[:1])
    return (
        UnansweredQuestion.objects.values("text")
        .annotate(times=Sum("times"), days=Count("pk"), first=Min("day"), last=Max("day"))
        .annotate(offered=last_offer)
        .filter(days__gte=FEWEST_DAYS)
        .order_by("-times", "text")
    )


def forget(now: datetime.datetime) -> int:
    """Delete what is older than it may be; called by run_due."""
    before = timezone.localtime(now).date() - KEPT
    deleted, _ = UnansweredQuestion.objects.filter(day__lt=before).delete()
    return deleted


def _offered(answer: Answer, ways: Sequence[WayOut]) -> str:
    words = (way.question.text for way in ways if way.way is Way.ANOTHER_WORD)
    return answer.suggestion or next(words, "")


def _count(text: str, day: datetime.date, offered: str) -> None:
    """Add one. Two at once both count: the row is made first, and added to in place."""
    rows = UnansweredQuestion.objects.filter(text=text, day=day)
    more: dict[str, Any] = {"times": F("times") + 1}
    if offered:
        more["offered"] = offered
    if rows.update(**more):
        return
    if UnansweredQuestion.objects.filter(day=day).count() >= MOST_A_DAY:
        return
    UnansweredQuestion.objects.bulk_create(
        [UnansweredQuestion(text=text, day=day)], ignore_conflicts=True
    )
    rows.update(**more)


@contextlib.contextmanager
def _in_a_short_transaction() -> Iterator[None]:
    """Wait for a locked database a moment only; whoever searches waits as long."""
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            with transaction.atomic():
                cursor.execute(f"SET LOCAL lock_timeout = {_WAIT_MILLISECONDS}")
                yield
            return
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {_WAIT_MILLISECONDS}")
        try:
            with transaction.atomic():
                yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
