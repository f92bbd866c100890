"""When a stage is complete, without a database."""

from itertools import permutations, product

import pytest

from workflow.rules.completion import BrokenRule, Outcome, expand, leaves, outcome, read
from workflow.rules.states import Answer

YES, NO = Answer.AGREED, Answer.OBJECTED
ABC = ["a", "b", "c"]
TREES = [
    "all",
    "any",
    {"at_least": {"n": 2, "of": ABC}},
    {"percent": {"p": 60, "of": ABC}},
    {"all": ["a", {"any": ["b", "c"]}]},
    {"any": [{"all": ["a", "b"]}, "c"]},
]


@pytest.mark.parametrize(
    ("tree", "answers", "expected"),
    [
        ("any", {}, Outcome.OPEN),
        ("any", {"b": YES}, Outcome.REACHED),
        ("any", {"a": NO, "b": NO}, Outcome.OPEN),
        ("any", {"a": NO, "b": NO, "c": NO}, Outcome.OUT_OF_REACH),
        ("all", {"a": YES, "b": YES}, Outcome.OPEN),
        ("all", {"a": YES, "b": YES, "c": YES}, Outcome.REACHED),
        ("all", {"c": NO}, Outcome.OUT_OF_REACH),
        ({"at_least": {"n": 2, "of": ABC}}, {"a": YES, "c": YES}, Outcome.REACHED),
        ({"at_least": {"n": 2, "of": ABC}}, {"a": NO, "c": NO}, Outcome.OUT_OF_REACH),
        ({"percent": {"p": 50, "of": ABC}}, {"a": YES}, Outcome.OPEN),
        ({"percent": {"p": 33, "of": ABC}}, {"a": YES}, Outcome.REACHED),
        ({"all": ["a", {"any": ["b", "c"]}]}, {"a": YES, "c": YES}, Outcome.REACHED),
        ({"all": ["a", {"any": ["b", "c"]}]}, {"b": NO, "c": NO}, Outcome.OUT_OF_REACH),
    ],
)
def test_the_outcome_is_known_as_early_as_it_is_fixed(tree, answers, expected):
    assert outcome(read(tree, ABC), answers) is expected


@pytest.mark.parametrize("tree", TREES)
def test_deciding_early_comes_to_the_same_as_waiting_for_all(tree):
    rule = read(tree, ABC)

    for votes in product((YES, NO), repeat=3):
        final = outcome(rule, dict(zip(ABC, votes, strict=True)))
        for order in permutations(zip(ABC, votes, strict=True)):
            answers = {}
            for participant, answer in order:
                answers[participant] = answer
                early = outcome(rule, answers)
                assert early in (Outcome.OPEN, final)


@pytest.mark.parametrize(
    "tree",
    [
        "most", "d", {"all": []}, {"all": "a"}, {"at_least": {"n": 4, "of": ABC}},
        {"at_least": {"n": 0, "of": ABC}}, {"at_least": ABC}, {"percent": {"p": "x", "of": ABC}},
        {"percent": {"p": 101, "of": ABC}}, {"all": ["a"], "any": ["b"]}, 7, None, {"none": ["a"]},
    ],
)  # fmt: skip
def test_what_is_no_rule_is_told(tree):
    with pytest.raises(BrokenRule):
        read(tree, ABC)


def test_a_rule_names_its_participants():
    assert list(leaves(read({"all": ["a", {"any": ["b", "c"]}]}, ABC))) == ABC


def test_the_parties_of_a_paper_stand_in_for_the_word():
    assert expand({"all": ["parties", "a"]}, ["x", "y"]) == {"all": [{"all": ["x", "y"]}, "a"]}
