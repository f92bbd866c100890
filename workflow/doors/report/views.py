"""The report on journeys, as a page of the admin and as a table to take along."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cms.core.spreadsheets import as_csv
from workflow.doors.report.figures import LONG_OVERDUE, report_for, rows_for_export

MAY_READ = "workflow.view_journey"


@permission_required(MAY_READ, raise_exception=True)
@require_GET
def report(request: HttpRequest) -> HttpResponse:
    found = report_for(request.user)
    if request.GET.get("export") == "csv":
        return as_csv("umlaeufe", rows_for_export(found))
    context = {
        "report": found,
        "page_title": _("Journeys"),
        "header_title": _("Journeys"),
        "header_icon": "tasks",
        "long_overdue": LONG_OVERDUE.days,
    }
    return render(request, "workflow/report.html", context)
