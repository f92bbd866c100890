"""A paper that knows how often it was written."""

from django.db import models


class Paper(models.Model):
    state = models.PositiveIntegerField(default=1)
    live = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"Vermerk {self.pk}"
