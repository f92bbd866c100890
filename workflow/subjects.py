"""The port through which papers offer themselves to be moved.

A chapter registers its model with a kind (which chooses the route), and, where a
text has parties, who they are. To this package a party is a kind, a key and a
label; who may answer for a party is asked from the registered functions.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise

from workflow.errors import WorkflowError


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody a text concerns, e.g. Party("organisation", "12", "Landkreis …")."""

    kind: str
    key: str
    label: str


class NotASubject(WorkflowError):
    """The model has not been registered with `subjects.register`."""


@dataclass(frozen=True, slots=True)
class Registration:
    kind: str
    label: str | Promise
    parties: Callable[[Any], Sequence[Party]] | None
    content: Callable[[Any], Mapping[str, Any]] | None
    authors: Callable[[Any], Iterable[int]] | None


_subjects: dict[type[Model], Registration] = {}
_party_sources: list[Callable[[Any], Sequence[Party]]] = []


def register(
    model: type[Model],
    *,
    kind: str,
    label: str | Promise = "",
    parties: Callable[[Any], Sequence[Party]] | None = None,
    content: Callable[[Any], Mapping[str, Any]] | None = None,
    authors: Callable[[Any], Iterable[int]] | None = None,
) -> None:
    """Offer `model` to be moved along the route for `kind`.

    `parties` names the parties of one object. `content` (models without
    revisions) gives the values a decision is bound to, by default all fields;
    `authors` the ids of the people who wrote it.
    """
    words: str | Promise = label or model._meta.verbose_name or kind
    _subjects[model] = Registration(kind, words, parties, content, authors)


def register_parties_of(source: Callable[[Any], Sequence[Party]]) -> None:
    """Add a function that says for which parties a user may answer."""
    _party_sources.append(source)


def registration_of(subject: Model | type[Model]) -> Registration:
    """Return how a subject's class (or the nearest of its parents) was registered."""
    model = subject if isinstance(subject, type) else type(subject)
    for cls in model.__mro__:
        if cls in _subjects:
            return _subjects[cls]
    raise NotASubject(model.__name__)


def is_subject(model: type[Model]) -> bool:
    return any(cls in _subjects for cls in model.__mro__)


def kind_of(subject: Model | type[Model]) -> str:
    return registration_of(subject).kind


def kinds() -> list[str]:
    """Return every registered kind once, sorted."""
    return sorted({registration.kind for registration in _subjects.values()})


def label_of(kind: str) -> str:
    """Return the words for a kind of paper, as its chapter gave them."""
    found = (entry.label for entry in _subjects.values() if entry.kind == kind)
    return str(next(found, kind))


def parties_in(subject: Model) -> list[Party]:
    """Return the parties of a paper, in the order the chapter gives."""
    source = registration_of(subject).parties
    return list(source(subject)) if source else []


def parties_of(user: Any) -> list[Party]:
    """Return the parties for which a user may answer."""
    return [party for source in _party_sources for party in source(user)]
