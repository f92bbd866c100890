"""The one door to the index: every question is trimmed twice.

The index knows the audience of an entry as it was when it was written; the
database knows it now. What the database no longer shows is left out of the
question and the question asked again, so that hits, total, facets and
suggestion all agree. When in doubt nothing is shown, never everything.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from cms.core import kernel
from search.engines import get_engine
from search.errors import EngineUnavailable
from search.explaining import Explanation
from search.indexing import touch
from search.likeness import MOST_PAPERS, papers_only
from search.questions import NOTHING, Answer, Hit, Question, Sort
from search.sources import visible_keys

log = logging.getLogger("umlauf.search")

_MOST_ROUNDS = 4
_MOST_PAPERS = 5


def find(question: Question, *, user: Any) -> Answer:
    """Ask in the name of a person. Raises EngineUnavailable when there is no index to read."""
    return _trimmed(question, user)[1]


def explain(question: Question, key: str, *, user: Any) -> Explanation | None:
    """Say what makes up the score of a hit; None for what this person does not find so."""
    question, _ = _trimmed(replace(question, sort=Sort.RELEVANCE), user)
    return get_engine().explain(question, key) if visible_keys(user, [key]) else None


def may_explain(user: Any) -> bool:
    """Administrators only: an explanation is for who keeps the search in order."""
    return bool(user.is_active and user.is_superuser)


def suggest(text: str, *, user: Any, within: str = "") -> list[str]:
    """Words that continue the last one."""
    return get_engine().suggest(text, kernel.tokens_for(user), within=within)


def suggest_all(text: str, *, user: Any, within: str = "") -> tuple[Sequence[str], list[Hit]]:
    """Words that continue the last one, and papers in whose title stands what was typed so
    far; the last word may be unfinished. One question for each key that somebody presses."""
    question = Question(
        text=f"{text}*" if text[-1:].isalnum() else text,
        completing=text,
        within=within,
        per_page=_MOST_PAPERS,
        with_facets=False,
        verbatim=True,
    )
    answer = find(question, user=user)
    return answer.completions, [hit for hit in answer.hits if hit.title_marks]


def related_to(key: str, *, user: Any) -> Sequence[Hit]:
    """Papers near this one in content, nearest first; none without an index to read."""
    question = Question(near=key, facets=papers_only(), per_page=MOST_PAPERS, with_facets=False)
    try:
        return find(question, user=user).hits
    except EngineUnavailable:
        return ()


def _trimmed(question: Question, user: Any) -> tuple[Question, Answer]:
    """Ask until every hit may be seen; return the question as it was asked last, too."""
    question = replace(question, tokens=kernel.tokens_for(user))
    took = 0.0
    for _ in range(_MOST_ROUNDS):
        answer = get_engine().ask(question)
        took += answer.took_ms
        keys = [hit.key for hit in answer.hits]
        hidden = frozenset(keys) - visible_keys(user, keys)
        if not hidden:
            return question, replace(answer, took_ms=took)
        _note(hidden)
        question = replace(question, without=question.without | hidden)
    return question, NOTHING


def _note(hidden: Iterable[str]) -> None:
    """The index is behind the database: have these entries written again."""
    for key in hidden:
        log.info("search: %s is found but may not be seen; it is indexed again", key)
        touch(key)
