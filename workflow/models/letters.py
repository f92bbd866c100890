from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow.models.journey import Journey
from workflow.rules.letters import LetterKind, Pace
from workflow.wording import LETTER_KIND, PACE


class LetterWish(models.Model):
    """How a person wants to get one kind of letter; without a row it comes at once."""

    wagtail_reference_index_ignore = True

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="letter_wishes"
    )
    kind = models.CharField(
        max_length=12, choices=[(kind.value, LETTER_KIND[kind]) for kind in LetterKind]
    )
    pace = models.CharField(
        max_length=8, default=Pace.AT_ONCE.value,
        choices=[(pace.value, PACE[pace]) for pace in Pace],
    )  # fmt: skip

    class Meta:
        verbose_name = _("wish about letters")
        verbose_name_plural = _("wishes about letters")
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="one_wish_for_a_kind_of_letter")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_pace_display()}"


class DigestLine(models.Model):
    """One line kept for a person's daily digest until it has been sent."""

    wagtail_reference_index_ignore = True

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digest_lines"
    )
    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(
        max_length=12, choices=[(kind.value, LETTER_KIND[kind]) for kind in LetterKind]
    )
    subject = models.CharField(max_length=400)
    noted_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("line of a digest")
        verbose_name_plural = _("lines of digests")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.subject
