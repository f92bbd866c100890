"""Files that hang on a paper, with who holds the rights and how they may be used."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable, Page

from cms.documents.models.files import File


class Attachment(Orderable):
    class Kind(models.TextChoices):
        SIGNED_ORIGINAL = "signed_original", _("signed original")
        TEXT = "text", _("text")
        ANNEX = "annex", _("annex")
        SLIDES = "slides", _("slides")
        MINUTES = "minutes", _("minutes")
        PHOTO = "photo", _("photo")

    class Accessible(models.TextChoices):
        UNKNOWN = "", _("not checked")
        YES = "yes", _("accessible")
        NO = "no", _("not accessible")

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey(
        File, verbose_name=_("file"), on_delete=models.PROTECT, related_name="attachments"
    )
    title = models.CharField(
        _("title"), max_length=255, blank=True, help_text=_("Empty means the file's title.")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.TEXT)
    rights_holder = models.CharField(_("rights holder"), max_length=160, blank=True)
    licence = models.CharField(
        _("licence"), max_length=120, blank=True, help_text=_("e.g. CC BY 4.0, dl-de/by-2-0")
    )
    credit_line = models.CharField(_("credit line"), max_length=255, blank=True)
    accessible = models.CharField(
        _("accessibility"), max_length=3, choices=Accessible.choices, blank=True
    )
    accessible_checked_on = models.DateField(_("checked on"), null=True, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("file"), FieldPanel("kind")]),
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("rights_holder"), FieldPanel("licence")]),
        FieldPanel("credit_line"),
        FieldRowPanel([FieldPanel("accessible"), FieldPanel("accessible_checked_on")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.title or self.file.title
