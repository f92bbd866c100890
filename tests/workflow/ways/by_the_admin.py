"""Ways through Wagtail's own pages: buttons, bulk actions, what a client can post there."""

import json
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from tests.workflow.ways.world import World, shell_of

ROUND = "/verwaltung/"


def _edit(world: World, page: Page, **more: object) -> None:
    headers = more.pop("headers", {})
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    world.browser.post(address, world.form(page, **more), headers=headers)


def _page_view(world: World, name: str, *args: int, **posted: object) -> None:
    world.browser.post(reverse(f"wagtailadmin_pages:{name}", args=args), posted)


def _bulk(world: World, action: str, page: Page, **posted: object) -> None:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    world.browser.post(f"{address}?id={page.pk}&next={ROUND}", posted)


def _copy(world: World, page: Page, **posted: object) -> None:
    _page_view(
        world, "copy", page.pk, new_title="Kopie", new_slug="kopie",
        new_parent_page=world.elsewhere.pk, **posted,
    )  # fmt: skip


def publish_a_draft(world):
    _edit(world, world.draft, **{"action-publish": "1"})


def publish_what_is_under_way(world):
    _edit(world, world.under_way, **{"action-publish": "1"})


def publish_newer_words(world):
    _edit(world, world.public, **{"action-publish": "1", "title": "Neu"})


def publish_by_autosave(world):
    _edit(
        world, world.draft, headers={"accept": "application/json"}, **{"action-publish": "1"}
    )  # fmt: skip


def create_as_public(world):
    label = (world.model._meta.app_label, world.model._meta.model_name)
    address = reverse("wagtailadmin_pages:add", args=[*label, world.elsewhere.pk])
    page = world.model(title="Neu", slug="neu")
    world.browser.post(address, world.form(page, **{"action-publish": "1"}))


def publish_tomorrow(world):
    day = (timezone.now() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    _edit(world, world.draft, go_live_at=day, **{"action-publish": "1"})


def let_it_expire(world):
    day = (timezone.now() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    _edit(world, world.public, expire_at=day, **{"action-publish": "1"})


def publish_an_older_text(world):
    first = world.public.revisions.order_by("pk").first()
    _edit(world, world.public, revision=first.pk, **{"action-publish": "1"})


def copy_as_public(world):
    _copy(world, world.public, publish_copies="on")


def copy_a_folder_as_public(world):
    _copy(world, world.folder, copy_subpages="on", publish_copies="on")


def make_an_alias(world):
    _copy(world, world.public, alias="on")


def make_an_alias_of_a_folder(world):
    _copy(world, world.folder, copy_subpages="on", alias="on")


def take_offline(world):
    _page_view(world, "unpublish", world.public.pk)


def take_offline_with_the_folder(world):
    _page_view(world, "unpublish", world.folder.pk, include_descendants="on")


def delete(world):
    _page_view(world, "delete", world.public.pk)


def delete_the_folder(world):
    _page_view(world, "delete", world.folder.pk)


def move(world):
    _page_view(world, "move_confirm", world.public.pk, world.elsewhere.pk)


def move_the_folder(world):
    _page_view(world, "move_confirm", world.folder.pk, world.elsewhere.pk)


def hide_from_the_public(world):
    _page_view(world, "set_privacy", world.public.pk, restriction_type="login")


def hide_with_the_folder(world):
    _page_view(world, "set_privacy", world.folder.pk, restriction_type="login")


def bulk_publish_a_draft(world):
    _bulk(world, "publish", world.draft)


def bulk_publish_newer_words(world):
    _bulk(world, "publish", world.public)


def bulk_publish_the_folder(world):
    _bulk(world, "publish", world.folder, include_descendants="on")


def bulk_take_offline(world):
    _bulk(world, "unpublish", world.public)


def bulk_take_offline_the_folder(world):
    _bulk(world, "unpublish", world.folder, include_descendants="on")


def bulk_delete(world):
    _bulk(world, "delete", world.public)


def bulk_delete_the_folder(world):
    _bulk(world, "delete", world.folder)


def bulk_move(world):
    _bulk(world, "move", world.public, chooser=world.elsewhere.pk)


def bulk_move_the_folder(world):
    _bulk(world, "move", world.folder, chooser=world.elsewhere.pk)


def approve_wagtails_task(world):
    _page_view(
        world, "workflow_action", world.under_way.pk, "approve", shell_of(world.under_way).pk,
        comment="",
    )  # fmt: skip


def reject_wagtails_task(world):
    _page_view(
        world, "workflow_action", world.under_way.pk, "reject", shell_of(world.under_way).pk,
        comment="",
    )  # fmt: skip


def approve_from_the_editor(world):
    _edit(
        world, world.under_way,
        **{
            "action-workflow-action": "1",
            "workflow-action-name": "approve",
            "workflow-action-extra-data": json.dumps({"comment": ""}),
        },
    )  # fmt: skip


def cancel_wagtails_workflow(world):
    _edit(world, world.under_way, **{"action-cancel-workflow": "1"})


WAYS = [
    publish_a_draft, publish_what_is_under_way, publish_newer_words, publish_by_autosave,
    create_as_public, publish_tomorrow, let_it_expire, publish_an_older_text,
    copy_as_public, copy_a_folder_as_public, make_an_alias, make_an_alias_of_a_folder,
    take_offline, take_offline_with_the_folder, delete, delete_the_folder, move,
    move_the_folder, hide_from_the_public, hide_with_the_folder,
    bulk_publish_a_draft, bulk_publish_newer_words, bulk_publish_the_folder,
    bulk_take_offline, bulk_take_offline_the_folder, bulk_delete, bulk_delete_the_folder, bulk_move,
    bulk_move_the_folder,
    approve_wagtails_task, reject_wagtails_task, approve_from_the_editor,
    cancel_wagtails_workflow,
]  # fmt: skip
