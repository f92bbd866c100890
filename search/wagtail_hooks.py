"""Where search stands in the admin: its report and its explanations."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from search.office_views import MAY_READ, explained_hit, unanswered_questions


class _ReportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(MAY_READ))


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [
        path("berichte/fragen-ohne-treffer/", unanswered_questions, name="search_unanswered"),
        path("suche/warum/", explained_hit, name="search_explained"),
    ]


@hooks.register("register_reports_menu_item")
def report_in_the_menu() -> MenuItem:
    return _ReportMenuItem(
        _("Questions without hits"),
        reverse("search_unanswered"),
        name="questions-without-hits",
        icon_name="search",
        order=95,
    )
