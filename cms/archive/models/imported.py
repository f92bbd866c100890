"""What everything that a program brought in carries."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Imported(models.Model):
    """Known by the id that its source gave it; `digest` tells whether the source has changed.

    A row with a blank digest is only referred to so far: its own object has not come in yet.
    """

    source = models.CharField(_("source"), max_length=120)
    source_id = models.CharField(_("id at the source"), max_length=500)
    web = models.URLField(_("address at the source"), max_length=1000, blank=True)
    digest = models.CharField(_("digest (SHA-256)"), max_length=64, blank=True)
    imported_at = models.DateTimeField(_("imported"), auto_now=True)

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_id"],
                name="%(app_label)s_%(class)s_once_per_source",
            )
        ]
