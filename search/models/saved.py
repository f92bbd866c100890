"""Saved searches, and what they have found."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from search.models.permanent import PermanentId


class SavedSearches(models.QuerySet["SavedSearch"]):
    def told_at_once(self) -> Self:
        return self.filter(
            pace=SavedSearch.Pace.AT_ONCE, is_paused=False, person__is_active=True
        ).order_by("pk")


class SavedSearch(models.Model):
    """A question that a person wants to ask again, or have asked for them.

    ``address`` is the query string of the result page, without its page. What was a hit when
    ``known_at`` was noted is known; None: the hits have still to be looked at for a first time.
    """

    class Pace(models.TextChoices):
        AT_ONCE = "at_once", _("at once")
        DAILY = "daily", _("once a day")
        WEEKLY = "weekly", _("once a week")
        NEVER = "never", pgettext_lazy("pace", "not at all")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches"
    )
    name = models.CharField(_("name"), max_length=120)
    address = models.TextField()
    pace = models.CharField(
        _("letters on new hits"), max_length=8, choices=Pace.choices, default=Pace.DAILY
    )
    is_paused = models.BooleanField(_("paused"), default=False)
    known_at = models.DateTimeField(null=True)
    # When all of its hits are looked at the next time.
    next_at = models.DateTimeField(null=True, db_index=True)
    saved_at = models.DateTimeField(auto_now_add=True)

    objects = SavedSearches.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_told(self) -> bool:
        """Whether its person is written to about new hits."""
        return self.pace != self.Pace.NEVER and not self.is_paused


class KnownHit(models.Model):
    """A paper that a saved search has found: its person knows it, or is being told of it."""

    search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="known")
    paper = models.ForeignKey(PermanentId, on_delete=models.CASCADE, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "known hit"
        constraints = [
            models.UniqueConstraint(fields=["search", "paper"], name="a_hit_is_told_once")
        ]

    def __str__(self) -> str:
        return f"{self.search_id} {self.paper_id}"
