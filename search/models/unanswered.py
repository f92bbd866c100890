"""Questions that found nothing, counted by day."""

from django.db import models
from django.utils.translation import gettext_lazy as _

# Who types more has pasted something; it is not kept.
LONGEST_QUESTION = 120


class UnansweredQuestion(models.Model):
    """A question that found nothing, counted for one day; nobody knows who asked.

    ``offered`` is what a guest was offered instead, last of all.
    """

    text = models.CharField(max_length=LONGEST_QUESTION)
    day = models.DateField(db_index=True)
    times = models.PositiveIntegerField(default=0)
    offered = models.CharField(max_length=LONGEST_QUESTION, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("question without hits")
        constraints = [
            models.UniqueConstraint(
                fields=["text", "day"], name="question_without_hits_is_counted_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return self.text
