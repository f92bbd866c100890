"""A route played with chosen votes, without a database."""

import pytest

from workflow.rules.conditions import Facts
from workflow.rules.definition import read
from workflow.rules.simulation import (
    EVERYBODY_ELSE,
    Unplayed,
    Vote,
    everybody_agrees,
    participants_of,
    play,
)
from workflow.rules.states import Answer

AGREED, OBJECTED, RETURNED = Answer.AGREED, Answer.OBJECTED, Answer.RETURNED
A, B = ({"kind": "group", "key": key, "label": key.title()} for key in ("a", "b"))


def stage(key="first", **words):
    text = {"key": key, "kind": "review", "label": key.title(), "participants": [A]}
    return {**text, "answers": ["agreed", "objected", "abstained"], **words}


def route(*stages):
    return read({"key": "x", "title": "X", "subject": "x", "stage": list(stages)})


def outcome(*stages, votes=(), facts=None):
    played = play(route(*stages), facts or Facts(), votes)
    return played.status.value, [one.status.value for one in played.stages], played


def test_all_agreements_lead_to_the_end():
    stages = route(stage(), stage("second", participants=[A, B]))

    played = play(stages, Facts(), everybody_agrees(stages, Facts()))

    assert played.status == "agreed"
    assert not played.unplayed


def test_without_votes_the_first_stage_waits():
    status, stages, played = outcome(stage(), stage("second"))

    assert (status, stages) == ("running", ["open", "waiting"])
    assert played.open_stage.open_participants == ["group:a"]


def test_an_objection_that_cannot_be_made_up_for_ends_the_journey():
    status, stages, _ = outcome(
        stage(participants=[A, B]), votes=[Vote("first", "group:a", OBJECTED)]
    )

    assert (status, stages) == ("refused", ["done"])


def test_sent_back_to_a_stage_everything_from_there_is_anew():
    second = stage("second", may_return_to=["first", "author"])
    votes = [Vote("first", "group:a", AGREED), Vote("second", "group:a", RETURNED, "first")]

    status, stages, played = outcome(stage(), second, votes=votes)

    assert (status, stages) == ("running", ["open", "waiting"])
    assert played.stages[0].answers == {}


def test_sent_back_to_the_author_the_play_ends():
    back = [Vote("first", "group:a", RETURNED), Vote("first", "group:a", AGREED)]

    status, stages, played = outcome(stage(may_return_to=["author"]), votes=back)

    assert (status, stages) == ("returned", ["returned"])
    assert played.unplayed == [(back[1], Unplayed.NOT_RUNNING)]


def test_silence_speaks_for_those_who_have_not_answered():
    silent = stage(participants=[A, B], silence="consent", deadline={"working_days": 5})
    votes = [Vote("first", "group:a", AGREED), Vote("first", EVERYBODY_ELSE, Answer.SILENT)]

    status, _, played = outcome(silent, votes=votes)

    assert status == "agreed"
    assert played.stages[0].answers["group:b"] is Answer.SILENT


def test_facts_decide_whether_a_stage_takes_place():
    conditional = stage("second", when={"field": "audience", "equals": "public"})
    votes = [Vote("first", "group:a", AGREED)]

    inside = outcome(stage(), conditional, votes=votes)
    public = outcome(stage(), conditional, votes=votes, facts=Facts(values={"audience": "public"}))

    assert inside[:2] == ("agreed", ["done", "skipped"])
    assert public[:2] == ("running", ["done", "open"])


def test_parties_and_guests_are_numbered():
    (asked,) = route(stage(participants=[{"kind": "parties"}, {"kind": "guests"}])).stages

    assert list(participants_of(asked, Facts(parties=2, guests=1))) == [
        "party:1", "party:2", "guest:1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("vote", "why"),
    [
        (Vote("second", "group:a", AGREED), Unplayed.NOT_OPEN),
        (Vote("first", "group:z", AGREED), Unplayed.NOT_PARTICIPANT),
        (Vote("first", "group:a", Answer.NOT_RESPONSIBLE), Unplayed.NO_SUCH_ANSWER),
        (Vote("first", "group:a", Answer.SILENT), Unplayed.NO_SUCH_ANSWER),
        (Vote("first", "group:a", RETURNED, "second"), Unplayed.NO_RETURN_FROM_HERE),
        (Vote("first", EVERYBODY_ELSE, Answer.SILENT), Unplayed.NO_SILENCE),
    ],
)
def test_a_vote_without_effect_says_why(vote, why):
    status, stages, played = outcome(stage(), stage("second"), votes=[vote])

    assert (status, stages) == ("running", ["open", "waiting"])
    assert played.unplayed == [(vote, why)]


def test_nobody_answers_twice():
    votes = [Vote("first", "group:a", AGREED), Vote("first", "group:a", OBJECTED)]

    _, _, played = outcome(stage(participants=[A, B]), votes=votes)

    assert played.unplayed == [(votes[1], Unplayed.ALREADY_DECIDED)]


def test_an_answer_behind_the_decision_is_not_needed():
    votes = [Vote("first", "group:a", AGREED), Vote("first", "group:b", AGREED)]

    status, _, played = outcome(stage(participants=[A, B], completion="any"), votes=votes)

    assert status == "agreed"
    assert played.unplayed == [(votes[1], Unplayed.NOT_NEEDED)]


def test_a_stage_of_parties_waits_where_there_are_none():
    status, stages, _ = outcome(stage(participants=[{"kind": "parties"}]))

    assert (status, stages) == ("running", ["open"])
