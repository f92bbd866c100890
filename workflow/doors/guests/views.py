"""The doors of guests: by a personal link and a code to the text, and to an answer.

Only the first address holds the token; it goes on to one without, so that it
stands in no later address and no referrer. GET and HEAD write nothing, whoever
follows the link. A token that does not hold shows the same page whether or not
it ever existed.
"""

from functools import wraps
from typing import Any, cast

from allauth.core.internal import ratelimit
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.core import refusals
from cms.core.refusals import Refused
from workflow import actions, guests
from workflow.doors.guests.forms import AnswerForm, CodeForm
from workflow.doors.guests.sessions import (
    COOKIE,
    Door,
    end_visit,
    for_guests,
    is_let_in,
    keep_token,
    let_in,
    receipt_of,
    token_of,
    visit_of,
)
from workflow.guests import Visit
from workflow.models import Decision
from workflow.rules.guests import CODE_HOLDS
from workflow.rules.refusals import Refusal
from workflow.rules.states import Answer

CONFLICT = 409
# On top of what a link allows: for whoever tries many links from one place. The
# public function of allauth counts against the limits of its own pages only.
RATES = {"guest": "60/15m/ip"}


def throttled(door: Door) -> Door:
    """Refuse more attempts from one place than people make."""

    @wraps(door)
    def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if ratelimit.consume(request, app="workflow", action="guest", config=RATES) is None:
            sentence = refusals.sentence(Refusal.TOO_MANY_TRIES)
            return _closed_page(request, sentence=sentence, status=429)
        return door(request, *args, **kwargs)

    return counted


@for_guests
@require_safe
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Take the token out of the address. Nothing is looked up: all tokens look alike."""
    response = redirect("workflow:guest")
    response["Referrer-Policy"] = "no-referrer"
    return keep_token(response, token)


@for_guests
@require_safe
def door(request: HttpRequest) -> HttpResponse:
    """Say who asks, and nothing of the text; offer to send a code."""
    visit = visit_of(request)
    if visit is not None and visit.refusal is None and is_let_in(request, visit):
        return redirect("workflow:guest_read")
    if visit is not None and visit.refusal is Refusal.ALREADY_DECIDED:
        receipt = receipt_of(request)
        if receipt is not None and receipt.participant_id == visit.link.participant_id:
            return redirect("workflow:guest_thanks")
    if visit is None or visit.refusal not in (None, Refusal.GUEST_TEXT_CHANGED):
        return _closed(request, visit)
    return _show_door(request, visit)


@for_guests
@require_POST
@throttled
def request_code(request: HttpRequest) -> HttpResponse:
    visit = visit_of(request)
    if visit is None:
        return _closed(request, visit)
    try:
        actions.ask_for_code(by=visit.link)
    except Refused as error:
        if error.refusal is not Refusal.CODE_TOO_OFTEN:
            return _closed(request, visit_of(request))
        return _show_code(request, visit, error.sentence, status=CONFLICT)
    return keep_token(redirect("workflow:guest_code"), token_of(request))


@for_guests
@require_POST
@throttled
def request_link(request: HttpRequest) -> HttpResponse:
    """The text was changed: a link for the present one goes to the guest's address."""
    visit = visit_of(request)
    if visit is None or visit.refusal is not Refusal.GUEST_TEXT_CHANGED:
        return _closed(request, visit)
    try:
        actions.ask_for_present_text(by=visit.link)
    except Refused:
        return _closed(request, visit)
    return render(request, "workflow/guest/on_its_way.html")


@for_guests
@require_http_methods(["GET", "HEAD", "POST"])
@throttled
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the code; the right one lets this browser in."""
    visit = visit_of(request)
    if visit is None or visit.refusal:
        return _closed(request, visit)
    if request.method != "POST":
        return _show_code(request, visit)
    try:
        given = "".join(request.POST.get("code", "").split())
        actions.open_with_code(by=visit.link, code=given)
    except Refused as error:
        return _show_code(request, visit, error.sentence, status=400)
    let_in(request, visit)
    return keep_token(redirect("workflow:guest_read"), token_of(request))


@for_guests
@require_safe
def read(request: HttpRequest) -> HttpResponse:
    visit = visit_of(request)
    if visit is None or not is_let_in(request, visit):
        return redirect("workflow:guest")
    if visit.refusal:
        return _closed(request, visit)
    return _show_text(request, visit, AnswerForm())


@for_guests
@require_safe
def preview(request: HttpRequest) -> HttpResponse:
    visit = visit_of(request)
    if visit is None or not is_let_in(request, visit) or visit.refusal:
        return redirect("workflow:guest")
    if visit.standing.revision is None:
        raise Http404
    page = visit.standing.text
    return cast(HttpResponse, page.make_preview_request(request, page.default_preview_mode))


@for_guests
@require_POST
@throttled
def answer(request: HttpRequest) -> HttpResponse:
    form = AnswerForm(request.POST)
    visit = visit_of(request)
    if visit is None or not is_let_in(request, visit):
        return _not_let_in(request, visit, form)
    if not form.is_valid():
        if visit.refusal:
            return _closed(request, visit, form)
        return _show_text(request, visit, form, status=400)
    try:
        decision = _act(visit, **form.cleaned_data)
    except Refused as error:
        present = visit_of(request)
        if present is None or present.refusal:
            return _closed(request, present, form, sentence=error.sentence)
        status = 400 if error.refusal is Refusal.COMMENT_MISSING else CONFLICT
        return _show_text(request, present, form, error.sentence, status=status)
    end_visit(request, decision)
    return redirect("workflow:guest_thanks")


@for_guests
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """Show what was recorded, to the browser in which it was said."""
    decision = receipt_of(request)
    if decision is None:
        return redirect("workflow:guest")
    return render(request, "workflow/guest/thanks.html", {"decision": decision})


@for_guests
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    end_visit(request)
    response = render(request, "workflow/guest/left.html")
    response.delete_cookie(COOKIE)
    return response


def _act(visit: Visit, *, answer: str, seen_digest: str, comment: str) -> Decision:
    if answer != Answer.RETURNED:
        return actions.decide_as_guest(
            by=visit.link, answer=answer, seen_digest=seen_digest, comment=comment
        )
    actions.send_back_as_guest(by=visit.link, seen_digest=seen_digest, comment=comment)
    return Decision.objects.filter(participant=visit.link.participant).latest("pk")


# --- What they see ------------------------------------------------------------------


def _show_door(
    request: HttpRequest, visit: Visit, form: AnswerForm | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "who": guests.who_asks(visit.link.participant),
        "changed": visit.refusal is Refusal.GUEST_TEXT_CHANGED,
        "form": form,
    }
    response = render(request, "workflow/guest/door.html", context, status=status)
    return keep_token(response, token_of(request))


def _show_code(
    request: HttpRequest, visit: Visit, sentence: str = "", status: int = 200
) -> HttpResponse:
    minutes = int(CODE_HOLDS.total_seconds() // 60)
    context = {"form": CodeForm(), "minutes": minutes, "sentence": sentence}
    response = render(request, "workflow/guest/code.html", context, status=status)
    return keep_token(response, token_of(request))


def _show_text(
    request: HttpRequest, visit: Visit, form: AnswerForm, sentence: str = "", status: int = 200
) -> HttpResponse:
    context = {
        **guests.text_for(visit),
        "visit": visit,
        "who": guests.who_asks(visit.link.participant),
        "form": form,
        "sentence": sentence,
    }
    response = render(request, "workflow/guest/text.html", context, status=status)
    return keep_token(response, token_of(request))


def _not_let_in(request: HttpRequest, visit: Visit | None, form: AnswerForm) -> HttpResponse:
    """Answer a form that came too late: a second click, or after too long a pause."""
    if receipt_of(request) and (visit is None or visit.refusal):
        return redirect("workflow:guest_thanks")
    if visit is None or visit.refusal:
        return _closed(request, visit, form)
    return _show_door(request, visit, form, status=403)


def _closed(
    request: HttpRequest,
    visit: Visit | None,
    form: AnswerForm | None = None,
    sentence: str = "",
) -> HttpResponse:
    """Say why it does not go on: in general to strangers, exactly to whoever gave the code."""
    if visit is None or visit.refusal is None or not is_let_in(request, visit):
        return _closed_page(request, form=form)
    return _closed_page(
        request,
        form=form,
        sentence=sentence or refusals.sentence(visit.refusal),
        changed=visit.refusal is Refusal.GUEST_TEXT_CHANGED,
        status=CONFLICT,
    )


def _closed_page(
    request: HttpRequest,
    *,
    form: AnswerForm | None = None,
    sentence: str = "",
    changed: bool = False,
    status: int = 404,
) -> HttpResponse:
    context = {"form": form, "sentence": sentence, "changed": changed}
    return render(request, "workflow/guest/closed.html", context, status=status)
