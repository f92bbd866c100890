"""Keeping search and the state of an event in step with what is published."""

from typing import Any

from django.db.models.signals import post_delete
from wagtail.signals import page_published, page_unpublished

from cms.events.models import DocumentationPage, EventPage, EventSeriesPage
from search.indexing import touch
from search.sources import key_for


def changed(sender: Any, instance: Any, **kwargs: Any) -> None:
    touch(key_for(instance))


def event_of_changed(sender: Any, instance: DocumentationPage, **kwargs: Any) -> None:
    """Whether an event counts as documented follows from its documentations."""
    if instance.event_id is not None:
        touch(f"events.eventpage:{instance.event_id}")


def connect() -> None:
    for page in (EventPage, EventSeriesPage, DocumentationPage):
        page_published.connect(changed, sender=page)
        page_unpublished.connect(changed, sender=page)
        post_delete.connect(changed, sender=page)
    for signal in (page_published, page_unpublished, post_delete):
        signal.connect(event_of_changed, sender=DocumentationPage)
