"""An action is one verb, called by names, and knows who acts."""

import importlib
import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]

# What has nobody who acts, and why.
WITHOUT_AN_ACTOR = {
    "cms.accounts.actions.set_up_roles": "runs after every migration",
    "home.actions.set_up_site": "runs after every migration",
    "home.actions.report_barrier": "anybody may report a barrier, without saying who they are",
}


def own_functions(module: Any) -> list[str]:
    return [
        name
        for name, value in vars(module).items()
        if inspect.isfunction(value)
        and value.__module__ == module.__name__
        and not name.startswith("_")
    ]


def actions() -> Iterator[Callable[..., Any]]:
    """Yield every public function of every package's `actions`."""
    for path in [*ROOT.glob("*/actions*"), *ROOT.glob("cms/*/actions*")]:
        module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        for name in getattr(module, "__all__", None) or own_functions(module):
            yield getattr(module, name)


def name_of(action: Callable[..., Any]) -> str:
    return f"{action.__module__}.{action.__name__}"


def takes_names_only(action: Callable[..., Any]) -> bool:
    by_name = {inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.VAR_KEYWORD}
    return all(one.kind in by_name for one in inspect.signature(action).parameters.values())


ACTIONS = sorted(actions(), key=name_of)


def test_the_search_for_actions_finds_those_of_a_journey():
    names = {name_of(action) for action in ACTIONS}

    assert {"workflow.actions.submission.submit", "workflow.actions.deciding.decide"} <= names


@pytest.mark.parametrize("action", ACTIONS, ids=name_of)
def test_an_action_is_called_by_names(action):
    assert takes_names_only(action)


def test_a_positional_parameter_would_be_found():
    def rename(page, *, by):
        return page, by

    assert not takes_names_only(rename)


@pytest.mark.parametrize("action", ACTIONS, ids=name_of)
def test_an_action_knows_who_acts(action):
    has_actor = "by" in inspect.signature(action).parameters

    assert has_actor or name_of(action) in WITHOUT_AN_ACTOR


def test_the_list_of_exceptions_names_nothing_that_is_gone():
    assert set(WITHOUT_AN_ACTOR) <= {name_of(action) for action in ACTIONS}


@pytest.mark.parametrize("action", ACTIONS, ids=name_of)
def test_whoever_acts_is_never_a_default(action):
    """A forgotten `by` must be an error, not an act of the system."""
    by = inspect.signature(action).parameters.get("by")

    assert by is None or by.default is inspect.Parameter.empty
