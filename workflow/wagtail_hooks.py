"""How a journey looks in Wagtail's admin: a way to it, and no way round it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import action_menu
from wagtail.models import Page

from cms.core import refusals
from workflow.actions.submission import check_sending
from workflow.doors.people import hooks as people_hooks  # noqa: F401  (they register themselves)
from workflow.doors.review.side_panel import open_points_of, viewsets
from workflow.doors.routes import hooks as route_hooks  # noqa: F401
from workflow.governed import GovernedPage
from workflow.guards import refusal_to_delete_branch, refusal_to_move_branch
from workflow.permissions import close_the_workflow_screens
from workflow.rules.refusals import Refusal
from workflow.rules.states import JourneyStatus

close_the_workflow_screens()

# What Wagtail offers beside the journey; each of them would decide past it.
ROUND_THE_JOURNEY = (
    action_menu.PublishMenuItem,
    action_menu.UnpublishMenuItem,
    action_menu.CancelWorkflowMenuItem,
    action_menu.RestartWorkflowMenuItem,
    action_menu.WorkflowMenuItem,
)
POSTS_ROUND_THE_JOURNEY = (
    "action-publish",
    "action-cancel-workflow",
    "action-restart-workflow",
    "action-workflow-action",
)


class ToTheJourney(action_menu.ActionMenuItem):
    label: Any = _("To the journey")
    name = "action-journey"
    icon_name = "arrow-right"

    def __init__(self, url: str, open_points: int = 0) -> None:
        super().__init__(order=70)
        self.url = url
        if open_points:
            self.label = gettext("To the journey (points: %(count)d)") % {"count": open_points}

    def get_url(self, parent_context: Any) -> str:
        return self.url


class Submit(action_menu.SubmitForModerationMenuItem):
    """Wagtail's own item, without the name of the workflow that only wears the journey."""

    def get_context_data(self, parent_context: Any) -> Any:
        context = super().get_context_data(parent_context)
        journey = context["page"].latest_journey()
        returned = journey is not None and journey.status == JourneyStatus.RETURNED
        context["label"] = gettext("Submit again") if returned else gettext("Submit for review")
        return context


@hooks.register("register_admin_viewset")
def show_the_journey_beside_the_editor() -> list[Any]:
    return list(viewsets())


@hooks.register("construct_page_action_menu")
def offer_the_journey(menu_items: list[Any], request: HttpRequest, context: Any) -> None:
    page = context.get("page")
    governed = page or context.get("page_class")
    if context["view"] == "create":
        model = _model_to_create(request)
        if model is not None and issubclass(model, GovernedPage):
            _drop(menu_items, (*ROUND_THE_JOURNEY, action_menu.SubmitForModerationMenuItem))
        return
    if not isinstance(governed, GovernedPage):
        return
    _drop(menu_items, ROUND_THE_JOURNEY)
    for place, item in enumerate(menu_items):
        if type(item) is action_menu.SubmitForModerationMenuItem:
            menu_items[place] = Submit(order=item.order)
    if journey := governed.latest_journey():
        points = open_points_of(governed)
        menu_items.append(ToTheJourney(journey.get_absolute_url(), len(points)))


@hooks.register("before_edit_page")
def keep_to_the_journey(request: HttpRequest, page: Any) -> None:
    """Take out of a POST what would go round; what was typed is saved as a draft."""
    if request.method != "POST" or not isinstance(page.specific, GovernedPage):
        return
    refused: dict[str, str] = {}
    for name in POSTS_ROUND_THE_JOURNEY:
        if name in request.POST:
            refused[name] = refusals.sentence(Refusal.ONLY_BY_JOURNEY)
    if "action-submit" in request.POST:
        try:
            check_sending(page.specific, by=request.user)
        except refusals.Refused as error:
            refused["action-submit"] = error.sentence
    _take_out(request, refused)


@hooks.register("before_create_page")
def create_as_draft(request: HttpRequest, parent: Any, page_class: type) -> None:
    if request.method != "POST" or not issubclass(page_class, GovernedPage):
        return
    if "action-publish" in request.POST:
        _take_out(request, {"action-publish": refusals.sentence(Refusal.ONLY_BY_JOURNEY)})


@hooks.register("before_delete_page")
def keep_what_is_on_record(request: HttpRequest, page: Any) -> HttpResponse | None:
    """An ancestor takes its pages along: it stays while one of them has to."""
    return _stay(request, page, refusal_to_delete_branch(page))


@hooks.register("before_move_page")
def keep_in_place(request: HttpRequest, page: Any, destination: Any) -> HttpResponse | None:
    return _stay(request, page, refusal_to_move_branch(page))


@hooks.register("before_bulk_action")
def keep_what_is_on_record_in_bulk(
    request: HttpRequest, action_type: str, objects: Any, action_class_instance: Any
) -> HttpResponse | None:
    asked = {"delete": refusal_to_delete_branch, "move": refusal_to_move_branch}.get(action_type)
    if asked is None or not all(isinstance(one, Page) for one in objects):
        return None
    for page in objects:
        if (response := _stay(request, page, asked(page))) is not None:
            return response
    return None


def _stay(request: HttpRequest, page: Any, refusal: Refusal | None) -> HttpResponse | None:
    if refusal is None:
        return None
    messages.error(request, refusals.sentence(refusal))
    return redirect("wagtailadmin_explore", page.pk)


@hooks.register("construct_settings_menu")
def hide_the_workflow_screens(request: HttpRequest, menu_items: list[Any]) -> None:
    menu_items[:] = [one for one in menu_items if one.name not in ("workflows", "workflow-tasks")]


@hooks.register("register_page_header_buttons")
def journey_button(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Any:
    from wagtail.admin.widgets.button import Button

    specific = page.specific
    journey = specific.latest_journey() if isinstance(specific, GovernedPage) else None
    if journey is not None:
        yield Button(gettext("To the journey"), journey.get_absolute_url(), icon_name="arrow-right")


def _drop(menu_items: list[Any], kinds: tuple[type, ...]) -> None:
    menu_items[:] = [one for one in menu_items if not isinstance(one, kinds)]


def _model_to_create(request: HttpRequest) -> type | None:
    from django.apps import apps

    match = request.resolver_match
    names = match.kwargs if match else {}
    args = match.args if match else ()
    label = names.get("content_type_app_name") or (args[0] if args else None)
    model = names.get("content_type_model_name") or (args[1] if len(args) > 1 else None)
    try:
        return apps.get_model(label, model) if label and model else None
    except LookupError:
        return None


def _take_out(request: HttpRequest, refused: dict[str, str]) -> None:
    if not refused:
        return
    kept = request.POST.copy()
    for name, sentence in refused.items():
        del kept[name]
        messages.error(request, sentence)
    request.POST = kept  # type: ignore[assignment]
