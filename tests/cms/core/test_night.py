"""Once a night everything is examined, and who administers hears of what is not well."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from cms.core import doctor, due, night, outbox
from cms.core.doctor import Finding
from cms.core.models import OutboxRow
from tests.people import admin, alma

pytestmark = pytest.mark.django_db

NIGHT = timezone.make_aware(datetime(2026, 5, 20, 3, 1))


@pytest.fixture
def finding(monkeypatch: pytest.MonkeyPatch) -> Finding:
    """Something that is not well, beside something that is."""
    sick = Finding(False, "Der Index fehlt.", "manage.py rebuild_index")
    checks = {"search index": lambda: sick, "database": lambda: Finding(True, "sqlite")}
    monkeypatch.setattr(doctor, "_checks", checks)
    return sick


def run(now: datetime) -> None:
    due.run_all(now)
    # The row is due when it is written, which is after the night that is played here.
    outbox.drain(kinds=[night.KIND])


def test_administrators_are_told_what_is_not_well(finding: Finding) -> None:
    admin(), alma()

    run(NIGHT)

    (letter,) = mail.outbox
    assert letter.to == [admin().email]
    assert letter.subject == "[Achtung] search index"
    assert finding.message in letter.body
    assert finding.remedy in letter.body
    assert "database" not in letter.body


def test_where_all_is_well_nobody_is_written_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_checks", {"database": lambda: Finding(True, "sqlite")})
    admin()

    run(NIGHT)

    assert mail.outbox == []
    assert OutboxRow.objects.filter(kind=night.KIND).exclude(done_at=None).count() == 1


@pytest.mark.usefixtures("finding")
def test_the_doctor_comes_once_a_night_however_often_the_timer_calls() -> None:
    admin()

    for minutes in (-5, 0, 1, 600):
        run(NIGHT + timedelta(minutes=minutes))

    assert len(mail.outbox) == 1

    run(NIGHT + timedelta(days=1))
    assert len(mail.outbox) == 2


@pytest.mark.usefixtures("finding")
def test_two_timers_at_once_make_one_letter() -> None:
    admin()
    for _ in range(2):
        outbox.put(night.KIND, "2026-05-20")

    outbox.drain(kinds=[night.KIND])

    assert len(mail.outbox) == 1


@pytest.mark.usefixtures("finding")
def test_without_an_address_it_stands_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    run(NIGHT)

    assert mail.outbox == []
    assert "search index: Der Index fehlt." in caplog.text
