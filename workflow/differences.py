"""What has changed between two texts, field by field, for people to read.

Every field is shown as lines of plain text, so that a change cannot hide in a
part of the page that has no picture (a date, an audience, a file).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from html import unescape
from typing import Any

from django.db import models
from django.utils.formats import localize
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext
from modelcluster.models import get_all_child_relations
from taggit.models import ItemBase
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.rich_text import RichText

from workflow import digests

# Where a paper is kept and how it is found: shown after what is decided on.
FILING = frozenset(
    {
        "slug", "seo_title", "search_description", "show_in_menus", "reference_number", "origin",
        "retention_class",
    }
)  # fmt: skip


class Mark(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field with its pieces in reading order."""

    label: str
    pieces: tuple[Piece, ...]
    is_filing: bool = False

    @property
    def has_changed(self) -> bool:
        return any(piece.mark is not Mark.SAME for piece in self.pieces)


def between(before: Any, after: Any) -> list[FieldDifference]:
    """Compare two versions of one object; `before` None means that all is new.

    A field that is empty in both is left out; what is only for filing comes last.
    """
    old = {name: text for name, _, text in _fields(before)} if before is not None else {}
    found = []
    for name, label, text in _fields(after):
        if before is None:
            pieces: tuple[Piece, ...] = (Piece(Mark.SAME, text),)
        else:
            pieces = tuple(compare(old.get(name, ""), text))
        if any(piece.text.strip() for piece in pieces):
            found.append(FieldDifference(label, pieces, is_filing=name in FILING))
    return sorted(found, key=lambda field: field.is_filing)


def compare(before: str, after: str) -> Iterator[Piece]:
    """Yield the pieces of two texts: first by lines, in changed lines by words."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        removed, added = "".join(old[i1:i2]), "".join(new[j1:j2])
        if tag == "replace":
            yield from _by_words(removed, added)
        else:
            yield from _pieces(tag, removed, added)


def _by_words(before: str, after: str) -> Iterator[Piece]:
    old, new = re.findall(r"\s+|\S+", before), re.findall(r"\s+|\S+", after)
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield from _pieces(tag, "".join(old[i1:i2]), "".join(new[j1:j2]))


def _pieces(tag: str, removed: str, added: str) -> Iterator[Piece]:
    if tag == "equal":
        yield Piece(Mark.SAME, added)
        return
    if removed:
        yield Piece(Mark.REMOVED, removed)
    if added:
        yield Piece(Mark.ADDED, added)


def _fields(text: Any) -> Iterator[tuple[str, str, str]]:
    """Yield name, label and plain text of everything that is part of a text."""
    unseen = digests.VOLATILE | _unseen(text)
    for field in (*text._meta.concrete_fields, *text._meta.many_to_many):
        if field.name in unseen or getattr(field.remote_field, "parent_link", False):
            continue
        yield field.name, str(capfirst(field.verbose_name)), _text_of_field(text, field)
    for relation in get_all_child_relations(type(text)):
        name = relation.get_accessor_name()
        # Tags are shown by the field through which they are given.
        if name not in unseen and not issubclass(relation.related_model, ItemBase):
            yield name, _label_of_relation(relation), _text_of_relation(text, relation)
    files = digests.files_of(text)
    lines = [f"{name} (SHA-256 {digest})" for name, digest in files]
    yield "files", gettext("Files"), "\n".join(lines)


def _unseen(text: Any) -> frozenset[str]:
    """Fields that say nothing to a reader, or that the chapter keeps for itself."""
    own: frozenset[str] = getattr(type(text), "not_text", frozenset())
    return own | {"id", "content_type", "locale", "translation_key", "owner"}


def _text_of_field(text: Any, field: models.Field) -> str:
    value: Any = getattr(text, field.name, None)
    if field.many_to_many:
        return ", ".join(sorted(str(one) for one in value.all()))
    if isinstance(field, StreamField):
        return "\n".join(_block_lines(value.stream_block, value))
    if isinstance(field, RichTextField):
        return plain_text(value)
    if field.choices:
        return str(getattr(text, f"get_{field.name}_display")())
    if isinstance(value, bool):
        return gettext("yes") if value else ""
    return "" if value is None else str(localize(value))


def _text_of_relation(text: Any, relation: Any) -> str:
    children = []
    for child in getattr(text, relation.get_accessor_name()).all():
        shown = []
        for field in child._meta.concrete_fields:
            if field.primary_key or field.name in (relation.field.name, "sort_order"):
                continue
            if value := _text_of_field(child, field):
                shown.append(f"{capfirst(field.verbose_name)}: {value}")
        children.append("\n".join(shown))
    # An empty line tells where the next one begins.
    return "\n\n".join(children)


def _label_of_relation(relation: Any) -> str:
    return str(capfirst(relation.related_model._meta.verbose_name_plural))


def _block_lines(block: Any, value: Any) -> Iterator[str]:
    """Yield a block's values as lines, whatever its type: none is left out as unsearchable."""
    if value is None:
        return
    if isinstance(block, blocks.StreamBlock):
        for child in value:
            yield from _block_lines(child.block, child.value)
    elif isinstance(block, blocks.ListBlock):
        for part in value:
            yield from _block_lines(block.child_block, part)
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from _block_lines(child, value.get(name))
    elif isinstance(value, RichText):
        yield from plain_text(value.source).splitlines()
    elif text := str(localize(value)):
        yield text


def plain_text(html: str) -> str:
    """Return rich text as lines; links and pictures keep their target beside them."""
    text = re.sub(r"<a\b([^>]*)>(.*?)</a>", r"\2 [\1]", html or "", flags=re.DOTALL)
    text = re.sub(r"<embed\b([^>]*)/?>", r"[\1]\n", text)
    text = re.sub(r"</(?:p|h[1-6]|li|ul|ol|blockquote)>|<br\s*/?>|<hr\s*/?>", "\n", text)
    lines = unescape(strip_tags(text)).splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())
