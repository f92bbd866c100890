"""The trail cannot be changed unseen, and survives what it speaks of."""

from typing import Any

import pytest
from django.db import connection

from cms.core import trail
from cms.core.models import TrailEntry, TrailHead, TrailName
from cms.core.models.trail import AppendOnly
from tests import people

pytestmark = pytest.mark.django_db


def five_entries() -> list[TrailEntry]:
    alma = people.alma()
    return [
        trail.record(
            action="test.act", subject=alma, by=alma, on_behalf_of="Stadt", payload={"number": n}
        )
        for n in range(5)
    ]


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_entries_stand_in_one_order_without_gaps() -> None:
    entries = five_entries()

    assert [entry.sequence for entry in entries] == [1, 2, 3, 4, 5]
    assert entries[1].previous_hash == entries[0].hash
    assert trail.verify() is None


@pytest.mark.parametrize(
    ("statement", "values", "place"),
    [
        ("UPDATE core_trailentry SET action = %s WHERE sequence = 3", ["other.act"], 3),
        ("UPDATE core_trailentry SET payload = %s WHERE sequence = 2", ['{"number": 9}'], 2),
        ("UPDATE core_trailentry SET subject_id = %s WHERE sequence = 5", ["999"], 5),
    ],
)
def test_a_change_by_the_database_operator_is_found_at_its_place(
    statement: str, values: list[str], place: int
) -> None:
    five_entries()

    sql(statement, *values)

    broken = trail.verify()
    assert broken is not None
    assert (broken.sequence, broken.reason) == (place, "entry changed")


def test_a_removed_entry_is_found() -> None:
    five_entries()

    TrailName.objects.filter(entry__sequence=4).delete()
    sql("DELETE FROM core_trailentry WHERE sequence = 4")

    assert trail.verify() == trail.Break(4, "entry missing")


def test_entries_cut_off_at_the_end_are_found_by_the_head() -> None:
    five_entries()

    TrailName.objects.filter(entry__sequence=5).delete()
    sql("DELETE FROM core_trailentry WHERE sequence = 5")

    broken = trail.verify()
    assert broken is not None
    assert broken.reason == "entries missing at the end"
    # The head alone tells: set back with it, the shortened chain would look whole.
    last = TrailEntry.objects.get(sequence=4)
    TrailHead.objects.update(sequence=4, hash=last.hash)
    assert trail.verify() is None


def test_a_name_cannot_be_exchanged_but_erased() -> None:
    five_entries()
    name = TrailName.objects.filter(entry__sequence=3, role="actor").get()

    sql("UPDATE core_trailname SET name = %s WHERE id = %s", "Bruno Behrend", name.pk)
    exchanged = trail.verify()
    name.delete()

    assert exchanged == trail.Break(3, "name changed")
    assert trail.verify() is None


def test_an_entry_outlives_the_account_it_names() -> None:
    entries = five_entries()

    people.alma().delete()

    assert trail.verify() is None
    assert entries[0].names.get(role="actor").name == "Alma Ahrens"


def test_the_trail_refuses_change_and_deletion_through_the_orm() -> None:
    (entry, *_) = five_entries()

    for change in (entry.save, entry.delete, TrailEntry.objects.all().delete):
        with pytest.raises(AppendOnly):
            change()
    with pytest.raises(AppendOnly):
        TrailEntry.objects.update(action="other")
