"""The rows of the trail. Written by cms.core.trail only.

Here the ORM refuses to change them, on every database; on PostgreSQL the
database refuses as well (migration 0002). Whoever gets past both is found by
cms.core.trail.verify.
"""

from typing import Any, Never, Self

from django.db import models
from django.utils.translation import gettext as _


class AppendOnly(Exception):
    """The trail is never changed; a correction is a new entry."""


class UnchangingQuerySet(models.QuerySet[Any]):
    def update(self, **kwargs: Any) -> Never:
        raise AppendOnly

    def delete(self) -> Never:
        raise AppendOnly

    def bulk_create(self, *args: Any, update_conflicts: bool = False, **kwargs: Any) -> Any:
        if update_conflicts:
            raise AppendOnly
        return super().bulk_create(*args, **kwargs)


class UnchangingModel(models.Model):
    class Meta:
        abstract = True
        # Deletions that cascade, and related managers, ask this manager.
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        raise AppendOnly


class TrailEntry(UnchangingModel):
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

    objects = UnchangingQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta(UnchangingModel.Meta):
        ordering = ["sequence"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="trail_by_subject")]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action}"


class TrailNameQuerySet(UnchangingQuerySet):
    def kept(self) -> Self:
        return self.exclude(salt="")

    def of(self, *, account: int | None, name: str) -> Self:
        """Return the names of one account, and those spelled so that have no account."""
        whose = models.Q(account=account) if account is not None else models.Q(pk__in=[])
        if name:
            whose |= models.Q(account=None, name=name)
        return self.kept().filter(whose)

    def erase(self) -> None:
        """Blank these names for good. Called by cms.core.trail.erase_names only."""
        models.QuerySet.update(self, name="", salt="", account=None)


class TrailName(UnchangingModel):
    """A name behind a commitment: the only erasable part of the trail.

    `role` is "actor" or "on_behalf_of". `account` is a number and no foreign
    key, so that the deletion of an account changes nothing here; with name and
    salt it is what the commitment in the entry proves. After an erasure all
    three are blank and the row says that there was a name.
    """

    entry = models.ForeignKey(TrailEntry, on_delete=models.PROTECT, related_name="names")
    role = models.CharField(max_length=20)
    account = models.PositiveBigIntegerField(null=True, db_index=True)
    name = models.CharField(max_length=255)
    salt = models.CharField(max_length=32)

    objects = TrailNameQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta(UnchangingModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["entry", "role"], name="trail_names_each_role_once")
        ]

    def __str__(self) -> str:
        """Return the name for screens; an erased one is shown as such."""
        return self.name if self.salt else _("name erased")


class TrailHead(models.Model):
    """The end of the chain: one row, locked while an entry is appended."""

    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)
    at = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.sequence} {self.hash[:12]}"
