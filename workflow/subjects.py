"""The port through which papers offer themselves to be moved.

A chapter registers its model with a kind (which chooses the route), and, where a
text has parties, who they are. To this package a party is a kind, a key and a
label; who may answer for one is asked from the registered representatives.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise

from workflow.errors import WorkflowError
from workflow.rules.states import ParticipantKind


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody a text concerns, e.g. Party("organisation", "12", "Landkreis …")."""

    kind: str
    key: str
    label: str
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody without an account who is asked about a text: an address and a name.

    `words` are the places of the text that are theirs: shown to them before all else.
    """

    mail: str
    name: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Representatives:
    """Who answers for parties (or roles): both ways of asking, which must agree.

    `keys_of` names the participants' keys for which one user may answer;
    `people_of` gives the user ids behind each of several keys, in few queries.
    """

    keys_of: Callable[[Any], Iterable[str]]
    people_of: Callable[[Collection[str]], Mapping[str, Collection[int]]]


class NotASubject(WorkflowError):
    """The model has not been registered with `subjects.register`."""


@dataclass(frozen=True, slots=True)
class Registration:
    kind: str
    label: str | Promise
    parties: Callable[[Any], Sequence[Party]] | None
    content: Callable[[Any], Mapping[str, Any]] | None
    authors: Callable[[Any], Iterable[int]] | None
    guests: Callable[[Any], Sequence[Guest]] | None


_subjects: dict[type[Model], Registration] = {}
_representatives: dict[ParticipantKind, list[Representatives]] = {}


def register(
    model: type[Model],
    *,
    kind: str,
    label: str | Promise = "",
    parties: Callable[[Any], Sequence[Party]] | None = None,
    content: Callable[[Any], Mapping[str, Any]] | None = None,
    authors: Callable[[Any], Iterable[int]] | None = None,
    guests: Callable[[Any], Sequence[Guest]] | None = None,
) -> None:
    """Offer `model` to be moved along the route for `kind`.

    `parties` and `guests` name whom one object (of a page: the text of a
    revision) concerns. `content` (models without revisions) gives the values a
    decision is bound to, by default all fields; `authors` the ids of the people
    who wrote it.
    """
    words: str | Promise = label or model._meta.verbose_name or kind
    _subjects[model] = Registration(kind, words, parties, content, authors, guests)


def register_representatives(
    kind: ParticipantKind,
    *,
    keys_of: Callable[[Any], Iterable[str]],
    people_of: Callable[[Collection[str]], Mapping[str, Collection[int]]],
) -> None:
    """Say who answers for parties (`organisation:12`) or for roles (`ministry:head`)."""
    _representatives.setdefault(kind, []).append(Representatives(keys_of, people_of))


def registration_of(subject: Model | type[Model]) -> Registration:
    """Return how a subject's class (or the nearest of its parents) was registered."""
    model = subject if isinstance(subject, type) else type(subject)
    for cls in model.__mro__:
        if cls in _subjects:
            return _subjects[cls]
    raise NotASubject(model.__name__)


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


def guests_in(subject: Model) -> list[Guest]:
    """Return the guests whom a paper names."""
    source = registration_of(subject).guests
    return list(source(subject)) if source else []


def brings_along(kind: str, word: str) -> bool:
    """Return whether papers of a kind can name participants: "parties" or "guests"."""
    return any(entry.kind == kind and getattr(entry, word) for entry in _subjects.values())


def models() -> list[type[Model]]:
    """Return every registered model."""
    return list(_subjects)


def naming_authors() -> dict[type[Model], Callable[[Any], Iterable[int]]]:
    """Return the models whose chapters name the authors of a paper themselves."""
    return {model: entry.authors for model, entry in _subjects.items() if entry.authors}


def keys_held_by(user: Any, kind: ParticipantKind) -> set[str]:
    """Return the parties (or roles) for which a user may answer."""
    return {key for source in _representatives.get(kind, ()) for key in source.keys_of(user)}


def people_behind(kind: ParticipantKind, keys: Collection[str]) -> dict[str, set[int]]:
    """Return the ids of the users who may answer, for each of the keys."""
    found: dict[str, set[int]] = {key: set() for key in keys}
    for source in _representatives.get(kind, ()):
        for key, people in source.people_of(keys).items():
            found.setdefault(key, set()).update(people)
    return found
