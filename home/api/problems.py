"""What goes wrong, in one shape: problem details after RFC 9457.

A problem names no address and no reason of its own: what somebody may not see answers, to the
last byte, like what does not exist.
"""

import logging
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError
from pydantic import BaseModel, Field

from search.errors import EngineUnavailable

log = logging.getLogger("umlauf.api")

CONTENT_TYPE = "application/problem+json"
# Seconds after which a caller may try again.
RETRY_AFTER = {"search": "5", "database": "60"}


class Wrong(BaseModel):
    """One parameter that could not be read."""

    parameter: str
    reason: str


class Problem(BaseModel):
    """Problem details (RFC 9457), sent as `application/problem+json`."""

    type: str = Field(default="about:blank", description="Always this: the status says it all")
    title: str
    status: int
    detail: str = Field(description="What happened and what to do, in English, for programmers")
    errors: Sequence[Wrong] = Field(default=(), description="With status 422 only")


TITLES = {
    400: ("Bad request", "The request could not be read."),
    404: ("Not found", "There is nothing here, or nothing that you may see."),
    405: ("Method not allowed", "This interface only reads: ask with GET or HEAD."),
    422: ("Parameters not understood", "See `errors`; the OpenAPI document says what is possible."),
    500: ("Server error", "This should not have happened; it has been noted."),
    503: ("For the moment not available", "Please try again after the seconds in `Retry-After`."),
}


def problem(status: int, *, errors: Sequence[Wrong] = (), retry_after: str = "") -> HttpResponse:
    title, detail = TITLES[status]
    told = Problem(title=title, status=status, detail=detail, errors=errors)
    left_out = None if errors else {"errors"}
    response = JsonResponse(told.model_dump(exclude=left_out), status=status)
    response["Content-Type"] = CONTENT_TYPE
    if retry_after:
        response["Retry-After"] = retry_after
    return response


def register(api: NinjaAPI) -> None:
    """Give every failure its answer. What is not foreseen is noted, and told to nobody."""
    handlers: dict[type[Exception], Any] = {
        Http404: lambda request, error: problem(404),
        SuspiciousOperation: lambda request, error: problem(400),
        ValidationError: _not_understood,
        EngineUnavailable: lambda request, error: problem(503, retry_after=RETRY_AFTER["search"]),
        OperationalError: no_database,
        InterfaceError: no_database,
        Exception: _unforeseen,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def _not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
    wrong = [Wrong(parameter=_parameter(one["loc"]), reason=one["msg"]) for one in error.errors]
    return problem(422, errors=wrong)


def _parameter(place: Sequence[str | int]) -> str:
    """The name of a parameter, which for one value of a list does not stand last."""
    return next((str(part) for part in reversed(place) if isinstance(part, str)), "")


def no_database(request: HttpRequest, error: Exception) -> HttpResponse:
    log.warning("api: the database does not answer: %s", error)
    return problem(503, retry_after=RETRY_AFTER["database"])


def _unforeseen(request: HttpRequest, error: Exception) -> HttpResponse:
    # As Django does for a page: whoever listens for failures hears of this one as well.
    got_request_exception.send(sender=None, request=request)
    log.error("api: %s", request.path, exc_info=error)
    return problem(500)
