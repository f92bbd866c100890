"""The editor's forms: what only a form knows (the future parent)."""

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm


class ChildForm(WagtailAdminPageForm):
    """Tells a page in the making below which page it will stand; its rules ask."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance._future_parent = self.parent_page


class DocumentationForm(ChildForm):
    """Proposes the event below which the documentation is written."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent = self.parent_page.specific if self.parent_page is not None else None
        field = self.fields.get("event")
        if field is None or self.instance.pk or self.initial.get("event"):
            return
        if isinstance(parent, field.queryset.model):
            self.initial["event"] = parent.pk
