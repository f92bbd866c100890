"""PostgreSQL itself refuses to change the trail, past the ORM as well."""

import pytest
from django.db import DatabaseError, connection, transaction

from cms.core import trail
from cms.core.models import TrailEntry, TrailHead, TrailName
from tests import people
from tests.cms.core import trails

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="another engine: the rules are PostgreSQL's"
    ),
]

REFUSED = [
    "UPDATE core_trailentry SET action = 'other'",
    "UPDATE core_trailentry SET at = now() WHERE sequence = 1",
    "DELETE FROM core_trailentry",
    "TRUNCATE core_trailentry CASCADE",
    "UPDATE core_trailname SET name = 'Bruno Behrend'",
    "UPDATE core_trailname SET name = ''",
    "UPDATE core_trailname SET name = '', salt = '', account = 7",
    "UPDATE core_trailname SET name = '', salt = '', account = NULL, id = -id",
    "DELETE FROM core_trailname",
    "TRUNCATE core_trailname",
    "UPDATE core_trailhead SET sequence = 1",
    "UPDATE core_trailhead SET hash = 'other'",
    "DELETE FROM core_trailhead",
    "TRUNCATE core_trailhead",
]


@pytest.fixture
def three_entries():
    """The suite empties tables between tests; here that rule is back."""
    trails.entries(3)
    trails.sql("SET CONSTRAINTS ALL IMMEDIATE")
    for model in (TrailEntry, TrailName, TrailHead):
        trails.sql(f"ALTER TABLE {model._meta.db_table} ENABLE TRIGGER trail_is_not_emptied")


@pytest.mark.parametrize("statement", REFUSED)
def test_the_database_refuses(three_entries, statement):
    with pytest.raises(DatabaseError, match="The trail is append-only"), transaction.atomic():
        trails.sql(statement)

    assert trail.verify() is None


@pytest.mark.parametrize("statement", REFUSED)
def test_without_the_rules_the_database_would_do_it(three_entries, statement):
    """The negative control: it is the rule that says no, and nothing else."""
    with trails.rules_out_of_the_way():
        trails.sql(statement)


def test_the_database_lets_an_erasure_pass(three_entries):
    trail.erase_names(by=people.admin(), account=people.alma().pk)

    assert trail.verify() is None
