"""A report in the editor's admin: of which files the text is searchable, and why of others not."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

from cms.accounts.grants import is_inside_the_office
from cms.documents.models import File


class FileTextsFilter(WagtailFilterSet):
    class Meta:
        model = File
        fields = ["text_state", "media_type"]


class FileTextsView(ReportView):
    model = File
    page_title = _("Texts of files")
    header_icon = "doc-full-inverse"
    index_url_name = "file_texts"
    index_results_url_name = "file_texts_results"
    filterset_class = FileTextsFilter
    default_ordering = "-created_at"
    columns = [
        TitleColumn("title", label=_("file"), get_url=lambda file: _edit_address(file)),
        Column("get_text_state_display", label=_("text"), sort_key="text_state"),
        Column("text_message", label=_("note on the text")),
        Column("media_type", label=_("type by content"), sort_key="media_type"),
        DateColumn("created_at", label=_("uploaded"), sort_key="created_at"),
    ]
    list_export = ["title", "original_name", "text_state", "text_message", "media_type"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_inside_the_office(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet[File]:
        return File.objects.all()


def _edit_address(file: File) -> str:
    return reverse("wagtaildocs:edit", args=[file.pk])
