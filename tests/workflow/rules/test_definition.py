"""What a route may say; whatever else it says is told, all at once."""

from copy import deepcopy

import pytest

from tests.stand_ins import journeys
from workflow.rules.definition import Deadline, read
from workflow.rules.faults import Flaw, faults_in
from workflow.wording import fault_sentence


def flaws_in(definition):
    return [fault.flaw for fault in faults_in(definition)]


def test_a_route_of_ours_has_no_faults():
    definition = journeys.definition()

    assert flaws_in(definition) == []
    assert [stage.key for stage in read(definition).stages] == ["review", "approval"]


@pytest.mark.parametrize(
    ("change", "flaw"),
    [
        ({"key": ""}, Flaw.WORD_MISSING),
        ({"kind": "guess"}, Flaw.UNKNOWN_WORD),
        ({"kind": ["review"]}, Flaw.WORD_MISSING),
        ({"participants": []}, Flaw.NO_PARTICIPANTS),
        ({"participants": "reviewers"}, Flaw.NO_PARTICIPANTS),
        ({"participants": [{"kind": "group", "key": "reviewers"}]}, Flaw.UNKNOWN_PARTICIPANT),
        (
            {"participants": [{"kind": "guest", "key": "x", "label": "X"}]},
            Flaw.UNKNOWN_PARTICIPANT,
        ),
        ({"completion": "most"}, Flaw.BROKEN_COMPLETION),
        ({"completion": {"all": ["group:nobody"]}}, Flaw.BROKEN_COMPLETION),
        ({"exclude": ["everybody"]}, Flaw.UNKNOWN_WORD),
        ({"exclude": "author"}, Flaw.NOT_A_VALUE),
        ({"answers": ["objected"]}, Flaw.UNDECIDABLE),
        ({"answers": ["agreed", "maybe"]}, Flaw.UNKNOWN_WORD),
        ({"deadline": {"working_days": 0}}, Flaw.NOT_A_VALUE),
        ({"deadline": {"working_days": "ten"}}, Flaw.NOT_A_VALUE),
        ({"may_return_to": ["nowhere"]}, Flaw.RETURN_LEADS_FORWARD),
        ({"may_return_to": ["review"]}, Flaw.RETURN_LEADS_FORWARD),
        ({"on_change": "forget"}, Flaw.UNKNOWN_WORD),
        ({"on_change": {"lapse_if": []}}, Flaw.NOT_A_VALUE),
        ({"votes": "secret"}, Flaw.UNKNOWN_WORD),
        ({"veto": ["group:nobody"]}, Flaw.NOT_A_VALUE),
        ({"answers": ["agreed", "silent"]}, Flaw.UNKNOWN_WORD),
        ({"when": {"code": "True"}}, Flaw.BROKEN_CONDITION),
        ({"when": "page.live"}, Flaw.BROKEN_CONDITION),
        ({"when": {"has_files": True}}, Flaw.ALL_CONDITIONAL),
        ({"bulk": "yes"}, Flaw.NOT_A_VALUE),
        ({"deadline": {"weeks": 2}}, Flaw.NOT_A_VALUE),
        ({"remind": [-1]}, Flaw.NOT_A_VALUE),
        ({"escalate": [{"after": 2, "to": "head"}]}, Flaw.NEEDS_HEAD),
        ({"escalate": [{"after": 2, "to": "minister"}]}, Flaw.NOT_A_VALUE),
        ({"participants": [*journeys.REVIEW["participants"]] * 2}, Flaw.PARTICIPANT_TWICE),
        (
            {"participants": [{**journeys.REVIEW["participants"][0], "weight": 0}]},
            Flaw.UNKNOWN_PARTICIPANT,
        ),
        (
            {
                "participants": [{"kind": "parties"}, *journeys.REVIEW["participants"]],
                "completion": {"all": ["parties"]},
            },
            Flaw.BROKEN_COMPLETION,
        ),
        ({"script": "import os"}, Flaw.UNKNOWN_WORD),
    ],
)
def test_a_stage_that_cannot_work_is_told(change, flaw):
    definition = journeys.definition({**journeys.REVIEW, **change})

    assert flaw in flaws_in(definition)
    assert all(fault_sentence(fault) for fault in faults_in(definition))


def test_silence_needs_a_deadline():
    silent = {**journeys.REVIEW, "silence": "consent"}
    del silent["deadline"]

    assert flaws_in(journeys.definition(silent)) == [Flaw.NEEDS_DEADLINE]


def test_a_route_without_stages_or_with_one_twice_is_told():
    empty = {**journeys.definition(), "stage": []}
    twice = journeys.definition(journeys.REVIEW, deepcopy(journeys.REVIEW))

    assert flaws_in(empty) == [Flaw.NO_STAGES]
    assert flaws_in(twice) == [Flaw.STAGE_TWICE]


def test_all_faults_are_told_not_only_the_first():
    definition = {"title": "", "colour": "red", "stage": ["x", {"key": "y"}]}

    assert len(faults_in(definition)) >= 6


def test_everything_a_stage_may_say_is_read():
    stage = {
        **journeys.REVIEW,
        "participants": [{"kind": "parties", "weight": 2}, *journeys.REVIEW["participants"]],
        "completion": {"all": [{"weight": {"p": 60, "of": "parties"}}, "group:reviewers"]},
        "answers": ["agreed", "agreed_with_remarks", "abstained", "objected"],
        "veto": ["group:reviewers"],
        "abstentions": "count",
        "votes": "blind",
        "on_return": "collect",
        "on_change": {"lapse_if": ["body", "files"]},
        "when": {"all": [{"field": "audience", "equals": "public"}, {"not": {"has_files": True}}]},
        "deadline": {"working_days": 20},
        "remind": [5, 1],
        "escalate": [{"after": 2, "to": "deputies"}, {"after": 5, "to": "head"}],
        "head": {"kind": "group", "key": "office", "label": "Leitung"},
        "silence": "consent",
        "bulk": True,
    }
    definition = {**journeys.definition(journeys.REVIEW, {**stage, "key": "all"}), "land": "NW"}

    assert flaws_in(definition) == []
    read_stage = read(definition).stages[1]
    assert read_stage.lapse_fields == ("body", "files")
    assert read_stage.deadline == Deadline(20, working_days=True)
    assert read_stage.silence_is_consent


def test_a_land_that_is_none_is_told():
    definition = {**journeys.definition(), "land": "XX"}

    assert flaws_in(definition) == [Flaw.NOT_A_VALUE]
