"""The trail outlives everything it speaks of."""

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from wagtail.models import Page, Revision, TaskState, WorkflowState

from cms.core import trail
from cms.core.models import TrailEntry
from tests.stand_ins import journeys
from tests.stand_ins.models import PaperPage
from workflow.models import Route

pytestmark = pytest.mark.django_db


def as_read() -> list[tuple[object, ...]]:
    return [
        (entry.sequence, entry.at, entry.action, entry.subject_id, entry.payload,
         sorted((name.role, name.name) for name in entry.names.all()))
        for entry in TrailEntry.objects.prefetch_related("names")
    ]  # fmt: skip


def remove(*models: type) -> None:
    """Take all rows away as a database does, past every refusal."""
    for model in models:
        rows = model._base_manager.all()
        rows._raw_delete(rows.db)


def test_the_trail_survives_user_group_page_revision_and_route() -> None:
    page = journeys.agreed().subject
    before = as_read()

    remove(*reversed(list(apps.get_app_config("workflow").get_models())))
    TaskState.objects.all().delete()
    WorkflowState.objects.all().delete()
    remove(PaperPage)
    Page.objects.filter(pk=page.pk)._raw_delete("default")
    Revision.objects.all().delete()
    get_user_model().objects.all().delete()
    Group.objects.all().delete()

    assert not Route.objects.exists()
    assert not Page.objects.filter(pk=page.pk).exists()
    assert len(before) > 5
    assert as_read() == before
    assert trail.verify() is None


def test_who_decided_for_whom_can_still_be_read() -> None:
    journey = journeys.agreed()
    page = journeys.fresh(journey.subject)
    get_user_model().objects.all().delete()

    decided = trail.entries_about(page).filter(action="workflow.decided").last()

    names = {name.role: name.name for name in decided.names.all()}
    assert names == {"actor": "Mona Marquardt", "on_behalf_of": "Ministerium"}
