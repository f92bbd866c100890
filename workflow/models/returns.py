from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from workflow.models.journey import Journey, Stage
from workflow.rules.states import PointState
from workflow.wording import POINT_STATE


class Return(models.Model):
    """A paper sent back with the reason: to its author, or to an earlier stage.

    `by` is None when nobody in a stage decided and the paper went back by itself.
    """

    wagtail_reference_index_ignore = True

    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="returns")
    from_stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="returns")
    # None: to the author.
    to_stage = models.ForeignKey(
        Stage, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", verbose_name=_("returned by"),
    )  # fmt: skip
    by_label = models.CharField(max_length=200)
    revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    content_digest = models.CharField(max_length=64)
    comment = models.TextField(_("comment"), blank=True)
    returned_at = models.DateTimeField(_("returned at"), auto_now_add=True)

    class Meta:
        verbose_name = _("return")
        verbose_name_plural = _("returns")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.by_label}: {self.comment}"


class ReturnPoint(models.Model):
    """One thing to be done, tied to a field or block of the text, ticked off by the author."""

    wagtail_reference_index_ignore = True

    return_of = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="points")
    order = models.PositiveSmallIntegerField()
    # Name of the field, with the block's id behind a colon: "articles:9f2c…"; empty: the whole.
    place = models.CharField(max_length=200, blank=True)
    place_label = models.CharField(pgettext_lazy("point", "place"), max_length=200, blank=True)
    text = models.TextField(_("point"))
    state = models.CharField(
        _("state"), max_length=12, default=PointState.OPEN.value,
        choices=[(state.value, POINT_STATE[state]) for state in PointState],
    )  # fmt: skip
    note = models.TextField(_("what was done"), blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", verbose_name=_("settled by"),
    )  # fmt: skip
    settled_by_label = models.CharField(max_length=200, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("point of a return")
        verbose_name_plural = _("points of a return")
        ordering = ["return_of", "order"]
        constraints = [
            models.UniqueConstraint(fields=["return_of", "order"], name="points_are_numbered"),
            models.CheckConstraint(
                condition=Q(state=PointState.OPEN.value) | Q(settled_at__isnull=False),
                name="a_settled_point_knows_since_when",
            ),
        ]

    def __str__(self) -> str:
        return self.text
