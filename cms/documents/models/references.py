"""Typed links between any two records: is basis of, renews, documents, cites …"""

from typing import Self

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.core.sourced import Sourced


class ReferenceQuerySet(models.QuerySet["Reference"]):
    def of(self, record: models.Model) -> Self:
        """References that lead from or to this record."""
        kind = ContentType.objects.get_for_model(record)
        pk = str(record.pk)
        return self.filter(Q(from_type=kind, from_id=pk) | Q(to_type=kind, to_id=pk))


class Reference(Sourced):
    class Kind(models.TextChoices):
        IS_BASIS_OF = "is_basis_of", _("is basis of")
        RENEWS = "renews", _("renews")
        ACCEDES_TO = "accedes_to", _("accedes to")
        DOCUMENTS = "documents", _("is the documentation of")
        FOLLOWS_UP = "follows_up", _("follows up")
        CITES = "cites", _("cites")
        FUNDED_BY = "funded_by", _("is funded by")
        PART_OF_SERIES = "part_of_series", _("is part of the series")
        SUPERSEDES = "supersedes", _("supersedes")
        RELATED_TO = "related_to", _("is related to")

    from_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    from_id = models.CharField(max_length=40)
    from_record = GenericForeignKey("from_type", "from_id")
    kind = models.CharField(_("relation"), max_length=20, choices=Kind.choices)
    to_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    to_id = models.CharField(max_length=40)
    to_record = GenericForeignKey("to_type", "to_id")

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        indexes = [
            models.Index(fields=["from_type", "from_id"], name="references_from"),
            models.Index(fields=["to_type", "to_id"], name="references_to"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["from_type", "from_id", "kind", "to_type", "to_id"],
                name="one_reference_of_a_kind_between_two_records",
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_record} {self.get_kind_display()} {self.to_record}"
