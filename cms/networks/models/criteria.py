"""Criteria for membership, in versions: who joined in 2014 is judged by 2014's list."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from cms.core.fields import FuzzyDateField
from cms.networks.models.organisations import Organisation


class CriteriaList(ClusterableModel):
    network = models.ForeignKey(
        Organisation, verbose_name=_("network"), on_delete=models.PROTECT,
        related_name="criteria_lists",
    )  # fmt: skip
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    valid_from = FuzzyDateField(_("valid from"))

    class Meta:
        verbose_name = _("list of membership criteria")
        verbose_name_plural = _("lists of membership criteria")
        constraints = [
            models.UniqueConstraint(
                fields=["network", "version"], name="criteria_version_once_per_network"
            )
        ]

    def __str__(self) -> str:
        return f"{self.network} ({self.version})"


class Criterion(models.Model):
    criteria_list = ParentalKey(CriteriaList, on_delete=models.CASCADE, related_name="criteria")
    number = models.PositiveSmallIntegerField(_("number"))
    key = models.SlugField(_("key"), max_length=40)
    text = models.TextField(_("criterion"))
    evidence = models.CharField(_("evidence"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["criteria_list", "number"], name="criterion_number_once_per_list"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"
