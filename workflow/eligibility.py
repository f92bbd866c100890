"""Who may answer now, as conditions on rows: the desk and Wagtail's lists ask here.

The same rules as `rules.refusals.refusal_to_take_part`, in a form that the
database applies to thousands of open stages at once. A test holds both to the
same answer for every kind of person and exclusion.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    BooleanField,
    Case,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce
from wagtail.models import Page, Revision

from workflow import people, subjects
from workflow.models import Decision, Journey, Participant, Stage
from workflow.rules.states import Exclusion, JourneyStatus, ParticipantKind, StageStatus

# How a seat is held, beside the places in the list of deputyships (0, 1, …).
OWN, AS_HEAD = -1, -2


@dataclass(frozen=True, slots=True)
class Rights:
    """What one person may answer for: their own hats, and those they stand in for."""

    own: Q
    deputyships: tuple[Any, ...]
    in_place_of: tuple[Q, ...]
    barred: Q
    principals_barred: tuple[Q, ...]


def rights_of(user: Any) -> Rights:
    """Gather a person's rights; costs some queries for them and for each they stand in for."""
    hats = people.hats_of(user)
    deputyships = tuple(people.deputyships_of(user))
    borrowed = [people.hats_of(one.principal) for one in deputyships]
    return Rights(
        own=hats.condition(),
        deputyships=deputyships,
        in_place_of=tuple(
            theirs.condition() & people.scope_of(one)
            for one, theirs in zip(deputyships, borrowed, strict=True)
        ),
        barred=_barred(user, hats),
        principals_barred=tuple(
            _barred(one.principal, theirs)
            for one, theirs in zip(deputyships, borrowed, strict=True)
        ),
    )


def free_seats(user: Any, rights: Rights | None = None) -> QuerySet[Participant]:
    """Return the seats from which this person can answer now.

    Each row carries `held`: OWN, AS_HEAD, or the place of the deputyship.
    """
    if not getattr(user, "is_active", False):
        return Participant.objects.none()
    rights = rights or rights_of(user)
    standing = Decision.objects.filter(lapsed_at=None)
    seats = Participant.objects.filter(
        gone_at=None,
        is_head=False,
        stage__status=StageStatus.OPEN.value,
        stage__journey__status=JourneyStatus.RUNNING.value,
    )
    # One person answers once, whatever number of hats they wear; parties are apart.
    once = Q(kind=ParticipantKind.PARTY.value) | ~Exists(
        standing.filter(stage=OuterRef("stage"), decided_by=user)
    )
    words = KeyTextTransform("exclude", "stage__rule")
    principals = {
        f"principal_{place}_barred": _truth(barred)
        for place, barred in enumerate(rights.principals_barred)
    }
    return (
        seats.annotate(
            excludes=Coalesce(words, Value(""), output_field=TextField()),
            editors=Cast("stage__journey__editor_ids", TextField()),
        )
        .annotate(is_barred=_truth(rights.barred), **principals)
        .annotate(held=_held(rights))
        .filter(
            once,
            ~Exists(standing.filter(participant=OuterRef("pk"))),
            is_barred=False,
            held__isnull=False,
        )
    )


def open_to(user: Any, rights: Rights | None = None) -> QuerySet[Stage]:
    """Return the stages in which this person can answer now."""
    return Stage.objects.filter(pk__in=free_seats(user, rights).values("stage"))


def _held(rights: Rights) -> Case:
    """Return how a seat is held: by the first right that holds, as in `people.seats_of`."""
    heads = Participant.objects.filter(rights.own, is_head=True, gone_at=None)
    in_place_of = (
        When(condition & Q(**{f"principal_{place}_barred": False}), then=Value(place))
        for place, condition in enumerate(rights.in_place_of)
    )
    return Case(
        When(rights.own, then=Value(OWN)),
        *in_place_of,
        When(Exists(heads.filter(stage=OuterRef("stage"))), then=Value(AS_HEAD)),
        output_field=IntegerField(),
    )


def _truth(condition: Q) -> Case:
    """Return a condition as true or false, never as unknown."""
    return Case(
        When(condition, then=Value(True)), default=Value(False), output_field=BooleanField()
    )


def _barred(user: Any, hats: people.Hats) -> Q:
    """Return the condition under which an exclusion of the stage meets a person."""
    parties = hats.keys.get(ParticipantKind.PARTY, frozenset())
    behind = subjects.people_behind(ParticipantKind.PARTY, parties) if parties else {}
    colleagues = {pk for group in behind.values() for pk in group}
    met_by = {
        Exclusion.AUTHOR: _written_by({user.pk}),
        Exclusion.EDITORS: _edited_by(user.pk),
        Exclusion.SUBMITTER: Q(stage__journey__started_by=user.pk),
        Exclusion.EARLIER: _decided_earlier(user.pk),
        Exclusion.SAME_ORGANISATION: _written_by(colleagues),
    }
    found = Q(pk__in=())
    for exclusion, condition in met_by.items():
        found |= Q(excludes__contains=f'"{exclusion.value}"') & condition
    return found


def _written_by(persons: Collection[int]) -> Q:
    """As `people.authors_of`: owner, who submitted, whom the chapter names."""
    owned = Page.objects.filter(owner__in=persons)
    found = Q(stage__journey__started_by__in=persons) | _about(
        owned.values("content_type"), owned.values(key=Cast("pk", TextField()))
    )
    for model, authors in subjects.naming_authors().items():
        content_type = ContentType.objects.get_for_model(model)
        keys = Journey.objects.under_way().filter(content_type=content_type)
        papers = model._default_manager.in_bulk(list(keys.values_list("subject_id", flat=True)))
        theirs = [
            str(pk) for pk, paper in papers.items() if not set(persons).isdisjoint(authors(paper))
        ]
        found |= _about([content_type.pk], theirs)
    return found


def _edited_by(person: int) -> Q:
    """As `people.editors_of`: noted at submission, or since then in a revision not yet live."""
    live = Page.objects.filter(
        pk=Cast(OuterRef("object_id"), IntegerField()), live_revision_id__gte=OuterRef("pk")
    )
    revisions = Revision.objects.filter(
        ~Exists(live),
        user=person,
        base_content_type__app_label=Page._meta.app_label,
        base_content_type__model=Page._meta.model_name,
    )
    # The list stands as text, "[3, 12, 40]": the number between what is no digit.
    return Q(editors__regex=rf"[^0-9]{person}[^0-9]") | _about(
        revisions.values("content_type"), revisions.values("object_id")
    )


def _decided_earlier(person: int) -> Q:
    return Q(
        Exists(
            Decision.objects.filter(
                Q(decided_by=person) | Q(acting_for=person),
                lapsed_at=None,
                stage__journey=OuterRef("stage__journey"),
                stage__order__lt=OuterRef("stage__order"),
            )
        )
    )


def _about(content_types: Any, keys: Any) -> Q:
    """Return the condition that a journey's paper is among these.

    For pages the two lists may be asked apart: a page's number is that of one page only.
    """
    return Q(stage__journey__content_type__in=content_types) & Q(
        stage__journey__subject_id__in=keys
    )
