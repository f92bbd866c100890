"""What must never be true after a race, whoever was first."""

from collections.abc import Iterable, Sequence
from html import unescape
from typing import Any

from bs4 import BeautifulSoup
from django.utils.translation import override

from tests.races.visitors import Answer, Form
from workflow.rules.states import JourneyStatus
from workflow.wording import REFUSALS

# How the four say the same: Wagtail's workflow, its task, and whether the page is public.
AGREE = {
    JourneyStatus.RUNNING: ("in_progress", "in_progress", False),
    JourneyStatus.AGREED: ("approved", "approved", True),
    JourneyStatus.RETURNED: ("needs_changes", "rejected", False),
    JourneyStatus.WITHDRAWN: ("cancelled", "cancelled", False),
    JourneyStatus.REFUSED: ("cancelled", "cancelled", False),
}
ONCE = (
    "workflow.submitted", "workflow.stage_done", "workflow.agreed", "workflow.refused",
    "workflow.published", "workflow.returned", "workflow.withdrawn",
)  # fmt: skip
CONFLICT = 409


# A decision that was sent, and what its sender was answered.
Vote = tuple[Form, Answer]


def violations(facts: dict[str, Any], votes: Sequence[Vote]) -> list[str]:
    """Return what is wrong with how a race ended."""
    accepted = [form for form, answer in votes if is_accepted(answer)]
    return [
        *_twice(facts, accepted=len(accepted)),
        *_unseen(facts, [form.value("seen_digest") for form in accepted]),
        *_disagreements(facts),
        *(said for _, answer in votes if (said := unclear(answer))),
    ]


def is_accepted(answer: Answer) -> bool:
    return answer.status == 302


def sentence_in(answer: Answer) -> str | None:
    """Return the refusal's sentence that a page tells its reader."""
    with override("en"):
        sentences = [str(sentence) for sentence in REFUSALS.values()]
    told = " ".join(unescape(answer.text).split())
    return next((one for one in sentences if "%(" not in one and one in told), None)


def gist(answer: Answer) -> str:
    """Return the status of an answer with the beginning of what the page says."""
    body = BeautifulSoup(answer.text, "html.parser").find(["main", "body"])
    return f"{answer.status} {' '.join(body.get_text(' ').split())[:300] if body else ''}"


def unclear(vote: Answer) -> str | None:
    """Return what is wrong with the answer to a vote that was not the first."""
    if is_accepted(vote):
        return None
    if vote.status != CONFLICT:
        return f"unclear: {gist(vote)}"
    return None if sentence_in(vote) else "unclear: 409 without a sentence"


def _twice(facts: dict[str, Any], accepted: int) -> Iterable[str]:
    if facts["decisions"] != accepted:
        yield f"double: {accepted} votes accepted, {facts['decisions']} decisions kept"
    if facts["trail"].get("workflow.decided", 0) != facts["decisions"]:
        yield f"double: {facts['trail']} for {facts['decisions']} decisions"
    for action in ONCE:
        if facts["trail"].get(action, 0) > 1:
            yield f"double: {action} {facts['trail'][action]} times"
    if facts["log"].get("wagtail.publish", 0) > 1:
        yield f"double: published {facts['log']['wagtail.publish']} times"
    for letter, number in facts["letters"].items():
        if number > 1:
            yield f"double: {number} letters {letter}"
    if facts["journey"] == JourneyStatus.AGREED and not facts["letters"]:
        yield "lost: nobody is told of the agreement"


def _unseen(facts: dict[str, Any], seen: list[str]) -> Iterable[str]:
    if not set(seen) <= set(facts["decided_on"]):
        yield f"unseen: {seen} was on the pages, {facts['decided_on']} was decided on"
    if not facts["live"]:
        return
    if [facts["live_digest"]] != facts["holding"]:
        yield f"unseen: {facts['live_digest']} is public, {facts['holding']} was agreed on"
    if facts["live_revision"] != [facts["live_title"], facts["live_body"]]:
        yield f"unseen: the page reads {facts['live_title']}, its revision {facts['live_revision']}"


def _disagreements(facts: dict[str, Any]) -> Iterable[str]:
    journey = JourneyStatus(facts["journey"])
    told = (facts["workflow"], facts["task"], facts["live"])
    if told != AGREE[journey]:
        yield f"disagreement: journey {journey}, workflow, task and page {told}"
    if facts["trail"].get("workflow.published", 0) != int(facts["live"]):
        yield f"disagreement: live is {facts['live']}, the trail says {facts['trail']}"
