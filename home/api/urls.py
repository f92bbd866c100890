"""The addresses of the interface, with the manners that all of them share."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import quote_etag

from home.api.doors import api
from home.api.problems import no_database, problem

View = Callable[..., HttpResponse]


def mannered(view: View) -> View:
    """Read only; answer what has not changed with 304; leave nothing in a cache that others use.

    The tag is taken of the answer itself: it knows no more than whoever asks was told.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            refused = problem(405)
            refused["Allow"] = "GET, HEAD"
            return refused
        method, request.method = request.method, "GET"
        try:
            signed_in = request.user.is_authenticated
            response = view(request, *args, **kwargs)
        except (OperationalError, InterfaceError) as error:
            return no_database(request, error)
        finally:
            request.method = method
        return _fresh_or_not(request, response, signed_in=signed_in)

    return answer


def _fresh_or_not(request: HttpRequest, response: HttpResponse, *, signed_in: bool) -> HttpResponse:
    patch_vary_headers(response, ["Cookie", "Accept-Language"])
    patch_cache_control(response, no_cache=True, **({"private": True} if signed_in else {}))
    if response.status_code != 200:
        return response
    etag = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response


def nothing_here(request: HttpRequest) -> HttpResponse:
    return problem(404)


def _is_root(pattern: Any) -> bool:
    return bool(pattern.name == "api-root")


def _with_manners(pattern: Any) -> Any:
    pattern.callback = mannered(pattern.callback)
    return pattern


app_name = "api"
urlpatterns = [
    *(_with_manners(pattern) for pattern in api.urls[0] if not _is_root(pattern)),
    # Not the page for people that the tree of pages would answer with.
    path("", mannered(nothing_here), name="api-root"),
    # Line breaks included, at which "path" would end.
    re_path(r"^[\s\S]*\Z", mannered(nothing_here)),
]
