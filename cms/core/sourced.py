"""Statements carry where they come from and how sure they are."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Certainty(models.TextChoices):
    STATED = "stated", _("stated in the source")
    INFERRED = "inferred", _("inferred, not stated")
    UNCLEAR = "unclear", _("unclear in the source")


class Sourced(models.Model):
    """Unknown stays unknown, and an inference stays marked as one."""

    source = models.CharField(_("source"), max_length=255, blank=True)
    certainty = models.CharField(
        _("certainty"), max_length=10, choices=Certainty.choices, default=Certainty.STATED
    )
    note = models.CharField(_("editor's note"), max_length=500, blank=True)

    class Meta:
        abstract = True
