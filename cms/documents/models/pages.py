"""Plain pages: imprint, data protection, accessibility statement, easy language."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page


class StandardPage(Page):
    intro = models.TextField(_("introduction"), blank=True)
    body = RichTextField(
        _("text"), blank=True,
        features=["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"],
    )  # fmt: skip

    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body")]

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")
