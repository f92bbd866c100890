"""Who can answer in open stages: the other way round than the desk, for letters and reports.

The desk asks "which stages has this person?", this module "which persons has this
stage?", for many stages in a constant number of queries. A test holds both to the
same answer.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.models import Page, Revision

from workflow import people, subjects
from workflow.models import Decision, Deputyship, Journey, Participant, Stage
from workflow.rules.states import SIGNED, Exclusion, ParticipantKind

# A paper: its content type, and its number as text.
Key = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Call:
    """A person who can answer in a stage: for themselves, in another's place, or as the head."""

    person: int
    # For which participant, as the stage names them.
    label: str = ""
    principal: int | None = None
    principal_name: str = ""
    as_head: bool = False


class Calls:
    """Everything about some open stages that tells who can answer in them."""

    def __init__(self, stages: Iterable[Stage]) -> None:
        self.stages = {stage.pk: stage for stage in stages}
        seats = Participant.objects.filter(stage__in=self.stages, gone_at=None)
        self.seats: dict[int, list[Participant]] = defaultdict(list)
        for seat in seats:
            self.seats[seat.stage_id].append(seat)
        self.behind = people.people_behind(one for rows in self.seats.values() for one in rows)
        self.deputies = self._deputyships()
        self.taken: set[int] = set()
        self.answered: dict[int, set[int]] = defaultdict(set)
        holding = Decision.objects.filter(stage__in=self.stages, lapsed_at=None)
        for stage, taken, person in holding.values_list("stage", "participant", "decided_by"):
            self.taken.add(taken)
            self.answered[stage].add(person)
        self.barred = Barred(self.stages.values())

    def in_stage(self, stage: Stage) -> list[Call]:
        """Return who can answer, each person once: for themselves before in another's place."""
        found: dict[int, Call] = {}
        barred = self.barred.in_stage(stage)
        for call, seat in self._candidates(stage):
            has_answered = call.person in self.answered[stage.pk]
            if has_answered and seat.kind != ParticipantKind.PARTY:
                continue
            if call.person not in barred and call.principal not in barred:
                found.setdefault(call.person, call)
        return sorted(found.values(), key=lambda call: call.person)

    def _candidates(self, stage: Stage) -> Iterator[tuple[Call, Participant]]:
        seats = self.seats[stage.pk]
        free = [seat for seat in seats if not seat.is_head and seat.pk not in self.taken]
        for seat in free:
            yield from ((Call(person, seat.label), seat) for person in self.behind[seat.pk])
        for seat in free:
            for principal in self.behind[seat.pk]:
                for deputyship in self.deputies[principal]:
                    if _covers(deputyship, stage, seat):
                        name = people.name_of(deputyship.principal)
                        yield Call(deputyship.deputy_id, seat.label, principal, name), seat
        for head in seats:
            if head.is_head:
                for person in self.behind[head.pk]:
                    yield from ((Call(person, head.label, as_head=True), seat) for seat in free)

    def _deputyships(self) -> dict[int, list[Deputyship]]:
        principals = {pk for behind in self.behind.values() for pk in behind}
        found: dict[int, list[Deputyship]] = defaultdict(list)
        today = Deputyship.objects.on(timezone.localdate())
        held = today.filter(principal__in=principals, deputy__is_active=True)
        for one in held.select_related("principal"):
            found[one.principal_id].append(one)
        return found


class Barred:
    """Whom the exclusions of some stages meet, as `rules.refusals.refusal_of_person` has it."""

    def __init__(self, stages: Collection[Stage]) -> None:
        self.pages = _pages_of(stages)
        self.edited = _editors_of(self.pages)
        self.named = _named_authors(stages)
        self.earlier = _earlier_answers(stages)
        self._colleagues: dict[frozenset[int], frozenset[int]] = {}

    def in_stage(self, stage: Stage) -> set[int]:
        exclude = stage.definition.exclude
        journey = stage.journey
        found: set[int] = set()
        if Exclusion.AUTHOR in exclude:
            found |= self._authors(journey)
        if Exclusion.EDITORS in exclude:
            found |= {*journey.editor_ids, *self.edited.get(_key(journey), ())}
        if Exclusion.SUBMITTER in exclude and journey.started_by_id:
            found.add(journey.started_by_id)
        if Exclusion.EARLIER in exclude:
            earlier = self.earlier[journey.pk]
            found |= {person for order, person in earlier if order < stage.order}
        if Exclusion.SAME_ORGANISATION in exclude:
            found |= self._colleagues_of(frozenset(self._authors(journey)))
        return found

    def _authors(self, journey: Any) -> set[int]:
        owner, _ = self.pages.get(_key(journey), (None, None))
        found = {owner, journey.started_by_id} - {None}
        return found | self.named.get(_key(journey), set())

    def _colleagues_of(self, authors: frozenset[int]) -> frozenset[int]:
        """One question for each group of authors; few papers come from the same hands."""
        if authors not in self._colleagues:
            self._colleagues[authors] = people.colleagues_of(authors)
        return self._colleagues[authors]


def called_to(stages: Iterable[Stage]) -> dict[int, list[Call]]:
    """Return for each of the stages who can answer in it now."""
    chosen = list(stages)
    calls = Calls(chosen)
    return {stage.pk: calls.in_stage(stage) for stage in chosen}


def who_is_waited_for(stage: Stage) -> list[Any]:
    """Return the persons who can answer in a stage now, deputies included."""
    persons = [call.person for call in called_to([stage])[stage.pk]]
    return list(get_user_model()._default_manager.filter(pk__in=persons).order_by("pk"))


def _key(journey: Journey) -> Key:
    return (journey.content_type_id, journey.subject_id)


def _covers(deputyship: Deputyship, stage: Stage, seat: Participant) -> bool:
    """As `people.scope_of`, for rows that have been read already."""
    if deputyship.paper_kind not in ("", stage.journey.kind):
        return False
    if deputyship.party and (seat.kind, seat.key) != (ParticipantKind.PARTY, deputyship.party):
        return False
    return deputyship.may_sign or stage.kind not in SIGNED


def _pages_of(stages: Iterable[Stage]) -> dict[Key, tuple[int | None, int | None]]:
    """Return owner and live revision of the pages that are on their way here."""
    keys = {(stage.journey.content_type_id, stage.journey.subject_id) for stage in stages}
    pages = Page.objects.filter(pk__in=[key for _, key in keys if key.isdigit()])
    rows = pages.values_list("content_type", "pk", "owner", "live_revision")
    found = {(content_type, str(pk)): (owner, live) for content_type, pk, owner, live in rows}
    return {key: page for key, page in found.items() if key in keys}


def _editors_of(pages: dict[Key, tuple[int | None, int | None]]) -> dict[Key, set[int]]:
    """Return who has written revisions since each page was last published."""
    revisions = Revision.objects.exclude(user=None).filter(
        object_id__in=[key for _, key in pages],
        base_content_type__app_label=Page._meta.app_label,
        base_content_type__model=Page._meta.model_name,
    )
    found: dict[Key, set[int]] = defaultdict(set)
    for pk, content_type, key, user in revisions.values_list(
        "pk", "content_type", "object_id", "user"
    ):
        _, live = pages.get((content_type, key), (None, None))
        if live is None or pk > live:
            found[content_type, key].add(user)
    return found


def _named_authors(stages: Iterable[Stage]) -> dict[Key, set[int]]:
    found: dict[Key, set[int]] = {}
    registered = subjects.naming_authors()
    for stage in stages:
        journey = stage.journey
        model = journey.content_type.model_class() if registered else None
        if model in registered and journey.subject is not None:
            found[_key(journey)] = set(registered[model](journey.subject))
    return found


def _earlier_answers(stages: Iterable[Stage]) -> dict[int, list[tuple[int, int]]]:
    """Return by journey (order of the stage, person) of the answers that hold."""
    asking = {stage.journey_id for stage in stages if Exclusion.EARLIER in stage.definition.exclude}
    holding = Decision.objects.filter(stage__journey__in=asking, lapsed_at=None)
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    rows = holding.values_list("stage__journey", "stage__order", "decided_by", "acting_for")
    for journey, order, *persons in rows:
        found[journey] += [(order, person) for person in persons if person is not None]
    return found
