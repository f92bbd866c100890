"""Who is written to when a stage opens, and what the letter says."""

import pytest
from django.core import mail

from cms.accounts.roles import Role
from cms.core import outbox
from cms.core.models import OutboxRow
from tests.people import account, alma, bruno, minister
from tests.stand_ins import journeys
from workflow import signals

pytestmark = pytest.mark.django_db

# What has to be told, and the letters that come of it.
KINDS = ["workflow.call", "workflow.mail"]


def drain():
    assert outbox.drain(kinds=KINDS).failed == 0


def test_everybody_who_can_decide_is_written_to_once():
    other = account("Rosa Reim", Role.REVIEWERS)
    account("Olaf Ohne", Role.EDITORS)
    journeys.in_review()

    drain()
    drain()

    assert sorted(letter.to[0] for letter in mail.outbox) == sorted([bruno().email, other.email])


def test_the_letter_leads_to_the_page_and_names_the_day(settings):
    journey = journeys.before_approval()

    drain()

    (letter,) = [one for one in mail.outbox if one.to == [minister().email]]
    assert letter.subject.startswith("[")
    assert "Kooperation" in letter.subject
    assert settings.WAGTAILADMIN_BASE_URL + journey.get_absolute_url() in letter.body
    assert "Alma Ahrens" in letter.body
    assert "Freigabe" not in letter.subject + letter.body


def test_who_submitted_hears_what_became_of_the_text_and_why():
    journeys.returned()
    journeys.agreed(journeys.draft("Zweite"))

    drain()

    back, through = [one for one in mail.outbox if one.to == [alma().email]]
    assert "Bitte kürzen." in back.body
    assert "Zweite" in through.subject
    assert not [one for one in mail.outbox if "Workflow" in one.subject + one.body]


def test_a_line_break_in_a_title_does_not_break_the_letter():
    journeys.in_review(journeys.draft("Zwei\nZeilen"))

    drain()

    assert "Zwei Zeilen" in mail.outbox[0].subject


def test_what_was_decided_meanwhile_needs_no_letter():
    journey = journeys.in_review()
    journeys.agree(journey, bruno())

    drain()

    assert bruno().email not in [letter.to[0] for letter in mail.outbox]


def test_a_submission_that_is_undone_writes_no_letter():
    journeys.route()
    bruno(), minister()
    page = journeys.draft()

    def fail(**kwargs):
        raise RuntimeError

    signals.stage_opened.connect(fail, weak=False)
    try:
        with pytest.raises(RuntimeError):
            journeys.in_review(page, by=alma())
    finally:
        signals.stage_opened.disconnect(fail)

    assert not OutboxRow.objects.filter(kind__in=KINDS).exists()
