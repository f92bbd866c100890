"""Reading the text of new uploads; keeping search in step with plain pages."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.signals import page_published, page_unpublished

from cms.documents.extraction import request_text
from cms.documents.models import File, StandardPage
from search.indexing import touch
from search.sources import key_for


def read_new_upload(sender: Any, instance: File, **kwargs: Any) -> None:
    if instance.text_state == File.TextState.WAITING and kwargs.get("update_fields") is None:
        request_text(instance)


def changed(sender: Any, instance: Any, **kwargs: Any) -> None:
    touch(key_for(instance))


def connect() -> None:
    post_save.connect(read_new_upload, sender=File)
    page_published.connect(changed, sender=StandardPage)
    page_unpublished.connect(changed, sender=StandardPage)
    post_delete.connect(changed, sender=StandardPage)
