"""Three hundred changes by somebody who has the whole database: each is found, at its place.

Some are crude, some by somebody who knows how the chain is made and computes it
anew; against those only the heads help that lie outside the database. With a
comparison switched off the same changes must slip through, or they prove nothing.
"""

import random
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from cms.core import trail
from cms.core.digests import canonical_json
from cms.core.models import TrailEntry, TrailName
from cms.core.trail import comparison, verification
from tests import people
from tests.cms.core import trails
from tests.cms.core.trails import sql

pytestmark = pytest.mark.django_db

CHANGES = 300
ENTRIES = 40

# A change is done by a function that returns the number of the first entry it spoils.
Change = Callable[[random.Random], int]


def somewhere(dice: random.Random) -> int:
    return dice.randint(1, ENTRIES)


def word(dice: random.Random) -> str:
    return f"forged{dice.randrange(10**9)}"


def set_field(field: str, value: Any, place: int) -> None:
    sql(f"UPDATE core_trailentry SET {field} = %s WHERE sequence = %s", value, place)  # noqa: S608


def update_a_fact(dice: random.Random) -> int:
    place = somewhere(dice)
    field = dice.choice(["action", "subject_type", "subject_id"])
    set_field(field, word(dice), place)
    return place


def update_a_payload(dice: random.Random) -> int:
    place = somewhere(dice)
    field = dice.choice(["payload", "commitments"])
    value = dice.choice([{word(dice): 1}, [], "text", None, 7])
    set_field(field, canonical_json(value).decode(), place)
    return place


def update_a_hash(dice: random.Random) -> int:
    place = somewhere(dice)
    set_field(dice.choice(["hash", "previous_hash"]), f"{dice.getrandbits(256):064x}", place)
    return place


def delete_an_entry(dice: random.Random) -> int:
    place = somewhere(dice)
    remove(place, place)
    return place


def remove(first: int, last: int) -> None:
    within = TrailEntry.objects.filter(sequence__range=(first, last))
    for pk in within.values_list("pk", flat=True):
        sql("DELETE FROM core_trailname WHERE entry_id = %s", pk)
        sql("DELETE FROM core_trailentry WHERE id = %s", pk)


def insert_an_entry(dice: random.Random) -> int:
    place = somewhere(dice)
    make_room(place)
    source = TrailEntry.objects.get(sequence=place + 1 if place < ENTRIES else place - 1)
    copy(source, place, f"{dice.getrandbits(256):064x}")
    return place


def append_an_entry(dice: random.Random) -> int:
    copy(TrailEntry.objects.get(sequence=somewhere(dice)), ENTRIES + 1, word(dice).zfill(64))
    return ENTRIES + 1


def make_room(place: int) -> None:
    sql("UPDATE core_trailentry SET sequence = sequence + 1000 WHERE sequence >= %s", place)
    sql("UPDATE core_trailentry SET sequence = sequence - 999 WHERE sequence > 999")


def copy(source: TrailEntry, place: int, own_hash: str) -> None:
    sql(
        "INSERT INTO core_trailentry (sequence, at, action, subject_type, subject_id, payload,"
        " commitments, previous_hash, hash) SELECT %s, at, 'forged', subject_type, subject_id,"
        " payload, commitments, previous_hash, %s FROM core_trailentry WHERE id = %s",
        place, own_hash, source.pk,
    )  # fmt: skip


def reorder_two_entries(dice: random.Random) -> int:
    one, other = sorted(dice.sample(range(1, ENTRIES + 1), 2))
    for old, new in ((one, 1000), (other, one), (1000, other)):
        sql("UPDATE core_trailentry SET sequence = %s WHERE sequence = %s", new, old)
    return one


def truncate(dice: random.Random) -> int:
    """Cut the end off and set the head of the chain back: what is left looks whole."""
    place = somewhere(dice)
    remove(place, ENTRIES)
    last = TrailEntry.objects.last()
    trails.set_head(place - 1, last.hash if last else trail.GENESIS)
    return place


def set_the_clock(dice: random.Random) -> int:
    place = somewhere(dice)
    shift(place, place, dice)
    return place


def set_the_clock_for_all_that_follows(dice: random.Random) -> int:
    place = somewhere(dice)
    shift(place, ENTRIES, dice)
    trails.chain_anew(place)
    return place


def shift(first: int, last: int, dice: random.Random) -> None:
    by = timedelta(seconds=dice.choice([-1, 1]) * dice.randint(1, 10**7))
    for place, at in TrailEntry.objects.filter(sequence__range=(first, last)).values_list(
        "sequence", "at"
    ):
        set_field("at", connection.ops.adapt_datetimefield_value(at + by), place)


def a_name(dice: random.Random) -> TrailName:
    return dice.choice(list(TrailName.objects.kept().select_related("entry").order_by("pk")))


def change_a_name(dice: random.Random) -> int:
    name = a_name(dice)
    field, value = dice.choice(
        [("name", word(dice)), ("salt", "00" * 16), ("account", 987654), ("role", "witness")]
    )
    sql(f"UPDATE core_trailname SET {field} = %s WHERE id = %s", value, name.pk)  # noqa: S608
    return name.entry.sequence


def blank_or_delete_a_name(dice: random.Random) -> int:
    name = a_name(dice)
    sql(
        dice.choice(
            [
                "DELETE FROM core_trailname WHERE id = %s",
                "UPDATE core_trailname SET name = '', salt = '', account = NULL WHERE id = %s",
            ]
        ),
        name.pk,
    )
    return name.entry.sequence


def write_the_chain_anew(dice: random.Random) -> int:
    """A changed fact, and every hash from there on computed as it should be."""
    place = update_a_fact(dice)
    trails.chain_anew(place)
    return place


def insert_and_write_the_chain_anew(dice: random.Random) -> int:
    place = insert_an_entry(dice)
    set_field("commitments", "{}", place)
    trails.chain_anew(place)
    return place


def delete_and_write_the_chain_anew(dice: random.Random) -> int:
    place = delete_an_entry(dice)
    sql("UPDATE core_trailentry SET sequence = sequence + 1000 WHERE sequence > %s", place)
    sql("UPDATE core_trailentry SET sequence = sequence - 1001 WHERE sequence > 1000")
    trails.chain_anew(place)
    return place


def exchange_a_name_with_its_commitment(dice: random.Random) -> int:
    """ "A for B" becomes "C for B", by somebody who computes the commitment as well."""
    name = a_name(dice)
    forged = {**name.entry.commitments, name.role: trail.commitment(name.salt, "Cem", None)}
    sql("UPDATE core_trailname SET name = 'Cem', account = NULL WHERE id = %s", name.pk)
    set_field("commitments", canonical_json(forged).decode(), name.entry.sequence)
    trails.chain_anew(name.entry.sequence)
    return name.entry.sequence


CRUDE: list[Change] = [
    update_a_fact, update_a_payload, update_a_hash, delete_an_entry, insert_an_entry,
    append_an_entry, reorder_two_entries, set_the_clock, change_a_name, blank_or_delete_a_name,
]  # fmt: skip
CLEVER: list[Change] = [
    truncate, set_the_clock_for_all_that_follows, write_the_chain_anew,
    insert_and_write_the_chain_anew, delete_and_write_the_chain_anew,
    exchange_a_name_with_its_commitment,
]  # fmt: skip


@pytest.fixture
def sealed() -> None:
    """Forty entries with an erasure among them, sealed by three heads."""
    trails.entries(10)
    trails.seal()
    trail.erase_names(by=people.admin(), account=people.alma().pk)
    trails.entries(14)
    trails.seal(hours=1)
    trails.entries(ENTRIES - 25)
    trails.seal(hours=2)
    assert trail.verify() is None


def missed(*kinds: Change, changes: int = CHANGES) -> Counter[str]:
    """Do the changes one by one, each undone afterwards; count those not found at their place."""
    dice = random.Random(300)
    not_found: Counter[str] = Counter()
    for number in range(changes):
        change = kinds[number % len(kinds)]
        with trails.rules_out_of_the_way():
            place = change(dice)
            broken = trail.verify()
        if broken is None or broken.sequence != place:
            not_found[change.__name__] += 1
    return not_found


def test_three_hundred_changes_are_found_and_the_first_bad_entry_is_named(sealed: None) -> None:
    assert missed(*CRUDE, *CLEVER) == Counter()

    assert trail.verify() is None


def test_without_the_heads_the_clever_changes_slip_through(
    sealed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        verification, "LaidDown", lambda heads, ours: comparison.LaidDown([], ours=ours)
    )

    assert missed(*CRUDE, *CLEVER).keys() == {change.__name__ for change in CLEVER}


def test_without_the_links_the_crude_changes_slip_through(
    sealed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verification, "_fault_of_link", lambda *facts: None)

    assert missed(update_a_fact, changes=20).total() == 20


def test_without_the_commitments_names_can_be_exchanged(
    sealed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verification._NamesInStep, "fault_at", lambda *facts: None)

    assert missed(change_a_name, blank_or_delete_a_name, changes=20).total() == 20


def test_a_row_that_is_not_even_a_value_of_ours_is_named(sealed: None) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("another engine: PostgreSQL's columns take no such value")

    with trails.rules_out_of_the_way():
        set_field("at", "yesterday", 7)
        broken = trail.verify()

    assert broken == trail.Break(7, trail.Fault.CHANGED)
