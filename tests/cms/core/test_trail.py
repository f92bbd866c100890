"""The trail cannot be changed unseen, and survives what it speaks of."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from cms.core import trail
from cms.core.models import TrailEntry, TrailHead, TrailName
from cms.core.models.trail import AppendOnly
from cms.core.trail.chain import CLOCK_SET_BACK
from tests import people
from tests.cms.core import trails

pytestmark = pytest.mark.django_db


def test_entries_stand_in_one_order_without_gaps() -> None:
    entries = trails.entries(5)

    assert [entry.sequence for entry in entries] == [1, 2, 3, 4, 5]
    assert entries[1].previous_hash == entries[0].hash
    assert trail.verify() is None


def test_an_entry_costs_few_queries() -> None:
    trails.entries(1)
    alma = people.alma()

    with CaptureQueriesContext(
        connection,
    ) as queries:
        trail.record(action="test.act", subject=alma, by=alma, on_behalf_of="Stadt")

    work = [query for query in queries if "SAVEPOINT" not in query["sql"]]
    # Lock the head, write; or lock the head, write the entry, its names, the head.
    assert len(work) == (2 if connection.vendor == "postgresql" else 4)


def test_an_entry_outlives_the_account_it_names() -> None:
    entries = trails.entries(5)

    people.alma().delete()

    assert trail.verify() is None
    assert entries[0].names.get(role="actor").name == "Alma Ahrens"


def test_the_trail_refuses_change_and_deletion_through_the_orm() -> None:
    (entry, *_) = trails.entries(2)
    name = entry.names.get(role="actor")
    entry.action = name.name = "other"

    changes = [
        change
        for row, field in ((entry, "action"), (name, "name"))
        for change in (
            row.save,
            row.delete,
            lambda row=row: row.save(force_update=True),
            type(row).objects.all().delete,
            type(row)._base_manager.all().delete,
            lambda row=row: type(row).objects.update(pk=99),
            lambda row=row: type(row)._base_manager.update(pk=99),
            lambda row=row, field=field: type(row).objects.bulk_update([row], [field]),
            lambda row=row: type(row).objects.update_or_create(pk=row.pk),
            lambda row=row: type(row).objects.bulk_create(
                [row], update_conflicts=True, unique_fields=["id"], update_fields=["id"]
            ),
        )
    ]

    for change in changes:
        with pytest.raises(AppendOnly), transaction.atomic():
            change()
    with pytest.raises(AppendOnly):
        entry.names.update(name="other")
    assert trail.verify() is None


def test_a_clock_that_was_set_back_is_on_record() -> None:
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    with time_machine.travel(noon, tick=False):
        trails.entries(1)

    with time_machine.travel(noon - timedelta(days=1), tick=False):
        trails.entries(2)

    actions = list(TrailEntry.objects.values_list("action", flat=True))
    assert actions == ["test.act", CLOCK_SET_BACK, "test.act", "test.act"]
    assert TrailEntry.objects.get(action=CLOCK_SET_BACK).payload == {"from": noon.isoformat()}
    assert trail.verify() is None


def test_clocks_of_two_servers_that_differ_a_little_are_no_matter() -> None:
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    for moment in (noon, noon - timedelta(minutes=2)):
        with time_machine.travel(moment, tick=False):
            trails.entries(1)

    assert TrailEntry.objects.count() == 2
    assert trail.verify() is None


def test_an_entry_dated_before_the_one_before_it_is_found() -> None:
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    with time_machine.travel(noon, tick=False):
        trails.entries(1)

    with (
        trails.rules_out_of_the_way(),
        time_machine.travel(noon - timedelta(days=1), tick=False),
    ):
        TrailHead.objects.update(at=None)  # the memory of the time is taken away
        trails.entries(1)
        broken = trail.verify()

    assert broken == trail.Break(2, trail.Fault.TOO_EARLY)


def test_an_erased_person_is_gone_and_the_chain_holds() -> None:
    trails.entries(3)
    alma, number = people.alma(), people.alma().pk
    trail.record(action="test.act", subject=alma, by=people.bruno(), on_behalf_of=alma)
    commitments = list(TrailEntry.objects.values_list("commitments", flat=True))
    alma.delete()

    erased = trail.erase_names(by=people.admin(), account=number)

    assert erased == 4
    assert not TrailName.objects.filter(name__contains="Alma").exists()
    assert not TrailName.objects.filter(account=number).exists()
    gone = TrailName.objects.filter(salt="")
    assert {(row.name, row.account) for row in gone} == {("", None)}
    assert list(TrailEntry.objects.values_list("commitments", flat=True))[:4] == commitments
    assert trail.verify() is None
    with translation.override("de"):
        assert str(gone.first()) == "Name gelöscht"


def test_others_keep_their_names_when_one_is_erased() -> None:
    trails.entries(1)
    trail.record(action="test.act", subject=people.bruno(), by=people.bruno())

    trail.erase_names(by=people.admin(), account=people.alma().pk)

    kept = TrailName.objects.kept().values_list("name", flat=True)
    assert set(kept) == {"Stadt", "Bruno Behrend", "Ada Adler"}


def test_a_guest_without_an_account_is_erased_by_name() -> None:
    trail.record(action="test.act", subject=people.alma(), by="Gerda Gast")

    erased = trail.erase_names(by=people.admin(), name="Gerda Gast")

    assert erased == 1
    assert trail.verify() is None


def test_an_erasure_is_on_record_and_bears_repetition() -> None:
    trails.entries(2)
    number = people.alma().pk

    counts = [trail.erase_names(by=people.admin(), account=number) for _ in range(2)]

    assert counts == [2, 0]
    last = TrailEntry.objects.last()
    assert (last.action, last.payload) == (
        "trail.names_erased", {"erased": [[1, "actor"], [2, "actor"]]},
    )  # fmt: skip
    assert last.names.get().name == "Ada Adler"


def test_a_name_blanked_by_hand_is_no_erasure() -> None:
    trails.entries(3)

    TrailName.objects.filter(entry__sequence=2, role="actor").erase()

    assert trail.verify() == trail.Break(2, trail.Fault.NAME_CHANGED)


def test_an_erased_name_cannot_be_filled_with_another() -> None:
    """ "A for B" stays provable: the commitment knows what stood there."""
    trails.entries(2)
    trail.erase_names(by=people.admin(), account=people.alma().pk)

    with trails.rules_out_of_the_way():
        trails.sql("UPDATE core_trailname SET name = 'Bruno', salt = '00' WHERE salt = ''")
        forged = trail.verify()

    assert forged == trail.Break(1, trail.Fault.NAME_CHANGED)


def test_the_command_erases_and_says_how_much(capsys: pytest.CaptureFixture[str]) -> None:
    trails.entries(2)
    number = people.alma().pk

    call_command("erase_trail_names", "--account", str(number), "--by", people.admin().email)

    assert "entries: 2" in capsys.readouterr().out
    assert trail.verify() is None
