"""Archive documents in the editor's admin: to look at, never to edit."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from cms.accounts.grants import is_inside_the_office
from cms.archive.models import ArchivePaper


class OnlyToView(ModelPermissionPolicy):
    """The office looks; only an import changes what a source published, administrators included."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and is_inside_the_office(user)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class ArchivePaperViewSet(ModelViewSet):
    model = ArchivePaper
    name = "archive"
    icon = "folder-inverse"
    menu_label = _("Archive documents")
    menu_order = 340
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = [
        *("title", "reference_number", "kind", "dated", "directed_by", "originators"),
        *("audience", "network", "source", "source_id", "web", "imported_at"),
    ]
    list_display = ["__str__", "reference_number", "kind", "dated", "source", "imported_at"]
    list_filter = ["source", "audience"]
    search_fields = ["title", "reference_number", "source_id"]
    search_backend_name = None
    ordering = ["-dated", "-pk"]
    # Asked for by the form that nobody may open.
    form_fields = ["title"]


register_permission_policy(ArchivePaper, OnlyToView(ArchivePaper))


@hooks.register("register_admin_viewset")
def archive_papers() -> ArchivePaperViewSet:
    return ArchivePaperViewSet()
