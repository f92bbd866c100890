"""The rows that say what must happen."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q


class OutboxQuerySet(models.QuerySet["OutboxRow"]):
    def waiting(self) -> Self:
        return self.filter(done_at=None, failed_at=None)

    def due(self, now: datetime) -> Self:
        """Rows to take up now, oldest first: due, and not under a running lease."""
        free = Q(leased_until=None) | Q(leased_until__lte=now)
        return self.waiting().filter(free, due_at__lte=now).order_by("pk")

    def failed(self) -> Self:
        return self.exclude(failed_at=None)


class OutboxRow(models.Model):
    """One thing that must happen: `kind` names the handler, `key` what it is about.

    A row is done (done_at), given up after too many tries (failed_at, shown to
    people), or waiting. Its primary key grows with time and serves as version.
    """

    kind = models.CharField(max_length=80)
    key = models.CharField(max_length=200)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)

    objects = OutboxQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "outbox row"
        indexes = [
            models.Index(
                F("kind"), F("due_at"), name="outbox_waiting",
                condition=Q(done_at=None, failed_at=None),
            )
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(failed_at=None),
                name="outbox_row_is_done_or_failed_not_both",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def version(self) -> int:
        """Monotone over the life of the database; later rows have higher versions."""
        return self.pk
