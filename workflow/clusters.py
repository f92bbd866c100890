"""A page with all the rows that hang on it, read and written at a cost that does not grow.

Wagtail's own way looks up every foreign key of every child row when a revision is
read, and saves every child row by itself when it is published: an agreement with
three hundred parties would cost over a thousand queries. Here each kind of row
costs a few, however many rows there are.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import ManyToOneRel, Model
from modelcluster.fields import ParentalKey
from modelcluster.models import (
    ClusterableModel,
    get_all_child_relations,
    get_serializable_data_for_fields,
)

# Models that save in a way of their own do it themselves, row by row.
PLAIN_WAYS_TO_SAVE = frozenset({Model.save, ClusterableModel.save})

Target = tuple[type[Model], str]


class LookedUp(dict[str, Any]):
    """The content of a revision in which every row that is named is there."""


def looked_up(page: Model, content: dict[str, Any]) -> dict[str, Any]:
    """Return a revision's content as LookedUp; as it was where something is gone that it names.

    One query for each model that is named, and none for what the page, just read,
    names itself. For content where something is gone, modelcluster goes over each
    row and mends it.
    """
    wanted: dict[Target, set[Any]] = defaultdict(set)
    for target, value in _named_in(type(page), content):
        wanted[target].add(value)
    for field in _foreign_keys(type(page)):
        key = field.target_field
        wanted[key.model, key.name].discard(getattr(page, field.attname))
    for (model, name), values in wanted.items():
        there = model._default_manager.filter(**{f"{name}__in": values})
        if values and there.count() != len(values):
            return content
    return LookedUp(content)


def names_of_foreign_keys(model: type[Model]) -> set[str]:
    return {field.name for field in _foreign_keys(model)}


def write_children(parents: Sequence[ClusterableModel]) -> None:
    """Write the child rows that some saved rows of one model hold, and let go of them.

    As modelcluster's `commit`, with one difference: rows that are as they were are
    not written again, and no signals are sent for single rows.
    """
    if not parents:
        return
    for relation in get_all_child_relations(type(parents[0])):
        name = relation.get_accessor_name()
        holding = [one for one in parents if name in _held_by(one)]
        if holding and relation.related_model.save in PLAIN_WAYS_TO_SAVE:
            _write(relation, holding, [child for one in holding for child in _held_by(one)[name]])
            for one in holding:
                del _held_by(one)[name]


def _named_in(
    model: type[Model], content: Mapping[str, Any], parent: Any = None
) -> Iterator[tuple[Target, Any]]:
    """Yield what the foreign keys name; not the row that a child stands in itself."""
    for name, value in content.items():
        try:
            field: Any = model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        if value is None or not isinstance(field.remote_field, ManyToOneRel):
            continue
        if not (isinstance(field, ParentalKey) and value == parent):
            key = field.target_field
            yield (key.model, key.name), key.to_python(value)
    for relation in get_all_child_relations(model):
        for child in content.get(relation.get_accessor_name(), ()):
            yield from _named_in(relation.related_model, child, content.get("pk"))


def _foreign_keys(model: type[Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if field.many_to_one]


def _write(relation: Any, parents: Sequence[Any], children: Sequence[Any]) -> None:
    # Wagtail's module asks for models that are being made while this one is imported.
    from wagtail.signal_handlers import disable_reference_index_auto_update

    model, key = relation.related_model, relation.field
    for parent in parents:
        for child in _held_by(parent)[relation.get_accessor_name()]:
            # A parent that is new itself has got its number only now.
            setattr(child, key.name, parent)
    rows = model._base_manager.filter(**{f"{key.name}__in": parents})
    present = {row.pk: get_serializable_data_for_fields(row) for row in rows}
    if gone := present.keys() - {child.pk for child in children}:
        # The page is about to be indexed anew, with what it refers to through these.
        with disable_reference_index_auto_update():
            model._base_manager.filter(pk__in=gone).delete()
    model._base_manager.bulk_create([one for one in children if one.pk not in present])
    changed = [
        one
        for one in children
        if one.pk in present and get_serializable_data_for_fields(one) != present[one.pk]
    ]
    if changed:
        columns = [field.name for field in model._meta.concrete_fields if not field.primary_key]
        model._base_manager.bulk_create(
            changed, update_conflicts=True, unique_fields=["pk"], update_fields=columns
        )
    if issubclass(model, ClusterableModel):
        write_children(children)


def _held_by(parent: Any) -> dict[str, list[Any]]:
    """Return the children that a row holds in memory, as modelcluster keeps them."""
    held: dict[str, list[Any]] = getattr(parent, "_cluster_related_objects", {})
    return held
