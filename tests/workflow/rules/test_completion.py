"""When a stage is complete, without a database."""

from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.rules.completion import Ballot, BrokenRule, Outcome, leaves, read
from workflow.rules.states import Abstentions, Answer, OnReturn, StageKind

YES, NO, NEUTRAL = Answer.AGREED, Answer.OBJECTED, Answer.ABSTAINED
ABC = ("a", "b", "c")
TREES = [
    "all",
    "any",
    {"at_least": {"n": 2, "of": list(ABC)}},
    {"percent": {"p": 60, "of": list(ABC)}},
    {"weight": {"n": 3, "of": list(ABC)}},
    {"weight": {"p": 50, "of": list(ABC)}},
    {"all": ["a", {"any": ["b", "c"]}]},
    {"any": [{"all": ["a", "b"]}, "c"]},
]
WEIGHTS = {"a": 2, "b": 1, "c": 1}


def ballot(tree, **words):
    return Ballot(rule=read(tree, ABC, WEIGHTS), participants=ABC, **words)


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
        ({"at_least": {"n": 2, "of": list(ABC)}}, {"a": YES, "c": YES}, Outcome.REACHED),
        ({"at_least": {"n": 2, "of": list(ABC)}}, {"a": NO, "c": NO}, Outcome.OUT_OF_REACH),
        ({"percent": {"p": 50, "of": list(ABC)}}, {"a": YES}, Outcome.OPEN),
        ({"percent": {"p": 33, "of": list(ABC)}}, {"a": YES}, Outcome.REACHED),
        ({"weight": {"n": 3, "of": list(ABC)}}, {"a": YES, "b": YES}, Outcome.REACHED),
        ({"weight": {"n": 3, "of": list(ABC)}}, {"b": YES, "c": YES}, Outcome.OPEN),
        ({"weight": {"n": 3, "of": list(ABC)}}, {"a": NO}, Outcome.OUT_OF_REACH),
        ({"weight": {"p": 50, "of": list(ABC)}}, {"a": YES}, Outcome.REACHED),
        ({"all": ["a", {"any": ["b", "c"]}]}, {"a": YES, "c": YES}, Outcome.REACHED),
        ({"all": ["a", {"any": ["b", "c"]}]}, {"b": NO, "c": NO}, Outcome.OUT_OF_REACH),
    ],
)
def test_the_outcome_is_known_as_early_as_it_is_fixed(tree, answers, expected):
    assert ballot(tree).outcome(answers) is expected


@pytest.mark.parametrize(
    ("abstentions", "expected"),
    [(Abstentions.IGNORE, Outcome.REACHED), (Abstentions.COUNT, Outcome.OUT_OF_REACH)],
)
def test_who_abstains_counts_or_does_not_as_the_stage_says(abstentions, expected):
    answers = {"a": YES, "b": YES, "c": NEUTRAL}

    assert ballot("all", abstentions=abstentions).outcome(answers) is expected


def test_where_everybody_abstains_nobody_has_decided():
    assert ballot("any").outcome(dict.fromkeys(ABC, NEUTRAL)) is Outcome.RETURNED


def test_one_objection_with_a_veto_is_the_end_and_its_holder_is_waited_for():
    with_veto = ballot("any", veto=frozenset({"c"}))

    assert with_veto.outcome({"a": YES}) is Outcome.OPEN
    assert with_veto.outcome({"a": YES, "c": NO}) is Outcome.OUT_OF_REACH
    assert with_veto.outcome({"a": YES, "c": YES}) is Outcome.REACHED
    assert ballot("any").outcome({"a": YES, "c": NO}) is Outcome.REACHED


def test_an_opinion_is_heard_and_stops_nothing():
    opinion = ballot("all", kind=StageKind.OPINION)

    assert opinion.outcome({"a": NO, "b": NO}) is Outcome.OPEN
    assert opinion.outcome(dict.fromkeys(ABC, NO)) is Outcome.REACHED


def test_sending_back_ends_the_stage_at_once_or_when_all_have_spoken():
    answers = {"a": Answer.RETURNED}

    assert ballot("any").outcome(answers) is Outcome.RETURNED
    collecting = ballot("any", on_return=OnReturn.COLLECT)
    assert collecting.outcome(answers) is Outcome.OPEN
    assert collecting.outcome({**answers, "b": YES, "c": YES}) is Outcome.RETURNED


@pytest.mark.parametrize("abstentions", list(Abstentions))
@pytest.mark.parametrize("tree", TREES)
def test_deciding_early_comes_to_the_same_as_waiting_for_all(tree, abstentions):
    rule = ballot(tree, abstentions=abstentions)

    for votes in product((YES, NO, NEUTRAL), repeat=3):
        final = rule.outcome(dict(zip(ABC, votes, strict=True)))
        for order in permutations(zip(ABC, votes, strict=True)):
            answers = {}
            for participant, answer in order:
                answers[participant] = answer
                assert rule.outcome(answers) in (Outcome.OPEN, final)


def trees():
    """Rules over six participants, each of whom stands in the tree once."""

    def node(children):
        parts = st.lists(children, min_size=1, max_size=3)
        return st.one_of(
            st.builds(lambda of: {"all": of}, parts),
            st.builds(lambda of: {"any": of}, parts),
            st.builds(lambda of, p: {"percent": {"p": p, "of": of}}, parts, st.integers(1, 100)),
            parts.flatmap(
                lambda of: st.integers(1, len(of)).map(lambda n: {"at_least": {"n": n, "of": of}})
            ),
        )

    return st.recursive(st.just("leaf"), node, max_leaves=6)


def numbered(tree, count=None):
    """Give every leaf a name of its own."""
    count = count if count is not None else iter(range(100))
    if isinstance(tree, str):
        return f"p{next(count)}"
    ((word, body),) = tree.items()
    if isinstance(body, list):
        return {word: [numbered(part, count) for part in body]}
    return {word: {**body, "of": [numbered(part, count) for part in body["of"]]}}


def names_in(tree):
    if isinstance(tree, str):
        return (tree,)
    ((_, body),) = tree.items()
    parts = body if isinstance(body, list) else body["of"]
    return tuple(name for part in parts for name in names_in(part))


@given(
    tree=trees().filter(lambda tree: isinstance(tree, dict)).map(numbered),
    abstentions=st.sampled_from(Abstentions),
    data=st.data(),
)
def test_an_outcome_is_open_exactly_while_answers_to_come_could_change_it(tree, abstentions, data):
    """The engine's shortcut against trying out every way the vote could still go."""
    names = names_in(tree)
    rule = Ballot(rule=read(tree, names), participants=names, abstentions=abstentions)
    given_by = data.draw(st.lists(st.sampled_from(names), unique=True))
    answers = {name: data.draw(st.sampled_from((YES, NO, NEUTRAL))) for name in given_by}
    missing = [name for name in names if name not in answers]

    ways = product((YES, NO, NEUTRAL), repeat=len(missing))
    ends = {rule.outcome({**answers, **dict(zip(missing, way, strict=True))}) for way in ways}

    assert Outcome.OPEN not in ends
    assert rule.outcome(answers) is (ends.pop() if len(ends) == 1 else Outcome.OPEN)


@pytest.mark.parametrize(
    "tree",
    [
        "most", "d", {"all": []}, {"all": "a"}, {"at_least": {"n": 4, "of": list(ABC)}},
        {"at_least": {"n": 0, "of": list(ABC)}}, {"at_least": list(ABC)},
        {"percent": {"p": "x", "of": list(ABC)}}, {"percent": {"p": 101, "of": list(ABC)}},
        {"all": ["a"], "any": ["b"]}, 7, None, {"none": ["a"]}, "parties",
        {"weight": {"n": 9, "of": list(ABC)}}, {"weight": {"of": list(ABC)}},
        {"all": {"of": list(ABC)}}, {"at_least": {"n": True, "of": list(ABC)}},
    ],
)  # fmt: skip
def test_what_is_no_rule_is_told(tree):
    with pytest.raises(BrokenRule):
        read(tree, ABC)


def test_a_rule_names_its_participants():
    assert list(leaves(read({"all": ["a", {"any": ["b", "c"]}]}, ABC))) == list(ABC)


def test_the_parties_of_a_paper_stand_in_for_the_word():
    present = ("party:x", "party:y", "group:a")
    rule = read({"all": [{"percent": {"p": 50, "of": "parties"}}, "group:a"]}, present)

    assert list(leaves(rule)) == list(present)
    assert list(leaves(read({"all": ["parties", "group:a"]}, present))) == list(present)
