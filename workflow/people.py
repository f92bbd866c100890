"""Who is meant: participants resolved to persons when the question is asked."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Revision

from workflow import subjects
from workflow.governed import GovernedPage
from workflow.models import Deputyship, Journey, Participant, Stage
from workflow.rules.states import SIGNED, ParticipantKind

REPRESENTED = (ParticipantKind.PARTY, ParticipantKind.ROLE)


@dataclass(frozen=True, slots=True)
class Seat:
    """A participant for whom somebody may answer, and by what right.

    `principal` is the person in whose place a deputy sits; `as_head` says that
    the head answers because the stage was escalated.
    """

    participant: Participant
    principal: Any = None
    may_sign: bool = True
    as_head: bool = False


@dataclass(frozen=True, slots=True)
class Hats:
    """Everything one person is, as participants' keys by kind."""

    keys: dict[ParticipantKind, frozenset[str]] = field(default_factory=dict)

    def wears(self, participant: Participant) -> bool:
        return participant.key in self.keys.get(ParticipantKind(participant.kind), frozenset())

    def condition(self) -> Q:
        """Return the condition for participants for whom this person may answer."""
        found = Q(pk__in=())
        for kind, keys in self.keys.items():
            if keys:
                found |= Q(kind=kind.value, key__in=sorted(keys))
        return found


def hats_of(user: Any) -> Hats:
    groups = user.groups.values_list("name", flat=True)
    keys = {
        ParticipantKind.GROUP: frozenset(groups),
        ParticipantKind.PERSON: frozenset({str(user.pk)}),
    }
    for kind in REPRESENTED:
        keys[kind] = frozenset(subjects.keys_held_by(user, kind))
    return Hats(keys)


def deputyships_of(user: Any, on: date | None = None) -> list[Deputyship]:
    """Return for whom this person stands in on a day, with the person represented."""
    held = Deputyship.objects.on(on or timezone.localdate()).filter(deputy=user)
    return list(held.filter(principal__is_active=True).select_related("principal"))


def seats_condition(user: Any) -> Q:
    """Return the condition for participants for whom this person may answer, deputyships included.

    Depth one: a principal's own hats count, not the deputyships they hold.
    """
    found = hats_of(user).condition()
    for deputyship in deputyships_of(user):
        found |= hats_of(deputyship.principal).condition() & scope_of(deputyship)
    return found & Q(gone_at=None)


def seats_of(user: Any, stage: Stage) -> list[Seat]:
    """Return the seats this person may take in a stage: first their own, then as a deputy."""
    present = stage.participants.filter(gone_at=None)
    own = list(present.filter(hats_of(user).condition()))
    seats = [Seat(participant) for participant in own if not participant.is_head]
    for deputyship in deputyships_of(user):
        condition = hats_of(deputyship.principal).condition() & scope_of(deputyship, stage)
        seats += [
            Seat(participant, deputyship.principal, deputyship.may_sign)
            for participant in present.filter(condition, is_head=False)
        ]
    if any(participant.is_head for participant in own):
        seats += [Seat(one, as_head=True) for one in present.filter(is_head=False)]
    return seats


def people_behind(participants: Iterable[Participant]) -> dict[int, set[int]]:
    """Return the ids of the active users behind each participant, in few queries.

    Guests have no account; nobody stands behind them here.
    """
    by_kind: dict[ParticipantKind, dict[str, list[int]]] = {}
    found: dict[int, set[int]] = {}
    for one in participants:
        found[one.pk] = set()
        by_kind.setdefault(ParticipantKind(one.kind), {}).setdefault(one.key, []).append(one.pk)
    for kind, rows in by_kind.items():
        for key, people in people_by_key(kind, rows).items():
            for row in rows.get(key, ()):
                found[row] |= people
    return found


def people_by_key(kind: ParticipantKind, keys: Collection[str]) -> dict[str, set[int]]:
    """Return the ids of the active users who may answer, for each key of one kind."""
    users = get_user_model()._default_manager.filter(is_active=True)
    found: dict[str, set[int]] = {}
    match kind:
        case ParticipantKind.GROUP:
            rows = users.filter(groups__name__in=list(keys)).values_list("groups__name", "pk")
            for name, pk in rows:
                found.setdefault(name, set()).add(pk)
        case ParticipantKind.PERSON:
            numbers = [key for key in keys if key.isdigit()]
            found = {
                str(pk): {pk} for pk in users.filter(pk__in=numbers).values_list("pk", flat=True)
            }
        case ParticipantKind.PARTY | ParticipantKind.ROLE:
            behind = subjects.people_behind(kind, keys)
            everybody = {pk for people in behind.values() for pk in people}
            active = set(users.filter(pk__in=everybody).values_list("pk", flat=True))
            found = {key: people & active for key, people in behind.items()}
    return found


def authors_of(subject: Any, journey: Journey | None = None) -> frozenset[int]:
    """Return who made the paper: its owner, who submitted it, whom its chapter names."""
    found = set(_registered_authors(subject))
    if isinstance(subject, GovernedPage) and subject.owner_id:
        found.add(subject.owner_id)
    if journey is not None and journey.started_by_id:
        found.add(journey.started_by_id)
    return frozenset(found)


def editors_of(subject: Any, journey: Journey | None = None) -> frozenset[int]:
    """Return everybody who changed the text since it was last published."""
    found = set(journey.editor_ids) if journey is not None else set()
    if isinstance(subject, GovernedPage):
        revisions = Revision.objects.for_instance(subject).exclude(user=None)
        if subject.live_revision_id:
            revisions = revisions.filter(pk__gt=subject.live_revision_id)
        found.update(revisions.values_list("user", flat=True))
    return frozenset(found)


def colleagues_of(people: Collection[int]) -> frozenset[int]:
    """Return everybody who answers for a party for which one of these people answers."""
    users = get_user_model()._default_manager.filter(pk__in=people)
    keys = {key for user in users for key in subjects.keys_held_by(user, ParticipantKind.PARTY)}
    behind = subjects.people_behind(ParticipantKind.PARTY, keys) if keys else {}
    return frozenset(pk for colleagues in behind.values() for pk in colleagues)


def name_of(user: Any) -> str:
    """Return a person's name as others should read it."""
    return (user.get_full_name() or str(user)) if user is not None else ""


def scope_of(deputyship: Deputyship, stage: Stage | None = None) -> Q:
    """Return for which participants a deputyship holds; may_sign is asked when answering."""
    condition = Q()
    if deputyship.paper_kind:
        condition &= Q(stage__journey__kind=deputyship.paper_kind)
    if deputyship.party:
        condition &= Q(kind=ParticipantKind.PARTY.value, key=deputyship.party)
    if stage is None and not deputyship.may_sign:
        condition &= ~Q(stage__kind__in=[kind.value for kind in SIGNED])
    return condition


def _registered_authors(subject: Any) -> Iterable[int]:
    authors = subjects.registration_of(subject).authors
    return authors(subject) if authors else ()
