"""Signing rounds in the editor's admin: records of their own, beside the pages."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.agreements.models import SigningRound


class SigningRoundViewSet(SnippetViewSet):
    model = SigningRound
    icon = "edit"
    menu_label = _("Signing")
    menu_order = 320
    add_to_admin_menu = True
    list_display = ["title", "declaration", "number", "kind", "ceremony", "status"]
    list_filter = ["declaration", "kind", "status"]
    search_fields = ["title", "place", "signatures__organisation__names__name"]


register_snippet(SigningRoundViewSet)
