"""The glossary is alive: its words are those of the models, the states and the screens."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.utils import translation
from taggit.models import ItemBase
from wagtail.images.models import AbstractRendition

from cms.accounts.wording import ROLE_LABELS
from cms.agreements import wording as agreements
from cms.core.papers import Audience, Origin
from cms.events import wording as events
from cms.networks.models import Membership
from cms.networks.models.organisations import OrganisationKind
from cms.publications import wording as publications
from workflow import wording as journeys
from workflow.models import Participant, Stage
from workflow.rules.states import ParticipantKind, StageKind

GLOSSARY = Path(__file__).resolve().parents[2] / "docs" / "glossary.md"
ROW = re.compile(r"^\| (?P<screen>[^|]+) \| `(?P<code>[^`]+)` \| [^|]+ \|[^|]*\|$", re.MULTILINE)
PACKAGES = {"cms", "workflow", "search", "home"}
NOT_ON_SCREENS = "–"
# Why a model's own name is another word than the one in the glossary.
NAMED_OTHERWISE = {
    "SeriesPartner": "the form of a series says “Partner”, and nobody can mistake it there",
    "TrailEntry": "no form shows it; pages write “Verlauf” above the list",
}


def labels_of(model: Any, field: str, words: type) -> dict[Any, Any]:
    return {words(value): label for value, label in model._meta.get_field(field).choices}


# The words that the states of papers have on screens.
STATES: dict[str, Mapping[Any, Any]] = {
    "JourneyStatus": journeys.JOURNEY_STATUS,
    "StageStatus": journeys.STAGE_STATUS,
    "Answer": journeys.ANSWERED,
    "StageKind": labels_of(Stage, "kind", StageKind),
    "ParticipantKind": labels_of(Participant, "kind", ParticipantKind),
    "State": agreements.STATES,
    "RoundStatus": agreements.ROUND_STATUSES,
    "SignatureStatus": agreements.SIGNATURE_STATUSES,
    "CriterionAnswer": agreements.ANSWERS,
    "EventState": events.EVENT_STATES,
    "ProgrammeState": events.PROGRAMME_STATES,
    "RegistrationState": events.REGISTRATION_STATES,
    "ConcernStatus": events.CONCERN_STATUSES,
    "SurveyState": publications.SURVEY_STATES,
    "Role": ROLE_LABELS,
    "Audience": {member: member.label for member in Audience},
    "Origin": {member: member.label for member in Origin},
    "Membership.Status": {member: member.label for member in Membership.Status},
    "OrganisationKind": {member: member.label for member in OrganisationKind},
}


def pairs() -> list[tuple[str, str]]:
    """Return (code word, screen word) of every row of every table."""
    return [(row["code"], row["screen"].strip()) for row in ROW.finditer(GLOSSARY.read_text())]


def our_models() -> Iterable[Any]:
    """Return the models with a meaning of their own; rows of tags and renditions have none."""
    for model in apps.get_models():
        is_ours = model.__module__.partition(".")[0] in PACKAGES
        if is_ours and not issubclass(model, (ItemBase, AbstractRendition)):
            yield model


@pytest.fixture(autouse=True)
def _in_german():
    with translation.override("de"):
        yield


def test_every_row_can_be_read():
    rows = [line for line in GLOSSARY.read_text().splitlines() if line.startswith("| ")]
    heads = [line for line in rows if line.startswith(("| Screen", "| ---"))]

    assert len(pairs()) == len(rows) - len(heads)


def test_a_code_word_stands_once():
    times = Counter(code for code, _ in pairs())

    assert [code for code, number in times.items() if number > 1] == []


def test_a_word_on_screens_means_one_thing():
    """States are told apart by what they are the state of; everything else by its word."""
    words = Counter(
        screen for code, screen in pairs() if "." not in code and screen != NOT_ON_SCREENS
    )

    assert [word for word, number in words.items() if number > 1] == []


def test_every_model_is_in_the_glossary():
    listed = {code for code, _ in pairs()}

    assert {model.__name__ for model in our_models()} <= listed


@pytest.mark.parametrize("model", sorted(our_models(), key=lambda one: one.__name__))
def test_a_model_has_the_same_word_on_screens(model):
    words = dict(pairs())
    screen = words[model.__name__]

    if screen != NOT_ON_SCREENS and model.__name__ not in NAMED_OTHERWISE:
        assert str(model._meta.verbose_name) == screen


@pytest.mark.parametrize("name", STATES)
def test_every_state_is_in_the_glossary_with_its_word(name):
    listed = {code: screen for code, screen in pairs() if code.rpartition(".")[0] == name}

    on_screens = {f"{name}.{state.name}": str(label) for state, label in STATES[name].items()}

    assert listed == on_screens
