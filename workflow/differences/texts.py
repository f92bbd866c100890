"""Every part of a text as lines of plain text, with the place where it stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.db import models
from django.utils.formats import localize
from django.utils.html import strip_tags
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext
from modelcluster.models import get_all_child_relations
from taggit.models import ItemBase
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.rich_text import RichText

from workflow import digests

FILES = "files"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What stands at one place: a field, or one block of it.

    `place` is the field's name, for a block with its id behind a colon; ids stay
    when blocks are moved. `block` says which block in words, empty for a field.
    """

    field: str
    label: str
    text: str
    key: str = ""
    block: str = ""

    @property
    def place(self) -> str:
        return f"{self.field}:{self.key}" if self.key else self.field

    @property
    def place_label(self) -> str:
        return f"{self.label}, {self.block}" if self.block else self.label


def parts_of(text: Any) -> Iterator[Part]:
    """Yield everything that is part of a text, in the order of its fields."""
    unseen = digests.VOLATILE | _unseen(text)
    relations = get_all_child_relations(type(text))
    for relation in relations:
        if issubclass(relation.related_model, ItemBase):
            tagged = list(getattr(text, relation.get_accessor_name()).all())
            _fetch_at_once(tagged, leaving_out=relation.field.name)
    for field in (*text._meta.concrete_fields, *text._meta.many_to_many):
        if field.name in unseen or getattr(field.remote_field, "parent_link", False):
            continue
        label = str(capfirst(field.verbose_name))
        if isinstance(field, StreamField):
            yield from _parts_of_stream(field.name, label, getattr(text, field.name))
        else:
            yield Part(field=field.name, label=label, text=_text_of_field(text, field))
    for relation in relations:
        name = relation.get_accessor_name()
        # Tags are shown by the field through which they are given.
        if name not in unseen and not issubclass(relation.related_model, ItemBase):
            yield from _parts_of_relation(text, relation)
    lines = [f"{name} (SHA-256 {digest})" for name, digest in digests.files_of(text)]
    yield Part(field=FILES, label=gettext("Files"), text="\n".join(lines))


def plain_text(html: str) -> str:
    """Return rich text as lines; links and pictures keep their target beside them."""
    text = re.sub(r"<a\b([^>]*)>(.*?)</a>", r"\2 [\1]", html or "", flags=re.DOTALL)
    text = re.sub(r"<embed\b([^>]*)/?>", r"[\1]\n", text)
    text = re.sub(r"</(?:p|h[1-6]|li|ul|ol|blockquote)>|<br\s*/?>|<hr\s*/?>", "\n", text)
    lines = unescape(strip_tags(text)).splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())


def _unseen(text: Any) -> frozenset[str]:
    """Fields that say nothing to a reader, or that the chapter keeps for itself."""
    own: frozenset[str] = getattr(type(text), "not_text", frozenset())
    return own | {"id", "content_type", "locale", "translation_key", "owner"}


def _text_of_field(text: Any, field: models.Field) -> str:
    value: Any = getattr(text, field.name, None)
    if field.many_to_many:
        return ", ".join(sorted(str(one) for one in value.all()))
    if isinstance(field, RichTextField):
        return plain_text(value)
    if field.choices:
        return str(getattr(text, f"get_{field.name}_display")())
    if isinstance(value, bool):
        return gettext("yes") if value else ""
    return "" if value is None else str(localize(value))


def _parts_of_stream(field: str, label: str, stream: Any) -> Iterator[Part]:
    kinds: dict[str, int] = {}
    for block in stream or ():
        number = kinds[block.block_type] = kinds.get(block.block_type, 0) + 1
        yield Part(
            field=field,
            label=label,
            key=str(block.id or ""),
            block=_name_of_block(block, number),
            text="\n".join(block_lines(block.block, block.value)),
        )


def _parts_of_relation(text: Any, relation: Any) -> Iterator[Part]:
    """Yield the rows of a relation as one part; rows with blocks of their own one by one."""
    name = relation.get_accessor_name()
    label = str(capfirst(relation.related_model._meta.verbose_name_plural))
    streams = [f for f in relation.related_model._meta.fields if isinstance(f, StreamField)]
    children = list(getattr(text, name).all())
    _fetch_at_once(children, leaving_out=relation.field.name)
    rows = [(child, _text_of_row(child, relation.field.name)) for child in children]
    if not streams:
        # An empty line tells where the next row begins.
        yield Part(field=name, label=label, text="\n\n".join(row for _, row in rows))
        return
    for number, (child, row) in enumerate(rows, start=1):
        one = f"{capfirst(child._meta.verbose_name)} {number}"
        own = str(child.pk or f"n{number}")
        yield Part(field=name, label=label, key=own, block=one, text=row)
        for field in streams:
            for part in _parts_of_stream(name, label, getattr(child, field.name)):
                key = f"{own}:{part.key}"
                yield Part(
                    field=name, label=label, key=key, block=f"{one}, {part.block}", text=part.text
                )


def _fetch_at_once(children: list[Any], *, leaving_out: str) -> None:
    """Read what the rows point at in one query for each column, not in one for each row.

    A model whose rows are called by rows of their own names that relation in `named_by`.
    """
    for field in children[0]._meta.concrete_fields if children else ():
        if field.remote_field is not None and field.name != leaving_out:
            named_by = getattr(field.remote_field.model, "named_by", "")
            path = f"{field.name}__{named_by}" if named_by else field.name
            models.prefetch_related_objects(children, path)


def _text_of_row(child: Any, parent: str) -> str:
    shown = []
    # What a row keeps to itself, for example the address of whoever is quoted.
    kept: frozenset[str] = getattr(type(child), "not_shown", frozenset())
    for field in child._meta.concrete_fields:
        if field.primary_key or field.name in (parent, "sort_order") or field.name in kept:
            continue
        if isinstance(field, StreamField):
            continue
        if value := _text_of_field(child, field):
            shown.append(f"{capfirst(field.verbose_name)}: {value}")
    return "\n".join(shown)


def _name_of_block(block: Any, number: int) -> str:
    """Return "Article 3: Duration": which block of its kind, with what stands first in it."""
    label = f"{capfirst(block.block.label)} {number}"
    name = block.value if isinstance(block.block, blocks.CharBlock) else ""
    if isinstance(block.block, blocks.StructBlock):
        first = next(iter(block.block.child_blocks.items()), None)
        if first and isinstance(first[1], blocks.CharBlock):
            name = block.value.get(first[0]) or ""
    return f"{label}: {Truncator(name).chars(80)}" if name else label


def block_lines(block: Any, value: Any) -> Iterator[str]:
    """Yield a block's values as lines, whatever its type: none is left out as unsearchable."""
    if value is None:
        return
    if isinstance(block, blocks.StreamBlock):
        for child in value:
            yield from block_lines(child.block, child.value)
    elif isinstance(block, blocks.ListBlock):
        for part in value:
            yield from block_lines(block.child_block, part)
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from block_lines(child, value.get(name))
    elif isinstance(value, RichText):
        yield from plain_text(value.source).splitlines()
    elif text := str(localize(value)):
        yield text
