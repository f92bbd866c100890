"""Making what is missing and leaving alone what is there."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar

from django.db import models
from django.utils.text import slugify
from wagtail.models import Page
from wagtail.tasks import update_reference_index_task

from cms.accounts.models import User
from cms.networks.models import Organisation
from home.demo.errors import UnknownKey
from home.demo.words import SOURCE
from workflow.actions import take_over

Record = TypeVar("Record", bound=models.Model)
AnyPage = TypeVar("AnyPage", bound=Page)


class Keeper:
    """Adds to the database as one person, and counts what it added by model."""

    def __init__(self, by: User, editor: User) -> None:
        self.by = by
        # Whoever drafts owns the papers.
        self.editor = editor
        self.made: Counter[str] = Counter()
        # Names of stored files, for a dry run to remove again.
        self.stored: list[str] = []
        self._bodies: dict[str, Organisation] = {}
        self._new: list[tuple[str, str, str]] = []

    def row(self, model: type[Record], values: dict[str, Any] | None = None, **key: Any) -> Record:
        """Return the record with this key, made of key and values if there is none."""
        found = model._default_manager.filter(**key).first()
        if found is not None:
            return found
        made = model(**key, **(values or {}))
        made.save()
        self.count(made)
        return made

    def body(self, key: str) -> Organisation:
        """Return an organisation by its key."""
        if key not in self._bodies:
            found = Organisation.objects.filter(key=key).first()
            if found is None:
                raise UnknownKey(key)
            self._bodies[key] = found
        return self._bodies[key]

    def open_page(self, parent: Page, slug: str, make: Callable[[], AnyPage]) -> AnyPage:
        """Return a page without a journey (an overview, a text), published."""
        found = self._child(parent, slug)
        if found is not None:
            return found
        page = make()
        page.slug, page.live, page.owner = slug, False, self.editor
        parent.add_child(instance=page)
        page.save_revision(user=self.by, changed=False).publish(user=self.by)
        self.count(page)
        return page

    def paper(
        self, parent: Page, slug: str, make: Callable[[], AnyPage], *,
        on: date | None = None, owner: User | None = None,
    ) -> AnyPage:  # fmt: skip
        """Return a governed page that exists already elsewhere: entered by takeover."""
        page, is_new = self.draft(parent, slug, make, owner=owner)
        if is_new:
            take_over(subject=page, by=self.by, source=SOURCE, on=on)
        return page

    def draft(
        self, parent: Page, slug: str, make: Callable[[], AnyPage], *, owner: User | None = None
    ) -> tuple[AnyPage, bool]:
        """Return a governed page and whether it was made just now, as a draft."""
        found = self._child(parent, slug)
        if found is not None:
            return found, False
        page = make()
        page.slug, page.owner = slug, owner or self.editor
        parent.add_child(instance=page)
        page.save_revision(user=page.owner, changed=False)
        self.count(page)
        return page, True

    def count(self, record: models.Model) -> None:
        self.made[record._meta.label_lower] += 1
        self._new.append((record._meta.app_label, record._meta.model_name or "", str(record.pk)))

    def index_references(self) -> None:
        """Have Wagtail's index of references filled: once per record, not once per save."""
        for names in self._new:
            update_reference_index_task.enqueue(*names)

    def _child(self, parent: Page, slug: str) -> Any:
        # The number of children decides where treebeard puts the next one.
        parent.refresh_from_db(fields=["numchild"])
        if not parent.numchild:
            return None
        found = Page.objects.child_of(parent).filter(slug=slug).first()
        return found.specific if found else None


def with_children(record: Record, **rows: Sequence[models.Model]) -> Record:
    """Give a record in the making rows of its child relations; they are saved with it."""
    for name, children in rows.items():
        setattr(record, name, list(children))
    return record


def slug_of(title: str) -> str:
    """Return the title as a short address."""
    german = title.lower()
    for letter, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        german = german.replace(letter, letters)
    return slugify(german)[:80].strip("-")
