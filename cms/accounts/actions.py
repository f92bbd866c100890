"""Setting up the roles: which group may use the editor's admin, and for what."""

from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from cms.accounts.roles import WRITING, Role

# What writers do in the registers; deleting them is the administrator's.
REGISTER_APPS = ("networks", "documents", "agreements", "events", "publications")
WAGTAIL_APPS = ("wagtailadmin", "wagtailcore", "wagtaildocs", "wagtailimages")
# Wagtail asks for the permissions of its own models, also where ours take their place.
UPLOADS = (
    ("wagtaildocs", ("add_document", "change_document", "choose_document")),
    ("wagtailimages", ("add_image", "change_image", "choose_image")),
)


def set_up_roles(**kwargs: Any) -> None:
    """Create the groups and give them their permissions. Idempotent.

    Runs after every migration, so that a new model's permissions reach the
    writers without anybody's hand.
    """
    for name in (*WAGTAIL_APPS, "workflow", "search", *REGISTER_APPS):
        create_permissions(apps.get_app_config(name), verbosity=0)
    for role in Role:
        group, _ = Group.objects.get_or_create(name=role.value)
        if role in WRITING:
            _let_write(group)
        if role is not Role.ASSOCIATIONS:
            group.permissions.add(_permission("wagtailadmin", "access_admin"))
        if role is Role.OFFICE:
            # The reports on all journeys, and on questions without hits.
            group.permissions.add(_permission("workflow", "view_journey"))
            group.permissions.add(_permission("search", "view_unansweredquestion"))
    # Wagtail's own groups come with rights to publish that nobody shall have here.
    Group.objects.filter(name__in=["Moderators", "Editors"]).delete()


def _let_write(group: Group) -> None:
    registers = Permission.objects.filter(content_type__app_label__in=REGISTER_APPS)
    group.permissions.add(*registers.exclude(codename__startswith="delete_"))
    if root := Page.get_first_root_node():
        for codename in ("add_page", "change_page"):
            GroupPagePermission.objects.get_or_create(
                group=group, page=root, permission=_permission("wagtailcore", codename)
            )
    if collection := Collection.get_first_root_node():
        for app, codenames in UPLOADS:
            for codename in codenames:
                GroupCollectionPermission.objects.get_or_create(
                    group=group, collection=collection, permission=_permission(app, codename)
                )


def _permission(app: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app, codename=codename)
