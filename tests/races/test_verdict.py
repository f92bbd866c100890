"""The verdict on a race sees every kind of wrong end; else its silence would mean nothing."""

from typing import Any

import pytest

from tests.races.verdict import violations
from tests.races.visitors import Answer, Form

SEEN = "a" * 64
TEXT = ["Satzung", "<p>Erster Entwurf.</p>"]
VOTE = (Form("/umlauf/1/votum/", (("seen_digest", SEEN),)), Answer(302, ""))
TOO_LATE = (VOTE[0], Answer(409, "This stage is not open now; somebody may have been faster."))
GOOD: dict[str, Any] = {
    "journey": "agreed",
    "workflow": "approved",
    "task": "approved",
    "live": True,
    "live_digest": SEEN,
    "live_title": TEXT[0],
    "live_body": TEXT[1],
    "live_revision": TEXT,
    "decided_on": [SEEN],
    "holding": [SEEN],
    "decisions": 1,
    "trail": {"workflow.decided": 1, "workflow.agreed": 1, "workflow.published": 1},
    "log": {"wagtail.publish": 1},
    "letters": {"letter": 1},
}


def test_a_race_that_ended_well_has_nothing_wrong() -> None:
    assert violations(GOOD, [VOTE, TOO_LATE]) == []


@pytest.mark.parametrize(
    ("what", "changed"),
    [
        ("double", {"decisions": 2}),
        ("double", {"trail": {**GOOD["trail"], "workflow.agreed": 2}}),
        ("double", {"log": {"wagtail.publish": 2}}),
        ("double", {"letters": {"letter": 2}}),
        ("lost", {"letters": {}}),
        ("unseen", {"live_digest": "b" * 64}),
        ("unseen", {"decided_on": ["b" * 64], "holding": ["b" * 64], "live_digest": "b" * 64}),
        ("unseen", {"live_title": "Eine andere Satzung"}),
        ("disagreement", {"live": False}),
        ("disagreement", {"workflow": "cancelled"}),
        ("disagreement", {"journey": "withdrawn"}),
        ("disagreement", {"trail": {"workflow.decided": 1}}),
    ],
)
def test_a_wrong_end_is_named(what: str, changed: dict[str, Any]) -> None:
    found = violations({**GOOD, **changed}, [VOTE, TOO_LATE])

    assert any(line.startswith(what) for line in found)


@pytest.mark.parametrize(
    "answer",
    [Answer(500, "Error"), Answer(503, "database is locked"), Answer(409, "No."), Answer(200, "")],
    ids=["error", "locked", "without a sentence", "as if nothing were"],
)
def test_a_loser_who_is_not_told_clearly_is_named(answer: Answer) -> None:
    found = violations(GOOD, [VOTE, (VOTE[0], answer)])

    assert [line.partition(":")[0] for line in found] == ["unclear"]
