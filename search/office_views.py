"""What the admin shows of search: the report of questions without hits."""

from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cms.core.spreadsheets import as_csv
from search.unanswered import FEWEST_DAYS, KEPT, missed

MAY_READ = "search.view_unansweredquestion"
_PER_PAGE = 50


@permission_required(MAY_READ, raise_exception=True)
@require_GET
def unanswered_questions(request: HttpRequest) -> HttpResponse:
    if request.GET.get("export") == "csv":
        return as_csv("fragen-ohne-treffer", _rows())
    context = {
        "questions": Paginator(missed(), _PER_PAGE).get_page(request.GET.get("p")),
        "fewest_days": FEWEST_DAYS,
        "kept": KEPT.days,
        "page_title": _("Questions without hits"),
        "header_title": _("Questions without hits"),
        "header_icon": "search",
    }
    return render(request, "search/admin/unanswered.html", context)


def _rows() -> list[list[str]]:
    heading = [_("Question"), _("How often"), _("On days"), _("First"), _("Last"), _("Offered")]
    return [heading] + [
        [
            one["text"],
            str(one["times"]),
            str(one["days"]),
            one["first"].isoformat(),
            one["last"].isoformat(),
            one["offered"] or "",
        ]
        for one in missed()
    ]
