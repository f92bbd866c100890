"""What every kept paper carries, whatever chapter it belongs to."""

from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel


class Origin(models.TextChoices):
    MADE_HERE = "made_here", _("made here")
    TAKEN_OVER = "taken_over", _("taken over")
    IMPORTED = "imported", _("imported")


class Audience(models.TextChoices):
    """Who may read the published text."""

    PUBLIC = "public", _("Public")
    MEMBERS = "members", _("Members")
    OFFICE = "office", _("Office and ministry")
    GROUP = "group", _("A certain group")


class RetentionClass(models.TextChoices):
    """How long the paper is kept once it has no effect any more."""

    PERMANENT = "permanent", _("for good")
    YEARS_30 = "years_30", _("30 years")
    YEARS_10 = "years_10", _("10 years")
    YEARS_5 = "years_5", _("5 years")


class Paper(models.Model):
    reference_number = models.CharField(
        _("reference number"), max_length=80, blank=True, db_index=True,
        help_text=_("As the registry writes it, e.g. 24-0141.5/12."),
    )  # fmt: skip
    origin = models.CharField(
        _("origin"), max_length=12, choices=Origin.choices, default=Origin.MADE_HERE
    )
    audience = models.CharField(
        _("audience"), max_length=10, choices=Audience.choices, default=Audience.PUBLIC,
        help_text=_("Who may read the text once it is published."),
    )  # fmt: skip
    audience_group = models.ForeignKey(
        Group, verbose_name=_("group"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", help_text=_("Only for the audience “A certain group”."),
    )  # fmt: skip
    retention_class = models.CharField(
        _("retention"), max_length=10, choices=RetentionClass.choices,
        default=RetentionClass.PERMANENT,
        help_text=_("Counted from the day on which the paper has no effect any more."),
    )  # fmt: skip

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.audience == Audience.GROUP and self.audience_group_id is None:
            raise ValidationError({"audience_group": _("Please say which group may read it.")})

    def audience_tokens(self) -> frozenset[str]:
        """Return the tokens of which a reader needs one (see kernel.tokens_for)."""
        if self.audience == Audience.PUBLIC:
            return frozenset({"public"})
        if self.audience == Audience.GROUP:
            return frozenset({f"group:{self.audience_group_id}", "office"})
        return frozenset({"office"})


def filing_panel(*more: str) -> MultiFieldPanel:
    """Return the panel on filing and audience that all papers share."""
    names = ["reference_number", "audience", *more, "audience_group", "retention_class"]
    fields: list[Any] = [FieldPanel(name) for name in names]
    return MultiFieldPanel(fields, heading=_("Filing and audience"))
