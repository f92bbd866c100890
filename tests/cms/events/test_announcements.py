"""The right sentence on programme and registration, for every combination."""

from itertools import product

import pytest
from django.utils import translation

from cms.events import announcements
from cms.events.announcements import PROGRAMME, REGISTRATION, TOGETHER, announcement
from cms.events.rules import ProgrammeState, RegistrationState, Situation

ALL = list(product(Situation, ProgrammeState, RegistrationState))


def test_the_tables_are_complete():
    assert set(PROGRAMME) == set(product(Situation, ProgrammeState))
    assert set(REGISTRATION) == set(product(Situation, RegistrationState))
    assert set(TOGETHER) <= set(ALL)


@pytest.mark.parametrize(("situation", "programme", "registration"), ALL)
def test_every_combination_is_said_in_german_sentences(situation, programme, registration):
    with translation.override("en"):
        english = announcement(situation, programme, registration, announced_elsewhere=True)
    with translation.override("de"):
        german = announcement(situation, programme, registration, announced_elsewhere=True)

    assert german.endswith(".")
    assert german != english
    assert "Programm" in german or "Anmeldung" in german


@pytest.mark.parametrize(
    ("situation", "programme", "registration"),
    [one for one in ALL if one[0] in {Situation.OVER, Situation.CANCELLED}],
)
def test_nobody_is_invited_to_what_is_over_or_cancelled(situation, programme, registration):
    with translation.override("de"):
        said = announcement(situation, programme, registration, announced_elsewhere=True)

    for promise in ("ist geöffnet", "folgt", "Warteliste", "geben es"):
        assert promise not in said


def test_programme_and_registration_to_come_are_one_sentence():
    with translation.override("de"):
        said = announcement(
            Situation.AHEAD,
            ProgrammeState.PENDING,
            RegistrationState.NOT_OPEN,
            announced_elsewhere=True,
        )

    assert said == (
        "Das Programm folgt; die Anmeldung wird freigeschaltet, sobald es vorliegt."
        " Die Veranstalter geben es auf ihrer Website bekannt."
    )


@pytest.mark.parametrize(
    ("programme", "registration", "waits"),
    [
        (ProgrammeState.PUBLISHED, RegistrationState.OPEN, False),
        (ProgrammeState.PUBLISHED, RegistrationState.NOT_OPEN, True),
        (ProgrammeState.DRAFT, RegistrationState.OPEN, True),
        (ProgrammeState.NONE, RegistrationState.NOT_PLANNED, False),
    ],
)
def test_readers_wait_for_news_only_while_something_is_open(programme, registration, waits):
    assert announcements.news_to_come(Situation.AHEAD, programme, registration) is waits
    assert not announcements.news_to_come(Situation.OVER, programme, registration)
