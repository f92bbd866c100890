from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class RouteQuerySet(models.QuerySet["Route"]):
    def present(self, key: str) -> "Route | None":
        """Return the version that a journey beginning now would take."""
        return self.filter(key=key).order_by("-version").first()

    def for_kind(self, kind: str) -> "Route | None":
        return self.filter(subject_kind=kind).order_by("-created_at", "-version").first()


class Route(models.Model):
    """One version of the way a kind of paper takes. Never changed once loaded.

    A journey keeps the version it began with; another text of the route is
    another version.
    """

    wagtail_reference_index_ignore = True

    key = models.SlugField(_("key"), max_length=60)
    version = models.PositiveIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=200)
    subject_kind = models.SlugField(_("kind of paper"), max_length=60, db_index=True)
    definition = models.JSONField(_("definition"))
    digest = models.CharField(_("digest"), max_length=64)
    created_at = models.DateTimeField(_("loaded at"), auto_now_add=True)

    objects = RouteQuerySet.as_manager()

    class Meta:
        verbose_name = _("route")
        verbose_name_plural = _("routes")
        ordering = ["key", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="a_route_has_each_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise ValueError("A loaded route is never changed; load it as another version.")
        super().save(*args, **kwargs)
