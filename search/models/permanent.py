"""The permanent ids of papers."""

import secrets

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# Crockford's base 32: nothing that is mistaken for something else when read out.
_SIGNS = "0123456789abcdefghjkmnpqrstvwxyz"
ID_LENGTH = 10


def new_id() -> str:
    """Return an id that tells nothing: neither an age nor how many papers there are."""
    return "".join(secrets.choice(_SIGNS) for _ in range(ID_LENGTH))


class PermanentId(models.Model):
    """The id of a paper for ever, with what a citation says of it.

    ``key`` is the key of its entry (see search.sources), ``identity`` what stays the same when
    the paper is brought in anew under another key. ``tokens`` are those of its last readers,
    and ``shown`` is empty, once the paper is withdrawn.
    """

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id)
    key = models.CharField(max_length=200, unique=True)
    identity = models.CharField(max_length=800, unique=True)
    digest = models.CharField(max_length=64)
    tokens = models.JSONField(default=list)
    shown = models.JSONField(default=dict)
    first_at = models.DateTimeField(default=timezone.now)
    # When what there is to read has changed last.
    changed_at = models.DateTimeField(default=timezone.now, db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("permanent id")

    def __str__(self) -> str:
        return self.id
