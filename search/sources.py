"""Who offers entries: the port that the chapters fill from ``apps.ready()``."""

from abc import abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from django.db.models import CharField, Model, Q, QuerySet, Value

from cms.core import kernel
from cms.core.values import FuzzyDate
from search.entries import Entry


class Source(Protocol):
    """One kind of paper, as search asks for it.

    ``prefix`` is what stands before the colon in its keys, ``label`` the name
    of the kind on screens (lazy), ``state_labels`` the words for its states.
    ``is_paper`` is False for bodies and the like, which papers only name.
    """

    @property
    def prefix(self) -> str: ...

    @property
    def kind(self) -> str: ...

    @property
    def label(self) -> Any: ...

    @property
    def state_labels(self) -> Mapping[str, Any]: ...

    @property
    def is_paper(self) -> bool: ...

    def keys(self) -> Iterable[str]:
        """All keys that belong into the index, as an iterator."""
        ...

    def entry(self, key: str) -> Entry | None:
        """The present state; None when it is not to be found any more."""
        ...

    def entries(self, keys: Sequence[str]) -> Iterable[Entry]:
        """The present states of several, read together; what is gone is left out."""
        ...

    def visible_keys(self, user: Any, keys: Sequence[str]) -> set[str]:
        """Which of these the person may see now: one query, asked of the database."""
        ...


def key_for(record: Model) -> str:
    """Return the key of a record, e.g. ``publications.publicationpage:17``."""
    return f"{record._meta.label_lower}:{record.pk}"


class ModelSource:
    """A source over one model. Subclasses give ``model``, ``kind``, ``label``, ``describe``.

    ``queryset`` narrows to what is published; whatever is outside it is not found.
    """

    model: ClassVar[type[Model]]
    kind: str
    label: Any
    state_labels: Mapping[str, Any] = {}
    is_paper: bool = True

    @property
    def prefix(self) -> str:
        return self.model._meta.label_lower

    def queryset(self) -> QuerySet[Any]:
        """The records that can be found, with what ``describe`` needs fetched along."""
        return self.model._default_manager.all()

    @abstractmethod
    def describe(self, record: Any) -> Entry:
        """Say what there is to find about one record."""

    def keys(self) -> Iterator[str]:
        # Only keys are read here; what describe needs would be fetched for nothing.
        rows = self.queryset().prefetch_related(None).order_by("pk")
        for pk in rows.values_list("pk", flat=True).iterator(chunk_size=2000):
            yield f"{self.prefix}:{pk}"

    def entry(self, key: str) -> Entry | None:
        record = self.queryset().filter(pk=key.partition(":")[2]).first()
        return None if record is None else self.describe(record)

    def entries(self, keys: Sequence[str]) -> list[Entry]:
        records = self.queryset().filter(pk__in=[key.partition(":")[2] for key in keys])
        return [self.describe(record) for record in records]

    def visible_keys(self, user: Any, keys: Sequence[str]) -> set[str]:
        return _read_keys([self.visible(user, keys)])

    def visible(self, user: Any, keys: Sequence[str]) -> QuerySet[Any]:
        """Rows (prefix, pk) of those that the person may see now."""
        wanted = self.queryset().prefetch_related(None).select_related(None)
        wanted = wanted.filter(pk__in=[key.partition(":")[2] for key in keys])
        prefix = Value(self.prefix, output_field=CharField())
        visible = kernel.visible(user, wanted).order_by().annotate(source_prefix=prefix)
        return visible.values_list("source_prefix", "pk")


def _read_keys(rows: Sequence[QuerySet[Any]]) -> set[str]:
    """Read the keys of all these in one query."""
    together = rows[0].union(*rows[1:], all=True) if len(rows) > 1 else rows[0]
    return {f"{prefix}:{pk}" for prefix, pk in together}


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Offer a source. The same prefix twice is a mistake, except after a reload."""
    present = _sources.get(source.prefix)
    if present is not None and type(present) is not type(source):
        raise ValueError(f"Two sources offer {source.prefix}")
    _sources[source.prefix] = source


def all_sources() -> list[Source]:
    return list(_sources.values())


@dataclass(frozen=True, slots=True)
class DatedName:
    """A name, and from when to when it held as far as that is known."""

    name: str
    starts: FuzzyDate
    ends: FuzzyDate


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A body that has a page: its present name, and the others it has or had."""

    identity: str
    name: str
    url: str
    others: Sequence[DatedName] = ()


class Organisations(Protocol):
    """Who knows the bodies whose ids stand in entries, under all the names they had."""

    def called(self, name: str) -> set[str]:
        """Ids of the bodies that are or were called so, or whose name holds these words."""
        ...

    def name_of(self, identity: str, user: Any) -> str:
        """The present name; empty when there is no such body that this person may know."""
        ...

    def meant_by(self, name: str, user: Any) -> Sequence[Body]:
        """The bodies this person may know that are or were called exactly so."""
        ...


_MOST_CALLED_SO = 30
_organisations: list[Organisations] = []


def register_organisations(organisations: Organisations) -> None:
    """Offer bodies; each registry has ids of a form of its own. Again after a reload."""
    others = [one for one in _organisations if type(one) is not type(organisations)]
    _organisations[:] = [*others, organisations]


def exactly_or_nearly(ids: QuerySet[Any], exactly: Q, nearly: Q) -> list[Any]:
    """Return the ids of who bears a name; only where nobody does, whose name holds the words.

    "Netzwerk" need not mean all networks, and who types no more than "Stadt" means none
    of all towns in particular.
    """
    return list(ids.filter(exactly) or ids.filter(nearly)[:_MOST_CALLED_SO])


def organisations_called(name: str) -> set[str]:
    return set().union(*(one.called(name) for one in _organisations))


def bodies_meant_by(name: str, user: Any) -> list[Body]:
    return [body for one in _organisations for body in one.meant_by(name, user)] if name else []


def name_of_organisation(identity: str, user: Any) -> str:
    names = (one.name_of(identity, user) for one in _organisations)
    return next((name for name in names if name), "")


_wholes: dict[str, type[Model]] = {}


def whole_id(kind: str, pk: object) -> str:
    """Return the id of a whole as entries and addresses carry it, e.g. ``network:5``."""
    return f"{kind}:{pk}"


def register_whole(kind: str, model: type[Model]) -> None:
    """Offer what papers are a part of: ``model`` holds the wholes whose ids begin with ``kind``."""
    _wholes[kind] = model


def name_of_whole(identity: str, user: Any) -> str:
    """Its name; empty when there is none that this person may see."""
    kind, _, pk = identity.partition(":")
    model = _wholes.get(kind)
    if model is None or not pk.isdecimal():
        return ""
    wholes = kernel.visible(user, model._default_manager.filter(pk=pk))
    return next((str(one) for one in wholes), "")


def visible_keys(user: Any, keys: Iterable[str]) -> set[str]:
    """Which of these the person may see now: one query for all kinds, however many."""
    by_prefix: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        by_prefix[key.partition(":")[0]].append(key)
    visible: set[str] = set()
    rows = []
    for prefix, group in by_prefix.items():
        source = _sources.get(prefix)
        if isinstance(source, ModelSource):
            rows.append(source.visible(user, group))
        elif source:
            visible |= source.visible_keys(user, group)
    return visible | _read_keys(rows) if rows else visible


def source_of(key: str) -> Source | None:
    """Return the source that a key belongs to; None for a kind that is gone."""
    return _sources.get(key.partition(":")[0])
