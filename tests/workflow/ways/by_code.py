"""Ways of whoever sits at the console, or writes an add-on: no permission is asked there."""

from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.create_page import CreatePageAction
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.edit_page import EditPageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.revert_to_page_revision import RevertToPageRevisionAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Locale, Page, PageViewRestriction, Revision

from tests.workflow.ways.world import World, shell_of

YESTERDAY = timedelta(days=-1)


def _unasked(action: object) -> None:
    action.execute(skip_permission_checks=True)


def _latest(page: Page) -> Revision:
    return Revision.objects.filter(object_id=str(page.pk)).latest("pk")


def _elsewhere(world: World) -> Page:
    """Return the other folder anew: moves reckon with its place in the tree."""
    return Page.objects.get(pk=world.elsewhere.pk)


def publish_a_revision(world):
    _latest(world.draft).publish(user=world.person, skip_permission_checks=True)


def publish_the_revision_under_way(world):
    _latest(world.under_way).publish(user=world.person, skip_permission_checks=True)


def publish_newer_words(world):
    _latest(world.public).publish(user=world.person, skip_permission_checks=True)


def publish_by_the_page(world):
    world.draft.publish(_latest(world.draft), user=world.person)


def publish_by_the_action(world):
    _unasked(PublishPageRevisionAction(_latest(world.draft), user=world.person))


def publish_newer_words_by_the_action(world):
    _unasked(PublishPageRevisionAction(_latest(world.public), user=world.person))


def save_as_live(world):
    page = world.fresh(world.draft)
    page.live = True
    page.save()


def save_only_live(world):
    page = world.fresh(world.draft)
    page.live = True
    page.save(update_fields=["live"])


def save_live_as_a_plain_page(world):
    page = Page.objects.get(pk=world.draft.pk)
    page.live = True
    page.save()


def save_other_words(world):
    page = world.fresh(world.public)
    page.body = "<p>Unterschoben.</p>"
    page.save(update_fields=["body"])


def save_the_newer_draft(world):
    _latest(world.public).as_object().save()


def save_another_title_as_a_plain_page(world):
    page = Page.objects.get(pk=world.public.pk)
    page.title = "Unterschoben"
    page.save()


def create_as_public(world):
    page = world.model(title="Neu", slug="neu", live=True)
    world.elsewhere.add_child(instance=page)


def create_by_the_action(world):
    page = world.model(title="Neu", slug="neu")
    form = world.model.get_edit_handler().get_form_class()(
        world.form(page), instance=page, parent_page=world.elsewhere, for_user=world.person
    )
    action = CreatePageAction(page, world.elsewhere, user=world.person, form=form, publish=True)
    _unasked(action)


def edit_by_the_action(world):
    page = world.fresh(world.draft)
    _unasked(EditPageAction(page, user=world.person, publish=True))


def revert_for_a_later_day(world):
    first = world.public.revisions.order_by("pk").first()
    when = timezone.now() + YESTERDAY
    page = world.fresh(world.public)
    _unasked(
        RevertToPageRevisionAction(page, first, user=world.person, approved_go_live_at=when)
    )  # fmt: skip
    call_command("publish_scheduled")


def a_draft_for_a_later_day(world):
    world.draft.save_revision(approved_go_live_at=timezone.now() + YESTERDAY)
    call_command("publish_scheduled")


def expire_by_the_clock(world):
    page = world.fresh(world.public)
    page.expire_at = timezone.now() + YESTERDAY
    page.save()
    call_command("publish_scheduled")


def take_offline(world):
    world.fresh(world.public).unpublish(user=world.person)


def take_offline_by_the_action(world):
    _unasked(UnpublishPageAction(world.fresh(world.public), user=world.person))


def take_offline_as_a_plain_page(world):
    _unasked(UnpublishPageAction(Page.objects.get(pk=world.public.pk), user=world.person))


def take_offline_with_the_folder(world):
    folder = Page.objects.get(pk=world.folder.pk)
    _unasked(UnpublishPageAction(folder, user=world.person, include_descendants=True))


def delete(world):
    world.fresh(world.public).delete()


def delete_what_is_under_way(world):
    world.fresh(world.under_way).delete()


def delete_by_the_action(world):
    _unasked(DeletePageAction(world.fresh(world.public), user=world.person))


def delete_as_a_plain_page(world):
    Page.objects.get(pk=world.public.pk).delete()


def delete_the_folder(world):
    Page.objects.get(pk=world.folder.pk).delete()


def delete_by_query(world):
    world.model.objects.filter(pk=world.public.pk).delete()


def delete_the_pages_below(world):
    Page.objects.child_of(world.folder).delete()


def move(world):
    world.fresh(world.public).move(_elsewhere(world), "last-child")


def move_as_a_plain_page(world):
    Page.objects.get(pk=world.public.pk).move(_elsewhere(world), "last-child")


def move_by_the_action(world):
    page = world.fresh(world.public)
    _unasked(MovePageAction(page, _elsewhere(world), pos="last-child", user=world.person))


def move_the_folder(world):
    Page.objects.get(pk=world.folder.pk).move(_elsewhere(world), "last-child")


def hide_from_the_public(world):
    PageViewRestriction.objects.create(
        page=world.public, restriction_type=PageViewRestriction.LOGIN
    )  # fmt: skip


def hide_with_the_folder(world):
    PageViewRestriction.objects.create(
        page=world.folder, restriction_type=PageViewRestriction.LOGIN
    )  # fmt: skip


def copy_as_public(world):
    world.fresh(world.public).copy(to=world.elsewhere, keep_live=True)


def copy_over_by_the_action(world):
    page = world.fresh(world.public)
    _unasked(CopyPageAction(page, to=world.elsewhere, keep_live=True, user=world.person))


def copy_the_folder_as_public(world):
    Page.objects.get(pk=world.folder.pk).copy(
        to=world.elsewhere, recursive=True, keep_live=True, update_attrs={"slug": "ordner-2"}
    )  # fmt: skip


def make_an_alias(world):
    world.fresh(world.public).create_alias(parent=world.elsewhere)


def make_an_alias_by_the_action(world):
    page = world.fresh(world.public)
    _unasked(CreatePageAliasAction(page, parent=world.elsewhere, user=world.person))


def make_an_alias_of_the_folder(world):
    folder = Page.objects.get(pk=world.folder.pk)
    folder.create_alias(parent=world.elsewhere, recursive=True)


def translate_as_an_alias(world):
    locale, _ = Locale.objects.get_or_create(language_code="en")
    world.fresh(world.public).copy_for_translation(locale, copy_parents=True, alias=True)


def approve_wagtails_task(world):
    shell_of(world.under_way).approve(user=world.person)


def finish_wagtails_workflow(world):
    shell_of(world.under_way).workflow_state.finish(user=world.person)


def cancel_wagtails_workflow(world):
    shell_of(world.under_way).workflow_state.cancel(user=world.person)


def switch_off_wagtails_task(world):
    shell_of(world.under_way).task.specific.deactivate(user=world.person)


def switch_off_wagtails_workflow(world):
    shell_of(world.under_way).workflow_state.workflow.deactivate(user=world.person)


WAYS = [
    publish_a_revision, publish_the_revision_under_way, publish_newer_words, publish_by_the_page,
    publish_by_the_action, publish_newer_words_by_the_action, save_as_live, save_only_live,
    save_live_as_a_plain_page, save_other_words, save_the_newer_draft,
    save_another_title_as_a_plain_page, create_as_public, create_by_the_action, edit_by_the_action,
    revert_for_a_later_day, a_draft_for_a_later_day, expire_by_the_clock,
    take_offline, take_offline_by_the_action, take_offline_as_a_plain_page,
    take_offline_with_the_folder, delete, delete_what_is_under_way, delete_by_the_action,
    delete_as_a_plain_page, delete_the_folder, delete_by_query, delete_the_pages_below,
    move, move_as_a_plain_page, move_by_the_action, move_the_folder,
    hide_from_the_public, hide_with_the_folder,
    copy_as_public, copy_over_by_the_action, copy_the_folder_as_public,
    make_an_alias, make_an_alias_by_the_action, make_an_alias_of_the_folder, translate_as_an_alias,
    approve_wagtails_task, finish_wagtails_workflow, cancel_wagtails_workflow,
    switch_off_wagtails_task, switch_off_wagtails_workflow,
]  # fmt: skip
