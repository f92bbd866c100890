"""One page's way from the editor's desk to the public, by the actions alone."""

import pytest
from wagtail.models import TaskState, WorkflowState

from cms.core import trail
from tests.people import alma, bruno, minister
from tests.stand_ins import journeys
from workflow import actions
from workflow.models import Decision

pytestmark = pytest.mark.django_db


def test_a_text_is_returned_changed_submitted_again_approved_twice_and_published():
    journey = journeys.in_review()
    page = journey.subject
    first = journeys.present_digest(page)

    actions.send_back(
        stage=journeys.open_stage(journey), by=bruno(), seen_digest=first, comment="§ 2 fehlt."
    )
    journeys.edit(page, "<p>Zweiter Entwurf.</p>")
    actions.resubmit(journey=type(journey).objects.get(pk=journey.pk), by=alma())
    journeys.agree(journey, bruno())
    approved = journeys.fresh(page).latest_revision_id
    assert not journeys.fresh(page).live
    journeys.agree(journey, minister())

    page = journeys.fresh(page)
    journey.refresh_from_db()
    assert journey.status == "agreed"
    assert page.live
    assert page.live_revision_id == approved
    assert "Zweiter" in page.body
    assert WorkflowState.objects.get().status == "approved"
    assert list(TaskState.objects.order_by("pk").values_list("status", flat=True)) == [
        "rejected",
        "approved",
    ]


def test_the_trail_says_who_did_what_on_which_text():
    journey = journeys.agreed()

    entries = list(trail.entries_about(journeys.fresh(journey.subject)))

    assert [entry.action for entry in entries] == [
        "workflow.submitted",
        "workflow.stage_opened",
        "workflow.decided",
        "workflow.stage_done",
        "workflow.stage_opened",
        "workflow.decided",
        "workflow.stage_done",
        "workflow.agreed",
        "workflow.published",
    ]
    digest = Decision.objects.first().content_digest
    assert {entry.payload["digest"] for entry in entries} == {digest}
    last = trail.entries_about(journeys.fresh(journey.subject)).filter(action="workflow.decided")
    names = {name.role: name.name for name in last.last().names.all()}
    assert names == {"actor": "Mona Marquardt", "on_behalf_of": "Ministerium"}
    assert trail.verify() is None
