"""The daily digest: one letter a day, nothing lost, nothing twice."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from cms.accounts.roles import Role
from cms.core import due, outbox
from cms.core.models import OutboxRow
from tests.people import account, bruno, cem
from tests.stand_ins import journeys
from workflow.letters import digest
from workflow.models import DigestLine, Journey

pytestmark = pytest.mark.django_db

# A Wednesday, at half past six in the morning.
EARLY = timezone.make_aware(datetime(2026, 5, 20, 6, 30))
MORNING = EARLY.replace(hour=7, minute=5)


def line(journey, person, text="[Prüfung bis 3.6.] Kooperation", at=EARLY):
    with time_machine.travel(at, tick=False):
        return DigestLine.objects.create(person=person, journey=journey, kind="task", subject=text)


def run(now):
    with time_machine.travel(now, tick=False):
        queued = digest.gather(now)
        outbox.drain(kinds=["workflow.mail"])
    return queued


@pytest.fixture
def journey():
    with time_machine.travel(EARLY - timedelta(days=3)):
        made = journeys.in_review()
        journeys.in_review(journeys.draft("Zweite"))
    OutboxRow.objects.all().delete()
    return made


def test_everything_of_a_day_comes_in_one_letter(journey, settings):
    for text in ("[Prüfung] Erste", "[Prüfung] Zweite"):
        line(journey, bruno(), text)

    run(MORNING)

    (letter,) = mail.outbox
    assert letter.to == [bruno().email]
    assert letter.subject == "[Tagesübersicht vom 20.5.] Umlauf"
    assert "[Prüfung] Erste" in letter.body
    assert "[Prüfung] Zweite" in letter.body
    assert settings.WAGTAILADMIN_BASE_URL + journey.get_absolute_url() in letter.body
    assert "/meine-aufgaben/" in letter.body
    assert "/benachrichtigungen/" in letter.body


def test_before_the_morning_nothing_goes_out_and_afterwards_only_once(journey):
    line(journey, bruno())

    assert run(EARLY) == 0
    assert run(MORNING) == 1
    assert run(MORNING + timedelta(hours=1)) == 0
    assert len(mail.outbox) == 1


def test_what_comes_later_in_the_day_goes_out_on_the_next(journey):
    line(journey, bruno())
    run(MORNING)
    line(journey, bruno(), "[Prüfung] Später", at=MORNING + timedelta(hours=2))

    assert run(MORNING + timedelta(hours=3)) == 0
    assert run(MORNING + timedelta(days=1)) == 1
    assert "Später" in mail.outbox[1].body


def test_a_timer_that_slept_for_days_sends_one_letter_with_everything(journey):
    line(journey, bruno(), "[Prüfung] Montag", at=EARLY - timedelta(days=2))
    line(journey, bruno(), "[Prüfung] Dienstag", at=EARLY - timedelta(days=1))

    run(MORNING)

    assert len(mail.outbox) == 1
    assert "Montag" in mail.outbox[0].body
    assert "Dienstag" in mail.outbox[0].body


def test_killed_between_marking_and_noting_nothing_is_lost(journey, monkeypatch):
    line(journey, bruno())
    monkeypatch.setattr(digest.outbox, "put", killed)
    with pytest.raises(RuntimeError):
        run(MORNING)
    monkeypatch.undo()

    run(MORNING + timedelta(minutes=5))

    assert len(mail.outbox) == 1


def killed(*args, **kwargs):
    raise RuntimeError


def test_everybody_gets_their_own_lines_only(journey):
    line(journey, bruno(), "[Prüfung] Für Bruno")
    line(journey, cem(), "[Prüfung] Für Cem")

    run(MORNING)

    # Cem has nothing to do with the paper: its title is not told.
    assert [one.to for one in mail.outbox] == [[bruno().email]]
    assert "Für Cem" not in mail.outbox[0].body


def test_what_was_decided_meanwhile_is_left_out(journey):
    other = Journey.objects.exclude(pk=journey.pk).get()
    line(journey, bruno(), "[Prüfung] Entschieden")
    line(other, bruno(), "[Prüfung] Noch offen")
    with time_machine.travel(EARLY, tick=False):
        journeys.agree(journey, bruno())

    run(MORNING)

    (letter,) = mail.outbox
    assert "Noch offen" in letter.body
    assert "Entschieden" not in letter.body


def test_a_digest_of_done_tasks_only_is_not_sent(journey):
    line(journey, bruno())
    with time_machine.travel(EARLY, tick=False):
        journeys.agree(journey, bruno())

    run(MORNING)

    assert mail.outbox == []


def test_a_line_on_an_earlier_stage_is_left_out_though_a_later_one_waits(journey):
    both = account("Berta Busch", Role.REVIEWERS, Role.MINISTRY)
    line(journey, both, "[Prüfung] Erste Station", at=EARLY - timedelta(hours=2))
    with time_machine.travel(EARLY - timedelta(hours=1), tick=False):
        journeys.agree(journey, bruno())
    line(journey, both, "[Zustimmung] Zweite Station")

    run(MORNING)

    (letter,) = mail.outbox
    assert "Zweite Station" in letter.body
    assert "Erste Station" not in letter.body


def test_who_was_switched_off_gets_no_digest(journey):
    person = bruno()
    line(journey, person)
    person.is_active = False
    person.save()

    run(MORNING)

    assert mail.outbox == []


def test_the_timer_knows_the_digests(journey):
    line(journey, bruno())

    with time_machine.travel(MORNING, tick=False):
        done = due.run_all(MORNING)

    assert done["digests"] == 1


def test_lines_that_were_sent_are_cleared_away_after_a_month(journey):
    line(journey, bruno())
    run(MORNING)

    run(MORNING + timedelta(days=40))

    assert not DigestLine.objects.exists()
