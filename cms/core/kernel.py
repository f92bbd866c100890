"""One kernel decides who may see and do what; every door asks it.

Chapters register grants: for a model, some verbs, and a function that gives the
condition under which a person has them. The list form (`allowed`) applies the
conditions to a queryset, the object form (`check`) asks the list form about one
row, so the two cannot disagree. Nothing registered means no: deny by default.

Audience tokens are the same rights in a form that an index can hold: a text
carries tokens, a person has tokens, one in common opens it. They use stable ids
("network:7"); who belongs to a network is resolved when the question is asked,
so a membership that ends needs no reindexing.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise

# An anonymous or a signed-in person, as `request.user` gives it.
Somebody = Any

PUBLIC = "public"


class Verb(StrEnum):
    VIEW = "view"
    EDIT = "edit"
    SUBMIT = "submit"
    DECIDE = "decide"


@dataclass(frozen=True, slots=True)
class Grant:
    """Why somebody may do something.

    `q` gives the condition on rows for a person, or None for "never"; an empty
    Q() means "every row". `because` is the explanation shown to administrators.
    """

    verbs: frozenset[Verb]
    q: Callable[[Somebody], Q | None]
    because: str | Promise


class Trimmed(Protocol):
    """A paper that knows the tokens of its own audience."""

    def audience_tokens(self) -> frozenset[str]: ...


_grants: dict[type[Model], list[Grant]] = defaultdict(list)
_token_sources: list[Callable[[Somebody], Iterable[str]]] = []


def register(model: type[Model], *grants: Grant) -> None:
    """Add grants for `model`; parents' grants apply to their children as well."""
    _grants[model].extend(grants)


def register_tokens(source: Callable[[Somebody], Iterable[str]]) -> None:
    """Add a function that says which audience tokens a signed-in person has."""
    _token_sources.append(source)


def models() -> list[type[Model]]:
    """Return every model that has grants of its own."""
    return list(_grants)


def grants_for(model: type[Model], verb: Verb) -> list[Grant]:
    """Return the grants that bear on `model`, its own first."""
    classes = [cls for cls in model.__mro__ if cls in _grants]
    return [grant for cls in classes for grant in _grants[cls] if verb in grant.verbs]


def allowed(user: Somebody, verb: Verb, queryset: QuerySet) -> QuerySet:
    """Return the rows of `queryset` on which `user` may do `verb`."""
    conditions = [grant.q(user) for grant in grants_for(queryset.model, verb)]
    given = [condition for condition in conditions if condition is not None]
    if not given:
        return queryset.none()
    if any(not condition for condition in given):
        return queryset
    either = given[0]
    for condition in given[1:]:
        either |= condition
    return queryset.filter(either)


def visible(user: Somebody, queryset: QuerySet) -> QuerySet:
    """Return the rows of `queryset` that `user` may see."""
    return allowed(user, Verb.VIEW, queryset)


def check(user: Somebody, verb: Verb, obj: Model) -> bool:
    """Return whether `user` may do `verb` on this object, as the database has it now."""
    rows: QuerySet = type(obj)._default_manager.filter(pk=obj.pk)
    return allowed(user, verb, rows).exists()


def reasons(user: Somebody, verb: Verb, obj: Model) -> list[str]:
    """Return why `user` may do `verb` on this object; empty when they may not."""
    rows: QuerySet = type(obj)._default_manager.filter(pk=obj.pk)
    found = []
    for grant in grants_for(type(obj), verb):
        condition = grant.q(user)
        if condition is not None and rows.filter(condition).exists():
            found.append(str(grant.because))
    return found


def tokens_for(user: Somebody) -> frozenset[str]:
    """Return the audience tokens of a person; a guest has only "public"."""
    tokens = {PUBLIC}
    if getattr(user, "is_authenticated", False) and user.is_active:
        for source in _token_sources:
            tokens.update(source(user))
    return frozenset(tokens)


def tokens_of(paper: Trimmed) -> frozenset[str]:
    """Return the tokens of which a reader of `paper` needs one."""
    return paper.audience_tokens()
