"""How a network works: its recurring formats and their rhythm."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.networks.models.organisations import Organisation


class NetworkFormat(models.Model):
    class Per(models.TextChoices):
        YEAR = "year", _("a year")
        QUARTER = "quarter", _("a quarter")
        MONTH = "month", _("a month")

    network = models.ForeignKey(
        Organisation, verbose_name=_("network"), on_delete=models.CASCADE, related_name="formats"
    )
    title = models.CharField(_("title"), max_length=160)
    times = models.PositiveSmallIntegerField(_("how often"), null=True, blank=True)
    per = models.CharField(_("per"), max_length=10, choices=Per.choices, blank=True)
    irregular = models.BooleanField(_("irregular"), default=False)
    audience_text = models.CharField(_("for whom"), max_length=255, blank=True)
    internal = models.BooleanField(
        _("within the network only"), default=False,
        help_text=_("Papers on it are for members unless you say otherwise."),
    )  # fmt: skip
    contents = models.TextField(_("contents and topics"), blank=True, help_text=_("One per line."))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("format")
        verbose_name_plural = _("formats")
        ordering = ["network", "order"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if bool(self.times) != bool(self.per):
            raise ValidationError({"times": _("Please state both how often and per what.")})
        if self.times and self.irregular:
            raise ValidationError({"irregular": _("A format is regular or irregular, not both.")})
