"""The door to every page of the tree: asked before Wagtail serves it."""

from typing import Any

from django.http import Http404, HttpRequest
from wagtail import hooks
from wagtail.models import Page

from cms.core import kernel
from cms.core.kernel import Verb


@hooks.register("before_serve_page")
def only_to_whom_may_see_it(page: Page, request: HttpRequest, *args: Any) -> None:
    """Raise Http404 for everybody else: to them the page does not exist."""
    if not kernel.check(request.user, Verb.VIEW, page.specific_deferred):
        raise Http404
