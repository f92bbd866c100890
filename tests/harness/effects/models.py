"""What happened. Deliberately without any uniqueness."""

from django.db import models


class Effect(models.Model):
    """A row for each effect that happened."""

    key = models.CharField(max_length=40)
    worker = models.IntegerField()

    def __str__(self) -> str:
        return self.key
