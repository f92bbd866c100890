"""Everything that would publish, hide, move or delete a governed page past its journey.

Each test names a way and what people are told there; administrators try it,
because nobody may more. `test_every_way_of_every_person.py` has the whole list
for everybody. The last test is the negative control: without the mixin's guards
the ways are open.
"""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from wagtail.models import Page, Task, Workflow

from cms.core import refusals
from cms.core.refusals import Refused
from tests.people import admin, alma
from tests.stand_ins import journeys
from tests.stand_ins.models import PaperPage
from workflow import actions
from workflow.rules.refusals import Refusal

pytestmark = pytest.mark.django_db


def form_of(page, **more):
    return {
        "title": page.title,
        "slug": page.slug,
        "body": '{"blocks": [], "entityMap": {}}',
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
        "comments-MIN_NUM_FORMS": 0,
        "comments-MAX_NUM_FORMS": 1000,
        **more,
    }


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


# --- Publishing -------------------------------------------------------------------


def test_the_editor_offers_no_publish_button(signed_in):
    journeys.route()
    page = journeys.draft()

    shown = signed_in(admin()).get(edit_url(page)).content.decode()

    assert 'name="action-publish"' not in shown
    assert 'name="action-submit"' in shown


def test_a_posted_publish_saves_a_draft_and_says_so(signed_in):
    page = journeys.draft()

    answer = signed_in(admin()).post(
        edit_url(page), form_of(page, **{"action-publish": "1", "title": "Neu"}), follow=True
    )

    assert not journeys.fresh(page).live
    assert journeys.fresh(page).get_latest_revision_as_object().title == "Neu"
    assert escape(refusals.sentence(Refusal.ONLY_BY_JOURNEY)) in answer.content.decode()


def test_creating_with_publish_makes_a_draft(signed_in):
    address = reverse("wagtailadmin_pages:add", args=["stand_ins", "paperpage", 1])
    page = PaperPage(title="Neu", slug="neu")

    shown = signed_in(admin()).get(address).content.decode()
    signed_in(admin()).post(address, form_of(page, **{"action-publish": "1"}))

    assert 'name="action-publish"' not in shown
    assert not PaperPage.objects.get(slug="neu").live


def test_a_page_made_by_code_is_a_draft():
    page = Page.objects.get(depth=1).add_child(instance=PaperPage(title="Neu", live=True))

    assert not journeys.fresh(page).live


def test_publishing_by_code_is_refused():
    page = journeys.draft()

    with pytest.raises(Refused) as refused:
        page.get_latest_revision().publish(user=admin(), skip_permission_checks=True)

    assert refused.value.refusal is Refusal.ONLY_BY_JOURNEY
    assert not journeys.fresh(page).live


def test_setting_live_and_saving_is_refused():
    page = journeys.draft()
    page.live = True

    with pytest.raises(Refused):
        page.save()

    assert not journeys.fresh(page).live


def test_saving_other_words_on_a_public_page_is_refused():
    page = journeys.fresh(journeys.agreed().subject)
    page.body = "<p>Unterschoben.</p>"

    with pytest.raises(Refused):
        page.save()
    with pytest.raises(Refused):
        page.save(update_fields=["body"])

    assert "Unterschoben" not in journeys.fresh(page).body


def test_the_chapter_may_save_its_own_field_on_a_public_page():
    page = journeys.fresh(journeys.agreed().subject)
    page.state = "in_force"

    page.save(update_fields=["state"])

    assert journeys.fresh(page).state == "in_force"


def test_bulk_actions_leave_governed_pages_alone(signed_in):
    page = journeys.draft()
    public = journeys.agreed(journeys.draft("Öffentlich")).subject
    journeys.edit(public, "<p>Neu.</p>")
    browser = signed_in(admin())

    for action, target in (
        ("publish", page), ("unpublish", public), ("delete", public), ("move", public),
    ):  # fmt: skip
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        browser.post(
            f"{address}?id={target.pk}&next=/verwaltung/", {"chooser": Page.objects.first().pk}
        )

    assert not journeys.fresh(page).live
    assert journeys.fresh(public).live
    assert "Neu" not in journeys.fresh(public).body


def test_publishing_an_ancestor_with_its_pages_leaves_governed_ones_alone(signed_in):
    parent = Page.objects.get(depth=1).add_child(instance=Page(title="Ordner", live=False))
    parent.save_revision()
    page = parent.add_child(instance=PaperPage(title="Darin", owner=alma()))
    page.save_revision(user=alma())

    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    signed_in(admin()).post(
        f"{address}?id={parent.pk}&next=/verwaltung/", {"include_descendants": "on"}
    )

    assert Page.objects.get(pk=parent.pk).live
    assert not journeys.fresh(page).live


# --- Scheduling -------------------------------------------------------------------


def test_the_form_has_no_dates_of_publication(signed_in):
    page = journeys.draft()
    tomorrow = (timezone.now() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")

    signed_in(admin()).post(edit_url(page), form_of(page, go_live_at=tomorrow))

    assert journeys.fresh(page).get_latest_revision_as_object().go_live_at is None


def test_a_text_with_dates_cannot_be_submitted_nor_taken_over():
    journeys.route()
    page = journeys.draft()
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision(user=alma())

    for act in (
        lambda: actions.submit(subject=page, by=alma()),
        lambda: actions.take_over(subject=page, by=alma(), source="Altakte"),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.refusal is Refusal.IS_SCHEDULED


def test_a_revision_approved_for_later_is_refused_and_nothing_goes_live_by_the_clock():
    page = journeys.draft()

    with pytest.raises(Refused):
        page.save_revision(approved_go_live_at=timezone.now())
    page.get_latest_revision().__class__.objects.filter(object_id=page.pk).update(
        approved_go_live_at=timezone.now() - timedelta(minutes=1)
    )
    with pytest.raises(Refused):
        call_command("publish_scheduled")

    assert not journeys.fresh(page).live


# --- Unpublishing, deleting, moving, copying --------------------------------------


def test_unpublishing_is_refused(signed_in):
    page = journeys.fresh(journeys.agreed().subject)

    signed_in(admin()).post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    with pytest.raises(Refused):
        page.unpublish(user=admin())

    assert journeys.fresh(page).live


def test_deleting_a_public_page_is_refused_directly_and_with_its_ancestor(signed_in):
    parent = Page.objects.get(depth=1).add_child(instance=Page(title="Ordner"))
    page = parent.add_child(instance=PaperPage(title="Darin", owner=alma()))
    page.save_revision(user=alma())
    journeys.agreed(page)

    signed_in(admin()).post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    signed_in(admin()).post(reverse("wagtailadmin_pages:delete", args=[parent.pk]))
    for target in (
        journeys.fresh(page), Page.objects.get(pk=parent.pk), PaperPage.objects.filter(pk=page.pk)
    ):  # fmt: skip
        # The decisions hold on to their revisions, should the rule ever be asked too late.
        with pytest.raises((Refused, ProtectedError)), transaction.atomic():
            target.delete()

    assert PaperPage.objects.filter(pk=page.pk).exists()


def test_a_draft_under_way_or_on_record_stays():
    under_way = journeys.in_review().subject
    on_record = journeys.returned(journeys.draft("Zweite")).subject
    actions.withdraw(journey=on_record.latest_journey(), by=alma())

    for page, refusal in (
        (under_way, Refusal.ALREADY_UNDER_WAY),
        (on_record, Refusal.HAS_HISTORY),
    ):
        with pytest.raises(Refused) as refused:
            journeys.fresh(page).delete()
        assert refused.value.refusal is refusal


def test_a_draft_nobody_decided_on_may_be_deleted():
    page = journeys.draft()

    page.delete()

    assert not PaperPage.objects.filter(pk=page.pk).exists()


def test_moving_a_public_page_is_refused_and_reordering_is_not(signed_in):
    folder = Page.objects.get(depth=1).add_child(instance=Page(title="Ordner"))
    page = journeys.fresh(journeys.agreed().subject)

    signed_in(admin()).post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, folder.pk]))
    with pytest.raises(Refused):
        page.move(folder, "last-child")
    journeys.fresh(page).move(folder, "left")

    assert journeys.fresh(page).get_parent().depth == 1


def test_moving_or_hiding_a_folder_of_public_pages_is_refused(signed_in):
    folder = Page.objects.get(depth=1).add_child(instance=Page(title="Ordner"))
    page = folder.add_child(instance=PaperPage(title="Darin", owner=alma()))
    page.save_revision(user=alma())
    journeys.agreed(page)
    elsewhere = Page.objects.get(depth=1).add_child(instance=Page(title="Anderswo"))
    browser = signed_in(admin())

    move = reverse("wagtailadmin_pages:move_confirm", args=[folder.pk, elsewhere.pk])
    moved = browser.post(move, follow=True).content.decode()
    hide = reverse("wagtailadmin_pages:set_privacy", args=[folder.pk])
    browser.post(hide, {"restriction_type": "login"})

    assert escape(refusals.sentence(Refusal.IS_LIVE)) in moved
    assert journeys.fresh(page).get_parent().pk == folder.pk
    assert not folder.get_view_restrictions().exists()


def test_an_empty_folder_may_be_moved_and_hidden(signed_in):
    folder = Page.objects.get(depth=1).add_child(instance=Page(title="Ordner"))
    elsewhere = Page.objects.get(depth=1).add_child(instance=Page(title="Anderswo"))
    browser = signed_in(admin())

    browser.post(reverse("wagtailadmin_pages:move_confirm", args=[folder.pk, elsewhere.pk]))
    hide = reverse("wagtailadmin_pages:set_privacy", args=[folder.pk])
    browser.post(hide, {"restriction_type": "login"})

    folder = Page.objects.get(pk=folder.pk)
    assert folder.get_parent().pk == elsewhere.pk
    assert folder.get_view_restrictions().exists()


def test_a_copy_is_a_draft_and_an_alias_is_refused(signed_in):
    page = journeys.fresh(journeys.agreed().subject)
    root = Page.objects.get(depth=1)

    signed_in(admin()).post(
        reverse("wagtailadmin_pages:copy", args=[page.pk]),
        {"new_title": "Kopie", "new_slug": "kopie", "new_parent_page": root.pk,
         "publish_copies": "on", "copy_subpages": ""},
    )  # fmt: skip
    copy = PaperPage.objects.get(slug="kopie")
    with pytest.raises(Refused):
        page.create_alias(parent=root, update_slug="alias")

    assert not copy.live
    assert copy.live_revision_id is None
    assert copy.has_unpublished_changes
    with pytest.raises(Refused):
        page.copy(to=root, update_attrs={"slug": "noch-eine"}, keep_live=True).publish(None)


def test_reverting_makes_a_new_draft_only(signed_in):
    page = journeys.draft()
    first = page.latest_revision_id
    journeys.edit(page, "<p>Zweiter Entwurf.</p>")
    journeys.agreed(page)
    live = journeys.fresh(page).live_revision_id

    revert = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, first])
    shown = signed_in(admin()).get(revert)
    signed_in(admin()).post(
        edit_url(page), form_of(page, revision=first, **{"action-publish": "1"})
    )

    page = journeys.fresh(page)
    assert 'name="action-publish"' not in shown.content.decode()
    assert page.live_revision_id == live
    assert "Zweiter" in page.body
    assert page.has_unpublished_changes


# --- Wagtail's own workflow -------------------------------------------------------


def test_wagtails_own_screens_for_workflows_and_tasks_are_shut(signed_in):
    workflow, task = Workflow.objects.first(), Task.objects.first()
    browser = signed_in(admin())

    for name, args in (
        ("index", []), ("add", []), ("edit", [workflow.pk]), ("disable", [workflow.pk]),
        ("enable", [workflow.pk]), ("task_index", []), ("edit_task", [task.pk]),
        ("disable_task", [task.pk]), ("select_task_type", []),
    ):  # fmt: skip
        address = reverse(f"wagtailadmin_workflows:{name}", args=args)
        assert browser.get(address).status_code in (302, 405), name
        assert browser.post(address).status_code == 302, name

    workflow.refresh_from_db()
    assert workflow.active
    assert Task.objects.get(pk=task.pk).active


def test_the_default_approval_of_wagtail_is_gone():
    assert not Workflow.objects.exclude(workflow_tasks__task__journeytask__isnull=False).exists()


def test_finishing_the_shell_by_hand_publishes_nothing():
    journey = journeys.before_approval()
    shell = journey.shells.get()

    with pytest.raises(PermissionDenied):
        shell.approve(user=admin())

    assert not journeys.fresh(journey.subject).live


def test_without_the_guards_the_ways_would_be_open(monkeypatch):
    """Negative control: the same calls publish when the mixin does not stand in between."""
    from workflow.governed import GovernedPage

    for name in ("publish", "save"):
        monkeypatch.delattr(GovernedPage, name)
    page = journeys.draft()

    page.get_latest_revision().publish(user=admin(), skip_permission_checks=True)

    assert journeys.fresh(page).live
