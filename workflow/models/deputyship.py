from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class DeputyshipQuerySet(models.QuerySet["Deputyship"]):
    def on(self, day: date) -> "DeputyshipQuerySet":
        """Return those that hold on a day; the last day counts."""
        return self.filter(starts__lte=day, ends__gte=day, revoked_at=None)


class Deputyship(models.Model):
    """Somebody answers in another's place: for some days, for some papers.

    Never removed once it was used: a decision "A for B" can be traced to it.
    """

    wagtail_reference_index_ignore = True

    principal = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("represented person"),
        on_delete=models.CASCADE, related_name="deputyships_given",
    )  # fmt: skip
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("deputy"),
        on_delete=models.CASCADE, related_name="deputyships_held",
    )  # fmt: skip
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"))
    # Empty: papers of every kind, for every party.
    paper_kind = models.SlugField(_("only papers of this kind"), max_length=60, blank=True)
    party = models.CharField(_("only for this party"), max_length=250, blank=True)
    may_sign = models.BooleanField(_("may sign"), default=False)
    basis = models.CharField(
        _("basis"), max_length=200, blank=True, help_text=_("Plan of duties, order, leave …")
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", verbose_name=_("entered by"),
    )  # fmt: skip
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    objects = DeputyshipQuerySet.as_manager()

    class Meta:
        verbose_name = _("deputyship")
        verbose_name_plural = _("deputyships")
        ordering = ["-starts", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(principal=F("deputy")), name="nobody_is_their_own_deputy"
            ),
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts")), name="a_deputyship_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy.get_full_name()} → {self.principal.get_full_name()}"
