"""What the admin's start page and menu show of journeys: a few tasks, and the report.

Wagtail's own panels list every open task, with some queries for each; ours show
the first few and lead to the desk.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import (
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)

from workflow.desk import Pile, tasks_for
from workflow.doors.report.views import MAY_READ, report

FEW = 5
LISTING_EVERYTHING = (UserObjectsInWorkflowModerationPanel, WorkflowObjectsToModeratePanel)


class TasksPanel(Component):
    """The most pressing tasks of the desk, and how many there are."""

    name = "journeys"
    template_name = "workflow/admin/tasks_panel.html"
    order = 210

    def get_context_data(self, parent_context: Any) -> Any:
        desk = tasks_for(parent_context["request"].user, size=FEW)
        waiting = desk.sheets[Pile.WAITING]
        return {
            "to_do": desk.to_do[:FEW],
            "total": desk.total_to_do,
            "waiting": waiting.tasks,
            "total_waiting": waiting.total,
            "desk": resolve_url(settings.LOGIN_REDIRECT_URL),
        }


class ReportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(MAY_READ))


@hooks.register("construct_homepage_panels")
def show_the_desk(request: HttpRequest, panels: list[Any]) -> None:
    panels[:] = [panel for panel in panels if not isinstance(panel, LISTING_EVERYTHING)]
    panels.append(TasksPanel())


@hooks.register("register_admin_urls")
def report_address() -> list[Any]:
    return [path("berichte/umlaeufe/", report, name="workflow_report")]


@hooks.register("register_reports_menu_item")
def report_in_the_menu() -> MenuItem:
    return ReportMenuItem(
        _("Journeys"), reverse("workflow_report"), name="journeys", icon_name="tasks", order=90
    )
