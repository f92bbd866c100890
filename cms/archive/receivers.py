"""Keeping search in step with the texts of files that are kept here."""

from typing import Any

from django.db.models.signals import post_delete, post_save

from cms.archive.models import ArchivePaper
from cms.documents.models import File
from search.indexing import touch
from search.sources import key_for


def text_was_read(sender: Any, instance: File, **kwargs: Any) -> None:
    if "text_state" in (kwargs.get("update_fields") or ()):
        for paper in ArchivePaper.objects.filter(files__file=instance).distinct():
            touch(key_for(paper))


def gone(sender: Any, instance: ArchivePaper, **kwargs: Any) -> None:
    touch(key_for(instance))


def connect() -> None:
    post_save.connect(text_was_read, sender=File)
    post_delete.connect(gone, sender=ArchivePaper)
