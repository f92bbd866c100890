"""Where Wagtail's own workflow lets things slip; each trap is closed by a test of ours.

The numbers are those of our notes on Wagtail 8.0. Every trap was seen to work
on Wagtail's own tasks before it was closed here.
"""

import json

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Revision, Task, TaskState, WorkflowState

from cms.core import outbox
from cms.core.refusals import Refused
from tests.people import admin, alma, bruno, minister
from tests.stand_ins import journeys
from tests.workflow.test_no_way_round import edit_url, form_of
from workflow import actions
from workflow.desk import tasks_for
from workflow.models import Decision, Journey
from workflow.rules.refusals import Refusal

pytestmark = pytest.mark.django_db

SECOND_DRAFT = json.dumps(
    {
        "blocks": [
            {
                "key": "aaaaa", "text": "Zweiter Entwurf.", "type": "unstyled", "depth": 0,
                "inlineStyleRanges": [], "entityRanges": [],
            }
        ],
        "entityMap": {},
    }
)  # fmt: skip


def status_of(journey):
    return Journey.objects.get(pk=journey.pk).status


def shell_of(journey):
    return TaskState.objects.get(journeytaskstate__journey=journey, status="in_progress")


@pytest.mark.parametrize("action", ["approve", "reject", "locked-approve", "agreed"])
def test_trap_1_what_a_client_posts_into_an_action_does_nothing(signed_in, action):
    journey = journeys.in_review()
    page = journey.subject

    signed_in(bruno()).post(
        edit_url(page),
        form_of(page, **{
            "action-workflow-action": "1",
            "workflow-action-name": action,
            "workflow-action-extra-data": json.dumps({"update": False, "comment": "gefälscht"}),
        }),
    )  # fmt: skip
    shell = shell_of(journey).specific
    with pytest.raises(PermissionDenied):
        shell.task.specific.on_action(shell, admin(), action, update=False)

    assert status_of(journey) == "running"
    assert WorkflowState.objects.get().status == "in_progress"
    assert not Decision.objects.exists()


def test_trap_2_the_task_state_of_another_page_is_of_no_use(signed_in):
    one, other = journeys.in_review(), journeys.in_review(journeys.draft("Andere"))

    for name in ("workflow_action", "collect_workflow_action_data"):
        address = reverse(
            f"wagtailadmin_pages:{name}",
            args=[one.subject.pk, "approve", shell_of(other).pk],
        )
        for user in (bruno(), admin()):
            signed_in(user).post(address, {"comment": ""})

    assert status_of(one) == status_of(other) == "running"
    assert not Decision.objects.exists()


def test_trap_3_who_approves_last_needs_no_right_to_publish():
    journey = journeys.before_approval()
    page = journeys.fresh(journey.subject)

    journeys.agree(journey, minister())

    assert not page.permissions_for_user(minister()).can_publish()
    assert journeys.fresh(page).live


def test_trap_4_what_is_published_is_what_was_approved_not_the_latest():
    journey = journeys.before_approval()
    page = journeys.fresh(journey.subject)
    digest = journeys.present_digest(page)
    # Somebody writes past the lock, straight into the table.
    page.title = "Untergeschoben"
    late = Revision.objects.create(
        content_object=page,
        base_content_type=page.get_base_content_type(),
        content=page.serializable_data(),
    )
    type(page).objects.filter(pk=page.pk).update(latest_revision=late)

    with pytest.raises(Refused) as refused:
        actions.decide(
            stage=journeys.open_stage(journey), by=minister(), answer="agreed", seen_digest=digest
        )

    assert refused.value.refusal is Refusal.TEXT_HAS_CHANGED
    assert not journeys.fresh(page).live


def test_trap_5_a_revision_overwritten_in_place_is_another_text():
    journey = journeys.before_approval()
    page = journeys.fresh(journey.subject)
    digest = journeys.present_digest(page)
    revision = Revision.objects.get(pk=page.latest_revision_id)
    revision.content["title"] = "Überschrieben"
    revision.save()

    with pytest.raises(Refused) as refused:
        actions.decide(
            stage=journeys.open_stage(journey), by=minister(), answer="agreed", seen_digest=digest
        )

    assert refused.value.refusal is Refusal.TEXT_HAS_CHANGED
    assert not journeys.fresh(page).live


def test_trap_5_autosave_never_overwrites_what_somebody_decided_on():
    journey = journeys.returned()
    page = journeys.fresh(journey.subject)
    read = page.latest_revision

    page.body = "<p>Selbsttätig gesichert.</p>"
    saved = page.save_revision(user=alma(), overwrite_revision=read)

    assert saved.pk != read.pk
    assert "Erster" in Revision.objects.get(pk=read.pk).content["body"]


def test_trap_5_autosave_still_overwrites_a_draft_nobody_decided_on():
    page = journeys.draft()

    page.body = "<p>Selbsttätig gesichert.</p>"
    saved = page.save_revision(user=alma(), overwrite_revision=page.latest_revision)

    assert saved.pk == page.latest_revision_id


def test_trap_6_switching_off_the_task_publishes_nothing():
    journey = journeys.in_review()

    with pytest.raises(PermissionDenied):
        Task.objects.get(journeytask__kind="paper_page").specific.deactivate()

    assert status_of(journey) == "running"
    assert not journeys.fresh(journey.subject).live


def test_trap_6_switching_off_the_workflow_publishes_nothing():
    journey = journeys.in_review()

    with pytest.raises(Refused):
        WorkflowState.objects.get().workflow.deactivate(user=admin())

    assert status_of(journey) == "running"
    assert not journeys.fresh(journey.subject).live


def test_trap_7_whoever_can_decide_gets_a_letter_and_nobody_else():
    journey = journeys.in_review()

    outbox.drain(kinds=["workflow.call", "workflow.mail"])

    assert [letter.to for letter in mail.outbox] == [[bruno().email]]
    assert journey.get_absolute_url() in mail.outbox[0].body


def test_trap_8_the_shell_carries_the_answers_as_its_comment():
    journey = journeys.agreed()

    comment = TaskState.objects.get(journeytaskstate__journey=journey).comment

    assert "Fachprüfung" in comment
    assert "Ministerium" in comment


def test_trap_9_purging_revisions_keeps_what_was_decided_on():
    journey = journeys.returned()
    decided_on = journey.returns.get().revision_id
    actions.withdraw(journey=journey, by=alma())
    for number in range(3):
        journeys.edit(journey.subject, f"<p>Fassung {number}.</p>")

    call_command("purge_revisions")

    assert Revision.objects.filter(pk=decided_on).exists()
    assert journey.returns.get().comment == "Bitte kürzen."
    assert "Erster" in Revision.objects.get(pk=decided_on).content["body"]


def test_trap_10_administrators_hold_no_right_to_publish():
    page = journeys.draft()

    perms = page.permissions_for_user(admin())

    assert not perms.can_publish()
    assert not perms.can_unpublish()


def test_trap_11_the_desk_shows_a_journey_to_who_has_no_rights_on_pages(signed_in):
    journey = journeys.before_approval()

    desk = tasks_for(minister())

    assert [task.journey for task in desk.to_do] == [journey.pk]
    assert signed_in(minister()).get(journey.get_absolute_url()).status_code == 200


def test_trap_12_approving_never_saves_the_form_of_the_editor(signed_in):
    journey = journeys.before_approval()
    page = journeys.fresh(journey.subject)
    before = page.latest_revision_id

    signed_in(admin()).post(
        edit_url(page),
        form_of(page, **{
            "title": "Geändert", "action-workflow-action": "1",
            "workflow-action-name": "approve",
        }),
    )  # fmt: skip

    assert journeys.fresh(page).latest_revision_id == before
    assert status_of(journey) == "running"


def test_the_dashboard_of_wagtail_lists_the_journey_for_who_can_decide(signed_in):
    journey = journeys.in_review()

    shown = signed_in(bruno()).get(reverse("wagtailadmin_home")).content.decode()

    assert journey.subject_label in shown
    assert not TaskState.objects.reviewable_by(alma()).exists()
    assert TaskState.objects.reviewable_by(bruno()).count() == 1


def test_reports_and_history_of_wagtail_keep_working(signed_in):
    journey = journeys.agreed()
    page = journey.subject
    state = WorkflowState.objects.get()
    browser = signed_in(admin())

    for name, args in (
        ("wagtailadmin_reports:workflow", []),
        ("wagtailadmin_reports:workflow_tasks", []),
        ("wagtailadmin_pages:workflow_history", [page.pk]),
        ("wagtailadmin_pages:workflow_history_detail", [page.pk, state.pk]),
        ("wagtailadmin_pages:history", [page.pk]),
        ("wagtailadmin_pages:edit", [page.pk]),
    ):
        assert browser.get(reverse(name, args=args)).status_code == 200, name


def test_submitting_from_the_editor_starts_the_journey(signed_in):
    journeys.route()
    bruno(), minister()
    page = journeys.draft()

    signed_in(alma()).post(edit_url(page), form_of(page, **{"action-submit": "1"}))

    journey = Journey.objects.get()
    assert journey.status == "running"
    assert journey.started_by == alma()


def test_submitting_again_from_the_editor_takes_up_the_same_journey(signed_in):
    journey = journeys.returned()
    page = journeys.fresh(journey.subject)

    signed_in(alma()).post(edit_url(page), form_of(page, **{"action-submit": "1"}))

    assert status_of(journey) == "running"
    assert Journey.objects.count() == 1


def test_a_submission_that_cannot_be_is_kept_as_a_draft_with_the_reason(signed_in):
    journeys.route()
    bruno()
    page = journeys.draft()

    answer = signed_in(alma()).post(
        edit_url(page), form_of(page, **{"action-submit": "1", "title": "Neu"}), follow=True
    )

    assert not Journey.objects.exists()
    assert journeys.fresh(page).get_latest_revision_as_object().title == "Neu"
    assert "Zustimmung" in answer.content.decode()


def test_nobody_edits_while_an_approval_is_open(signed_in):
    page = journeys.before_approval().subject
    before = journeys.fresh(page).latest_revision_id

    for user in (alma(), admin()):
        answer = signed_in(user).post(edit_url(page), form_of(page, title="Geändert"))
        assert answer.status_code == 200
    with pytest.raises(Refused) as refused:
        journeys.edit(page, "<p>Geändert.</p>")

    assert refused.value.refusal is Refusal.IS_LOCKED
    assert journeys.fresh(page).latest_revision_id == before


def test_a_lock_of_wagtails_own_does_not_open_the_approvals_lock(signed_in):
    page = journeys.fresh(journeys.before_approval().subject)
    type(page).objects.filter(pk=page.pk).update(locked=True, locked_by=alma())
    before = page.latest_revision_id

    signed_in(alma()).post(edit_url(page), form_of(page, title="Geändert"))

    assert journeys.fresh(page).latest_revision_id == before


def test_cancelling_in_the_editor_is_left_to_the_journeys_own_page(signed_in):
    journey = journeys.in_review()
    page = journey.subject

    signed_in(alma()).post(edit_url(page), form_of(page, **{"action-cancel-workflow": "1"}))

    assert status_of(journey) == "running"


def test_code_that_cancels_the_shell_is_refused():
    """Wagtail cancels without a lock: a vote in between would be agreed and not public."""
    journey = journeys.in_review()

    with pytest.raises(Refused) as refused:
        WorkflowState.objects.get().cancel(user=alma())

    assert refused.value.refusal is Refusal.ONLY_BY_JOURNEY
    assert status_of(journey) == "running"
    assert WorkflowState.objects.get().status == "in_progress"


def test_an_editor_saves_in_a_stage_that_leaves_the_text_open(signed_in):
    journey = journeys.in_review()

    response = signed_in(alma()).post(
        edit_url(journey.subject), form_of(journey.subject, body=SECOND_DRAFT)
    )

    assert response.status_code == 302
    assert "Zweiter" in journeys.fresh(journey.subject).get_latest_revision_as_object().body
