"""The journey beside the page editor: its stages, whose turn it is, the points to settle."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from cms.core import trail
from workflow import reading
from workflow.governed import GovernedPage
from workflow.models import Journey, ReturnPoint, Stage
from workflow.rules.states import JourneyStatus, PointState
from workflow.wording import JOURNEY_STATUS


class JourneySidePanel(BaseSidePanel):
    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Toggle the journey")
        icon_name = "tasks"

        def get_context_data(self, parent_context: Any) -> dict[str, Any]:
            """The number beside the icon is that of the points still to settle."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["count"] = len(open_points_of(self.panel.object))
            return context

    name = "journey"
    title = _("Journey")
    template_name = "workflow/side_panel.html"
    order = 110

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        journey = self.object.latest_journey()
        context["journey"] = journey
        if journey is None:
            return context
        stages = list(Stage.objects.filter(journey=journey).select_related("journey"))
        entries = trail.entries_about(self.object)
        screen = reading.screen_of(self.request.user, stages, entries)
        points = open_points_of(self.object)
        # Binding the editor's panels is for nothing where there is no point to lead to.
        places = _places_in_editor(self.object, self.request) if points else {}
        return context | {
            "status_label": JOURNEY_STATUS[JourneyStatus(journey.status)],
            "stages": reading.stages_of(journey, screen),
            "points": [(point, _anchor(point, places)) for point in points],
        }


class EditWithJourney(EditView):
    def get_side_panels(self) -> Any:
        panels = super().get_side_panels()
        if not self.expects_json_response:
            panels.append(JourneySidePanel(self.page, self.request))
        return panels


def viewsets() -> Iterator[PageViewSet]:
    """Yield what shows the panel in the editor of every kind of governed page."""
    for model in apps.get_models():
        if issubclass(model, GovernedPage) and issubclass(model, Page):
            yield type(
                f"{model.__name__}ViewSet",
                (PageViewSet,),
                {"model": model, "edit_view_class": EditWithJourney},
            )(f"{model._meta.app_label}_{model._meta.model_name}_with_journey")


def open_points_of(page: Any) -> list[ReturnPoint]:
    """Return what the author of a returned page still has to say something about."""
    journey = Journey.objects.of(page).first() if page.pk else None
    if journey is None or journey.status != JourneyStatus.RETURNED:
        return []
    points = ReturnPoint.objects.filter(return_of__journey=journey, return_of__to_stage=None)
    return list(points.filter(state=PointState.OPEN.value).order_by("return_of", "order"))


def _places_in_editor(page: Any, request: HttpRequest) -> dict[str, str]:
    """Return the anchor of every plain field in Wagtail's editor, by the field's name."""
    editor = type(page).get_edit_handler().get_bound_panel(instance=page, request=request)
    return dict(_fields_in(editor))


def _fields_in(panel: Any) -> Iterator[tuple[str, str]]:
    if isinstance(panel.panel, FieldPanel):
        yield panel.panel.field_name, f"#{panel.prefix}-wrapper"
    for child in getattr(panel, "children", ()):
        yield from _fields_in(child)


def _anchor(point: ReturnPoint, places: dict[str, str]) -> str:
    field, _of, block = point.place.partition(":")
    return f"#block-{block}-section" if block else places.get(field, "")
