"""What somebody could ask instead who found nothing: only questions that do find something.

Counted in the name of the person who asks, like every other answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import islice
from typing import Any

from search import asking
from search.addresses import without_filters
from search.questions import Question
from search.wishes import read_wish

_MOST_WORDS = 3
_MOST_WAYS = 6
# Shorter beginnings lead to words of quite another kind.
_BEGINNING = 5


class Way(Enum):
    WITHOUT_FILTERS = auto()
    WITHOUT_SIGNS = auto()
    ANOTHER_WORD = auto()


@dataclass(frozen=True, slots=True)
class WayOut:
    way: Way
    question: Question
    total: int


def ways_out(question: Question, *, user: Any) -> list[WayOut]:
    """Return other questions near this one, with the number of their hits."""
    found = (
        WayOut(way, other, total)
        for way, other in _nearby(question, user)
        if (total := _total(other, user))
    )
    return list(islice(found, _MOST_WAYS))


def _nearby(question: Question, user: Any) -> Iterator[tuple[Way, Question]]:
    question = replace(question, page=1)
    bare = without_filters(question)
    if bare != question:
        yield Way.WITHOUT_FILTERS, bare
    wish = read_wish(question.text)
    if wish.phrases or wish.excluded:
        kept = [*(word for phrase in wish.phrases for word in phrase), *wish.words]
        yield Way.WITHOUT_SIGNS, replace(bare, text=" ".join(kept))
    for word in wish.words[:_MOST_WORDS]:
        if len(word) > _BEGINNING:
            for other in asking.suggest(word[:_BEGINNING], user=user)[:2]:
                yield Way.ANOTHER_WORD, replace(bare, text=other)


def _total(question: Question, user: Any) -> int:
    if not question.text and not question.facets:
        # Everything there is, is no answer to a question.
        return 0
    counted = replace(question, per_page=1, with_facets=False)
    return asking.find(counted, user=user).total
