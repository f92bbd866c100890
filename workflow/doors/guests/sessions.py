"""Who a guest is to this browser: the link they came by, and whether they gave its code.

The token lives in a signed cookie of the guest's own browser; that the code was
given is kept here, in a session bound to one link. Other doors ask here as well:
the files of a text are served by a door of their own.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from workflow import guests
from workflow.guests import Visit
from workflow.models import Decision
from workflow.rules.guests import IDLE, LONGEST_VISIT

COOKIE = "gast"
LET_IN = "workflow.guest"
RECEIPT = "workflow.guest_receipt"
Door = Callable[..., HttpResponse]


def for_guests(door: Door) -> Door:
    """Keep a guest's pages out of caches, search engines and other sites' records."""

    @wraps(door)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = door(request, *args, **kwargs)
        add_never_cache_headers(response)
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        # With "no-referrer" browsers hide the origin of our own forms as well, and
        # they would be refused; an address without a token may be told to ourselves.
        response.setdefault("Referrer-Policy", "same-origin")
        return response

    return guarded


def keep_token(response: HttpResponse, token: str) -> HttpResponse:
    """Keep the token in the guest's own browser; its signature ends when nothing is done."""
    response.set_signed_cookie(
        COOKIE, token, salt=COOKIE, max_age=int(IDLE.total_seconds()),
        httponly=True, samesite="Lax",
        secure=bool(settings.SESSION_COOKIE_SECURE),
    )  # fmt: skip
    return response


def token_of(request: HttpRequest) -> str:
    age = int(IDLE.total_seconds())
    return str(request.get_signed_cookie(COOKIE, default="", salt=COOKIE, max_age=age))


def visit_of(request: HttpRequest) -> Visit | None:
    token = token_of(request)
    return guests.visit_by(token) if token else None


def came_by_link(request: HttpRequest) -> bool:
    """Return whether this browser has followed a link, whatever link it was."""
    return bool(token_of(request))


def text_open_to(request: HttpRequest) -> Any:
    """Return the text that a guest may read here: the link holds, its code was given; else None."""
    visit = visit_of(request)
    if visit is None or visit.refusal or not is_let_in(request, visit):
        return None
    return visit.standing.text


def is_let_in(request: HttpRequest, visit: Visit) -> bool:
    """Return whether this browser has given the code for this very link."""
    let_in = request.session.get(LET_IN) or {}
    if let_in.get("link") != visit.link.pk:
        return False
    return datetime.fromisoformat(let_in["since"]) + LONGEST_VISIT > timezone.now()


def let_in(request: HttpRequest, visit: Visit) -> None:
    """Note that the code of this link was given here."""
    # Whoever planted a session in this browser before must not share what begins now.
    request.session.cycle_key()
    request.session[LET_IN] = {"link": visit.link.pk, "since": timezone.now().isoformat()}


def end_visit(request: HttpRequest, decision: Decision | None = None) -> None:
    """Forget that the code was given; with an answer the visit has served its purpose."""
    request.session.pop(LET_IN, None)
    if decision is not None:
        request.session[RECEIPT] = decision.pk


def receipt_of(request: HttpRequest) -> Decision | None:
    """Return the answer that was given in this browser, if any."""
    given = request.session.get(RECEIPT)
    return Decision.objects.filter(pk=given).first() if given else None
