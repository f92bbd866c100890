"""What a route may say; whatever else it says is told, all at once."""

from copy import deepcopy

import pytest

from tests.stand_ins import journeys
from workflow.rules.definition import Flaw, faults_in, read
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
        ({"deadline_days": 0}, Flaw.NOT_A_VALUE),
        ({"deadline_days": "ten"}, Flaw.NOT_A_VALUE),
        ({"may_return_to": ["nowhere"]}, Flaw.UNKNOWN_WORD),
        ({"script": "import os"}, Flaw.UNKNOWN_WORD),
    ],
)
def test_a_stage_that_cannot_work_is_told(change, flaw):
    definition = journeys.definition({**journeys.REVIEW, **change})

    assert flaw in flaws_in(definition)
    assert all(fault_sentence(fault) for fault in faults_in(definition))


def test_a_route_without_stages_or_with_one_twice_is_told():
    empty = {**journeys.definition(), "stage": []}
    twice = journeys.definition(journeys.REVIEW, deepcopy(journeys.REVIEW))

    assert flaws_in(empty) == [Flaw.NO_STAGES]
    assert flaws_in(twice) == [Flaw.STAGE_TWICE]


def test_all_faults_are_told_not_only_the_first():
    definition = {"title": "", "colour": "red", "stage": ["x", {"key": "y"}]}

    assert len(faults_in(definition)) >= 6
