"""Typed links between records."""

from django.contrib.contenttypes.models import ContentType
from django.db import models

from cms.core.sourced import Certainty
from cms.documents.models import Reference
from home.demo.keep import Keeper


def refer(
    keep: Keeper,
    one: models.Model,
    kind: Reference.Kind,
    other: models.Model,
    source: str,
    *,
    certainty: Certainty = Certainty.STATED,
    note: str = "",
) -> None:
    keep.row(
        Reference,
        {"source": source, "certainty": certainty, "note": note},
        from_type=ContentType.objects.get_for_model(one),
        from_id=str(one.pk),
        kind=kind,
        to_type=ContentType.objects.get_for_model(other),
        to_id=str(other.pk),
    )
