"""Keeping search in step with organisations and the pages of this chapter."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.signals import page_published, page_unpublished

from cms.networks.models import (
    MemberPage,
    Membership,
    NetworkPage,
    Organisation,
    OrganisationName,
    Programme,
)
from search.indexing import touch
from search.sources import key_for

PAGES = (MemberPage, NetworkPage)


def changed(sender: Any, instance: Any, **kwargs: Any) -> None:
    touch(key_for(instance))


def organisation_of_changed(sender: Any, instance: Any, **kwargs: Any) -> None:
    touch(f"networks.organisation:{instance.organisation_id}")


def connect() -> None:
    for register in (Organisation, Programme):
        post_save.connect(changed, sender=register)
        post_delete.connect(changed, sender=register)
    for part in (OrganisationName, Membership):
        post_save.connect(organisation_of_changed, sender=part)
        post_delete.connect(organisation_of_changed, sender=part)
    for page in PAGES:
        page_published.connect(changed, sender=page)
        page_unpublished.connect(changed, sender=page)
        post_delete.connect(changed, sender=page)
