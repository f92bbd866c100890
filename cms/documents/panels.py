"""Panels that every paper's editor shares."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import InlinePanel


def attachments_panel() -> InlinePanel:
    return InlinePanel(
        "attachments", label=_("attachment"), heading=_("Attachments"),
        help_text=_("Files with their rights holder and licence; their text becomes searchable."),
    )  # fmt: skip
