"""The rows of the trail. Written by cms.core.trail only."""

from typing import Any, Never

from django.conf import settings
from django.db import models


class AppendOnly(Exception):
    """The trail is never changed; a correction is a new entry."""


class TrailQuerySet(models.QuerySet["TrailEntry"]):
    def update(self, **kwargs: Any) -> Never:
        raise AppendOnly

    def delete(self) -> Never:
        raise AppendOnly


class TrailEntry(models.Model):
    """One act: who did what to which object, on which text; chained by hashes.

    The hash covers the canonical form of all facts and the previous hash. Names
    enter it as salted commitments only (see TrailName), so that a name can be
    erased and the chain still verifies. `subject_*` are plain text: an entry
    outlives the page, the user, the revision and the route it speaks of.
    """

    sequence = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    action = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=40)
    payload = models.JSONField(default=dict)
    commitments = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    objects = TrailQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["sequence"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="trail_by_subject")]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        raise AppendOnly


class TrailName(models.Model):
    """A name behind a commitment: the only erasable part of the trail.

    `role` is "actor" or "on_behalf_of". Erasing a person deletes these rows.
    """

    entry = models.ForeignKey(TrailEntry, on_delete=models.PROTECT, related_name="names")
    role = models.CharField(max_length=20)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    name = models.CharField(max_length=255)
    salt = models.CharField(max_length=32)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "role"], name="trail_names_each_role_once")
        ]

    def __str__(self) -> str:
        return self.name


class TrailHead(models.Model):
    """The end of the chain: one row, locked while an entry is appended."""

    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.sequence} {self.hash[:12]}"
