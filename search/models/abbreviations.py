"""Abbreviations as papers explain them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ExplainedAbbreviation(models.Model):
    """That a paper of the index explains an abbreviation: "Kommunaler Ordnungsdienst (KOD)"."""

    entry_key = models.CharField(max_length=200)
    short = models.CharField(max_length=20)
    long_form = models.CharField(max_length=120)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("explained abbreviation")
        constraints = [
            models.UniqueConstraint(
                fields=["entry_key", "short", "long_form"],
                name="explanation_counts_once_in_a_paper",
            )
        ]

    def __str__(self) -> str:
        return f"{self.short}: {self.long_form}"
