"""The report on journeys, as a page of the admin and as a table to take along."""

import csv

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from workflow.doors.report.figures import LONG_OVERDUE, report_for, rows_for_export

MAY_READ = "workflow.view_journey"
# What a spreadsheet would take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@permission_required(MAY_READ, raise_exception=True)
@require_GET
def report(request: HttpRequest) -> HttpResponse:
    found = report_for(request.user)
    if request.GET.get("export") == "csv":
        return _as_csv(rows_for_export(found))
    context = {
        "report": found,
        "page_title": _("Journeys"),
        "header_title": _("Journeys"),
        "header_icon": "tasks",
        "long_overdue": LONG_OVERDUE.days,
    }
    return render(request, "workflow/report.html", context)


def _as_csv(rows: list[list[str]]) -> HttpResponse:
    """Return rows as German spreadsheets open them: semicolons, a mark for UTF-8."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    name = f"umlaeufe-{timezone.localdate().isoformat()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    writer = csv.writer(response, delimiter=";")
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return response


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
