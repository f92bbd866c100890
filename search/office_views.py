"""What the admin shows of search: questions without hits, and why a hit has its score."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cms.core.spreadsheets import as_csv
from search import asking
from search.addresses import read_address, write_address
from search.errors import EngineUnavailable
from search.explaining import Contribution, Explanation
from search.narrowing import narrowed
from search.sources import source_of
from search.unanswered import FEWEST_DAYS, KEPT, missed
from search.wording import FIELDS, WHY

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


@require_GET
def explained_hit(request: HttpRequest) -> HttpResponse:
    """Say in sentences and figures why a paper stands where it does in a list."""
    if not asking.may_explain(request.user):
        raise PermissionDenied
    question = narrowed(read_address(request.GET))
    key = request.GET.get("treffer", "")
    context = {
        "question": question,
        "address": write_address(question),
        "page_title": _("Why this hit?"),
        "header_title": _("Why this hit?"),
        "header_icon": "search",
    }
    try:
        explanation = asking.explain(question, key, user=request.user)
    except EngineUnavailable:
        return render(request, "search/admin/explained.html", context, status=503)
    source = source_of(key)
    paper = source.entry(key) if explanation and source else None
    if explanation is None or paper is None:
        raise Http404
    context |= {"explanation": explanation, "found": _labelled(explanation), "paper": paper}
    return render(request, "search/admin/explained.html", context)


def _labelled(explanation: Explanation) -> list[tuple[Contribution, Any, Any]]:
    return [(one, WHY[one.why], FIELDS[one.field]) for one in explanation.found]
