"""The routes' pages in Wagtail's admin: their addresses and the way to them."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from workflow.doors.routes import views as route_views

ADDRESSES = [
    path("", route_views.index, name="index"),
    path("<slug:key>/<int:number>/", route_views.version, name="version"),
    path("umlauf/<int:journey_id>/<int:number>/", route_views.move, name="move"),
]


class RoutesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return route_views.may_read_routes(request.user)


@hooks.register("register_admin_urls")
def routes_addresses() -> list[Any]:
    return [path("ablaeufe/", include((ADDRESSES, "workflow_routes")))]


@hooks.register("register_admin_menu_item")
def routes_item() -> RoutesMenuItem:
    return RoutesMenuItem(
        _("Routes"), reverse("workflow_routes:index"), icon_name="tasks", order=850
    )
