"""The door to every page of the tree, and a report on the texts of files."""

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from cms.accounts.grants import is_inside_the_office
from cms.core import kernel
from cms.core.kernel import Verb
from cms.documents.text_report import FileTextsView


@hooks.register("before_serve_page")
def only_to_whom_may_see_it(page: Page, request: HttpRequest, *args: Any) -> None:
    """Raise Http404 for everybody else: to them the page does not exist."""
    if not kernel.check(request.user, Verb.VIEW, page.specific_deferred):
        raise Http404


class FileTextsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return is_inside_the_office(request.user)


@hooks.register("register_admin_urls")
def file_texts_addresses() -> list[Any]:
    results = FileTextsView.as_view(results_only=True)
    return [
        path("reports/dateitexte/", FileTextsView.as_view(), name="file_texts"),
        path("reports/dateitexte/results/", results, name="file_texts_results"),
    ]


@hooks.register("register_reports_menu_item")
def file_texts_item() -> FileTextsMenuItem:
    return FileTextsMenuItem(
        _("Texts of files"), reverse("file_texts"), icon_name="doc-full-inverse", order=1200
    )
