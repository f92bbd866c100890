"""What a series and an event share: who holds it, for whom, and how it is announced."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from cms.events import wording
from cms.events.rules import PartnerRole
from cms.networks.models import Organisation, Person, Programme


class Announced(models.Model):
    subtitle = models.CharField(_("subtitle"), max_length=250, blank=True)
    addressed_to = models.CharField(
        _("for whom"), max_length=300, blank=True,
        help_text=_("For example: municipalities and local initiatives."),
    )  # fmt: skip
    focus = models.CharField(
        _("focus"), max_length=300, blank=True,
        help_text=_("For example: rural areas and small towns."),
    )  # fmt: skip
    host = models.ForeignKey(
        Organisation, verbose_name=_("host"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", help_text=_("An event of a series takes the series' host if empty."),
    )  # fmt: skip
    programme = models.ForeignKey(
        Programme, verbose_name=_("funding programme or initiative"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    abstract = RichTextField(
        _("description"), blank=True, features=["bold", "italic", "ol", "ul", "link"]
    )
    contact = models.ForeignKey(
        Person, verbose_name=pgettext_lazy("event", "contact"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
        help_text=_("Shown with the data that the person has published."),
    )  # fmt: skip
    image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL, verbose_name=_("picture"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    image_credit = models.CharField(
        _("picture credit"), max_length=200, blank=True,
        help_text=_("Shown below the picture. Empty: the credit kept with the picture."),
    )  # fmt: skip
    announce_at_url = models.URLField(
        _("announced at"), blank=True,
        help_text=_("Where the organisers announce programme and registration."),
    )  # fmt: skip
    announce_at = models.CharField(
        _("name of that website"), max_length=200, blank=True,
        help_text=_("Enough without an address, if only the name is known."),
    )  # fmt: skip

    class Meta:
        abstract = True


class Partner(Orderable):
    role = models.CharField(
        _("role"), max_length=20, choices=wording.choices(wording.PARTNER_ROLES),
        default=PartnerRole.COOPERATION.value,
    )  # fmt: skip
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.organisation}"
