"""What holds from one date to another, both possibly vague or unknown."""

from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.core.fields import FuzzyDateField


def holds_on(day: date, prefix: str = "") -> Q:
    """Return the condition "begun and not certainly over on this day".

    An unknown start has begun, an unknown end is open, and a period that ends
    in a year that is still running is not over. `prefix` leads to the period
    from another model, e.g. "posts__".
    """
    today = day.isoformat()
    begun = Q(**{f"{prefix}starts__lte": today})
    over_later = Q(**{f"{prefix}ends__gte": today})
    open_ended = Q(**{f"{prefix}ends__in": ["", today[:4], today[:7]]})
    return begun & (over_later | open_ended)


class PeriodQuerySet(models.QuerySet):
    def on(self, day: date) -> Self:
        """Return what holds on this day."""
        return self.filter(holds_on(day))


class Period(models.Model):
    starts = FuzzyDateField(_("from"))
    ends = FuzzyDateField(_("until"), help_text=_("Empty means open or unknown."))

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.ends.certainly_before(self.starts):
            raise ValidationError({"ends": _("The end lies before the start.")})

    def holds(self, day: date) -> bool:
        """Return whether this holds on the day, by the rule of `holds_on`."""
        begun = self.starts.earliest is None or self.starts.earliest <= day
        over = self.ends.latest is not None and self.ends.latest < day
        return begun and not over
