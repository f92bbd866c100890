"""Keeping search in step with what is published."""

from typing import Any

from django.db.models.signals import post_delete
from wagtail.signals import page_published, page_unpublished

from cms.publications.models import PublicationPage
from search.indexing import touch
from search.sources import key_for


def changed(sender: Any, instance: Any, **kwargs: Any) -> None:
    touch(key_for(instance))


def connect() -> None:
    for signal in (page_published, page_unpublished, post_delete):
        signal.connect(changed, sender=PublicationPage)
