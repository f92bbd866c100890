"""Once an hour the end of the trail is signed and laid down outside the database."""

import json
import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from cms.core import checks, due, outbox, trail
from cms.core.models import TrailEntry
from cms.core.trail import heads, keys, sealing
from cms.settings import base
from tests.cms.core import trails

pytestmark = pytest.mark.django_db


def lines() -> list[dict]:
    return [json.loads(line) for line in heads.path().read_text().splitlines()]


def test_a_head_is_laid_down_outside_the_database() -> None:
    entries = trails.entries(3)

    laid = trails.seal()

    assert laid == 1
    (head,) = heads.laid_down()
    assert (head.size, head.hashes) == (3, [entry.hash for entry in entries])
    assert head.is_signed()
    assert trail.verify() is None


def test_the_timer_seals() -> None:
    trails.entries(1)

    done = due.run_all(timezone.now())

    assert done["trail.seal"] == 1


def test_there_is_at_most_one_head_an_hour() -> None:
    trails.entries(1)
    trails.seal()
    trails.entries(1)

    laid = [trails.seal(), trails.seal(hours=1), trails.seal(hours=1)]

    assert laid == [0, 1, 0]
    assert [head.size for head in heads.laid_down()] == [1, 2]


def test_nothing_is_sealed_when_nothing_came() -> None:
    assert trails.seal() == 0
    trails.entries(1)
    trails.seal()

    assert trails.seal(hours=5) == 0


def test_a_clock_that_was_ahead_does_not_stop_the_sealing() -> None:
    trails.entries(1)
    trails.seal(hours=24 * 365)
    trails.entries(1)

    assert trails.seal() == 1


def test_a_head_names_the_one_before_and_holds_only_what_came_since() -> None:
    trails.entries(2)
    trails.seal()
    trails.entries(3)
    trails.seal(hours=1)

    first, second = heads.laid_down()

    assert (len(first.hashes), len(second.hashes)) == (2, 3)
    assert second.previous == first.digest
    assert trail.verify() is None


def test_a_second_process_leaves_the_sealing_to_the_first() -> None:
    trails.entries(1)

    with heads.sealing_lock() as ours:
        laid = trails.seal()

    assert (ours, laid) == (True, 0)


def test_a_trail_that_does_not_hold_is_not_sealed() -> None:
    trails.entries(2)

    with trails.rules_out_of_the_way():
        trails.sql("UPDATE core_trailentry SET action = 'other' WHERE sequence = 2")
        with pytest.raises(sealing.Broken, match="entry 2: entry changed"):
            trails.seal()

    assert heads.laid_down() == []


def test_a_line_that_was_never_finished_is_no_head() -> None:
    trails.entries(1)
    trails.seal()
    with heads.path().open("a") as file:
        file.write('{"size": 7, "ro')
    trails.entries(1)

    laid = trails.seal(hours=1)

    assert laid == 1
    assert [line["size"] for line in lines()] == [1, 2]
    assert trail.verify() is None


def test_the_key_is_made_once_and_is_nobody_elses(settings) -> None:
    key = keys.public_key()

    mode = stat.S_IMODE(os.stat(settings.TRAIL_KEY_FILE).st_mode)

    assert mode == 0o600
    assert keys.public_key() == key
    assert [path.name for path in Path(settings.TRAIL_KEY_FILE).parent.glob("trail.key*")] == [
        "trail.key"
    ]


def test_key_and_heads_lie_below_var_unless_told_otherwise() -> None:
    assert base.TRAIL_KEY_FILE == base.VAR_DIR / "trail.key"
    assert base.TRAIL_HEADS_DIR == base.VAR_DIR / "trail"


def test_a_head_of_another_hand_is_found(settings, tmp_path) -> None:
    trails.entries(2)
    trails.seal()
    settings.TRAIL_KEY_FILE = tmp_path / "other.key"

    assert trail.verify() == trail.Break(2, trail.Fault.HEAD_CHANGED)


@pytest.mark.parametrize(
    ("field", "value"),
    [("root", "0" * 64), ("at", "2020-01-01T00:00:00+00:00"), ("signature", "00" * 64)],
)
def test_a_changed_head_is_found(field: str, value: str) -> None:
    trails.entries(2)
    trails.seal()
    (line,) = lines()

    heads.path().write_text(json.dumps({**line, field: value}) + "\n")

    assert trail.verify() == trail.Break(2, trail.Fault.HEAD_CHANGED)


def test_a_head_taken_out_of_the_file_is_found() -> None:
    for hours in range(3):
        trails.entries(1)
        trails.seal(hours)
    first, _, third = heads.path().read_text().splitlines(keepends=True)

    heads.path().write_text(first + third)

    assert trail.verify() == trail.Break(3, trail.Fault.HEAD_CHANGED)


def test_the_head_goes_out_by_letter(settings) -> None:
    settings.TRAIL_HEADS_TO = ["notary@example.org"]
    trails.entries(2)

    trails.seal()
    outbox.drain(kinds=["core.trail_head"])

    (letter,) = mail.outbox
    assert letter.to == ["notary@example.org"]
    assert letter.subject == "Verlauf versiegelt bis Eintrag 2"
    kept = heads.Head.from_line(letter.body.strip().splitlines()[-1])
    assert kept.is_signed()
    assert (kept.size, kept.root) == (2, heads.laid_down()[0].root)


def test_nobody_gets_a_letter_without_an_address() -> None:
    trails.entries(2)

    trails.seal()

    assert outbox.drain(kinds=["core.trail_head"]).done == 0


def test_a_head_from_a_letter_finds_what_our_own_copy_no_longer_can(settings, tmp_path) -> None:
    """Somebody has the database and the file of heads, but not the mailbox."""
    trails.entries(3)
    trails.seal()
    (kept,) = heads.laid_down()
    letter = heads.Head(**kept.for_a_letter())
    settings.TRAIL_HEADS_DIR = tmp_path / "emptied"

    with trails.rules_out_of_the_way():
        trails.sql("UPDATE core_trailentry SET action = 'other' WHERE sequence = 2")
        trails.chain_anew()
        alone, compared = trail.verify(), trail.verify(also=[letter])

    assert alone is None
    assert compared == trail.Break(3, trail.Fault.DIFFERS)


def test_the_doctor_misses_a_head_after_two_hours() -> None:
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    with time_machine.travel(noon, tick=False):
        trails.entries(2)
        trails.seal()
        trails.entries(1)

    found = {}
    for hours in (1, 3):
        with time_machine.travel(noon + timedelta(hours=hours), tick=False):
            found[hours] = checks.trail_is_sealed()

    assert found[1].ok
    assert not found[3].ok
    assert found[3].message == "Eintrag 3 ist älter als zwei Stunden und nicht versiegelt."


def test_the_doctor_is_content_with_an_old_head_when_nothing_came_since() -> None:
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    with time_machine.travel(noon, tick=False):
        trails.entries(2)
        trails.seal()

    with time_machine.travel(noon + timedelta(days=30), tick=False):
        assert checks.trail_is_sealed().ok


def test_the_doctor_names_the_entry_and_the_fault() -> None:
    trails.entries(2)
    last = TrailEntry.objects.get(sequence=1)

    trails.seal()
    with trails.rules_out_of_the_way():
        trails.sql("DELETE FROM core_trailname WHERE entry_id <> %s", last.pk)
        trails.sql("DELETE FROM core_trailentry WHERE sequence = 2")
        trails.set_head(1, last.hash)
        found = checks.trail_holds()

    assert not found.ok
    assert found.message == "Die Kette bricht bei Eintrag 2: ab hier fehlen die Einträge."
