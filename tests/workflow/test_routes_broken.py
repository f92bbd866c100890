"""Whatever stands in a file: it ends in a route or in sentences, never in an error page."""

import json
import tomllib
from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from workflow.errors import BrokenRoute
from workflow.loading import SHIPPED, as_toml, check, read_text
from workflow.rules.definition import read
from workflow.rules.faults import Flaw, faults_in
from workflow.wording import FAULTS

SHIPPED_ROUTES = [tomllib.loads(path.read_text("utf-8")) for path in SHIPPED.glob("*.toml")]
WORDS = sorted({word for route in SHIPPED_ROUTES for stage in route["stage"] for word in stage})
VALUES = ["any", "all", "group", "guests", "parties", "author", "lapse_if", "n", "p", "of",
          "agreed", "consent", "head", "weight", "equals", "field", "not", ""]  # fmt: skip

json_values = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=8)
    | some.dates() | some.sampled_from(VALUES),
    lambda inner: some.lists(inner, max_size=4)
    | some.dictionaries(some.sampled_from([*WORDS, *VALUES]) | some.text(max_size=4), inner,
                        max_size=4),
    max_leaves=12,
)  # fmt: skip


@some.composite
def spoilt(draw):
    """A shipped route in which one value, somewhere, is another."""
    route = deepcopy(draw(some.sampled_from(SHIPPED_ROUTES)))
    place = route
    for _ in range(draw(some.integers(0, 5))):
        inside = list(place) if isinstance(place, dict) else list(range(len(place)))
        if not inside:
            break
        key = draw(some.sampled_from(inside))
        if not isinstance(place[key], dict | list) or draw(some.booleans()):
            place[key] = draw(json_values)
            break
        place = place[key]
    return route


def faults_told(definition):
    """Return the sentences about a definition. Any error but BrokenRoute is the test's."""
    try:
        check(definition, "file")
    except BrokenRoute as error:
        return error.faults
    return []


@settings(max_examples=150, deadline=None)
@given(json_values)
def test_garbage_ends_in_sentences(value):
    told = faults_told(value)

    assert told
    assert all("%(" not in sentence for sentence in told)


@settings(max_examples=250, deadline=None)
@given(spoilt())
def test_a_spoilt_route_is_refused_or_can_be_read_and_written(route):
    if not faults_told(route):
        read(route)
        json.dumps(route)
        assert tomllib.loads(as_toml(route)) == route


@settings(max_examples=150, deadline=None)
@given(some.text(max_size=60) | some.binary(max_size=60).map(lambda raw: raw.decode("latin-1")))
def test_text_that_is_no_route_ends_in_sentences(text):
    with pytest.raises(BrokenRoute):
        read_text(text, "file")


def test_deep_nesting_is_refused():
    for text in ("a = " + "[" * 5000, "a = " + "[" * 200 + "]" * 200):
        with pytest.raises(BrokenRoute):
            read_text(text, "file")


@pytest.mark.parametrize(
    ("change", "flaw"),
    [
        ({"key": "mit Leerzeichen"}, Flaw.NOT_A_KEY),
        ({"key": "x" * 61}, Flaw.NOT_A_KEY),
        ({"key": "author"}, Flaw.NOT_A_KEY),
        ({"label": "x" * 201}, Flaw.TOO_MUCH),
        ({"label": "zwei\nZeilen"}, Flaw.NOT_A_VALUE),
        ({"label": "\x00"}, Flaw.NOT_A_VALUE),
        ({"deadline": {"working_days": 10**30}}, Flaw.NOT_A_VALUE),
        ({"deadline": {"working_days": 1001}}, Flaw.NOT_A_VALUE),
        ({"participants": [{"kind": ["group"], "key": "a", "label": "A"}]},
         Flaw.UNKNOWN_PARTICIPANT),
        ({"escalate": [{"after": 1, "to": ["head"]}]}, Flaw.NOT_A_VALUE),
        ({"when": {"field": "x", "equals": 0.5}}, Flaw.NOT_A_VALUE),
    ],
)  # fmt: skip
def test_what_no_table_could_hold_is_a_fault(change, flaw):
    stage = {**SHIPPED_ROUTES[0]["stage"][0], **change}

    found = faults_in({**SHIPPED_ROUTES[0], "stage": [stage]})

    assert flaw in [fault.flaw for fault in found]


def test_a_land_that_is_a_list_is_a_fault():
    assert faults_in({**SHIPPED_ROUTES[0], "land": ["BW"]})


def test_every_flaw_has_its_sentence():
    assert set(FAULTS) == set(Flaw)
