"""Every way into the public, tried by everybody: editor, approver, administrator, superuser.

The lists of ways are in `tests/workflow/ways`. Each is tried on governed pages,
where it may change nothing, and as a control on ordinary pages, where the same
attempt has to succeed.
"""

import pytest
from wagtail.models import WorkflowState
from wagtail.workflows import publish_workflow_state

from tests.people import admin, alma, minister
from tests.workflow.ways import by_code, by_the_admin, world

pytestmark = pytest.mark.django_db

WAYS = [*by_the_admin.WAYS, *by_code.WAYS]
PERSONS = {
    "editor": alma,
    "approver": minister,
    "administrator": world.administrator,
    "superuser": admin,
}


def name_of(way):
    return f"{way.__module__.rpartition('.')[2]}.{way.__name__}"


@pytest.fixture
def world_of(signed_in):
    def laid(kind, person):
        return kind(person, signed_in(person))

    return laid


@pytest.mark.parametrize("person", PERSONS)
def test_no_way_leads_past_the_journey(world_of, person):
    tried = world_of(world.governed, PERSONS[person]())

    got_past = {
        name_of(way): changed for way in WAYS if (changed := world.what_it_changed(tried, way))
    }

    assert got_past == {}


def test_every_way_leads_where_it_says_on_ordinary_pages(world_of, monkeypatch):
    """The control: an attempt that would fail anyway proves nothing."""
    monkeypatch.setattr(WorkflowState, "on_finish", publish_workflow_state)
    tried = world_of(world.ordinary, admin())

    without_effect = [name_of(way) for way in WAYS if not world.what_it_changed(tried, way)]

    assert without_effect == []
