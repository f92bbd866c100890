"""What happened, and what is to happen at a date. Deliberately without any uniqueness."""

from django.db import models


class Effect(models.Model):
    """A row for each effect that happened."""

    key = models.CharField(max_length=40)
    worker = models.IntegerField()

    def __str__(self) -> str:
        return self.key


class Deadline(models.Model):
    """Something that falls due, and whether it has been seen to."""

    due_at = models.DateTimeField()
    passed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.due_at)
