"""How things stand, read under the locks that every act takes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from wagtail.models import Page, Revision

from cms.core import kernel
from workflow import digests, people
from workflow.errors import JourneyRefused
from workflow.governed import GovernedPage
from workflow.models import Decision, Journey, Stage
from workflow.people import Seat
from workflow.rules.definition import StageDefinition
from workflow.rules.refusals import Refusal, Situation, refusal_to_take_part
from workflow.rules.states import (
    Exclusion,
    JourneyStatus,
    ParticipantKind,
    StageKind,
    StageStatus,
)


@dataclass(frozen=True)
class Standing:
    """A journey, its paper and the paper's present text."""

    journey: Journey
    subject: Any
    revision: Any
    digest: str
    # As they were when they were locked.
    stages: Mapping[int, Stage] = field(default_factory=dict)

    @cached_property
    def text(self) -> Any:
        """The text that is decided on: of a page that of its latest revision."""
        return self.revision.as_object() if self.revision is not None else self.subject

    @cached_property
    def stages_with_answers(self) -> Sequence[Stage]:
        """The stages with all their answers. Ask when the last one has been given."""
        stages = Stage.objects.filter(journey=self.journey)
        return list(stages.prefetch_related("decisions"))

    @cached_property
    def authors(self) -> frozenset[int]:
        return people.authors_of(self.subject, self.journey)

    @cached_property
    def editors(self) -> frozenset[int]:
        return people.editors_of(self.subject, self.journey)


def lock_subject(subject: models.Model) -> None:
    """Take the first of the three locks; every act on a paper waits here for its turn."""
    model = Page if isinstance(subject, GovernedPage) else type(subject)
    model._base_manager.select_for_update().get(pk=subject.pk)


def stand(journey: Journey) -> Standing:
    """Lock paper, journey and stages, and read how they stand now."""
    model = ContentType.objects.get_for_id(journey.content_type_id).model_class()
    if model is None:
        raise JourneyRefused(Refusal.NOT_RUNNING)
    subject = model(pk=journey.subject_id)
    try:
        lock_subject(subject)
    except ObjectDoesNotExist:
        raise JourneyRefused(Refusal.NOT_RUNNING) from None
    locked = Journey.objects.select_for_update().get(pk=journey.pk)
    stages = {stage.pk: stage for stage in Stage.objects.select_for_update().filter(journey=locked)}
    subject, revision = present_text(subject)
    return Standing(locked, subject, revision, digests.digest_of(subject, revision), stages)


def present_text(subject: Any) -> tuple[Any, Any]:
    """Return the paper and its latest revision (None for models without), fresh."""
    subject = type(subject)._default_manager.get(pk=subject.pk)
    if not isinstance(subject, GovernedPage):
        return subject, None
    revision = Revision.objects.filter(pk=subject.latest_revision_id).first()
    if revision is not None:
        # Reading the text starts from the page we have, and happens once: Wagtail would
        # fetch the page and read all of it again for publishing and for each line of its log.
        revision.content_object = subject
        revision.as_object = cache(revision.as_object)
    return subject, revision


@dataclass(frozen=True)
class Common:
    """What all seats of a stage have in common; read once, however many somebody has."""

    standing: Standing
    stage: Stage

    @cached_property
    def rule(self) -> StageDefinition:
        return self.stage.definition

    @cached_property
    def exclude(self) -> frozenset[Exclusion]:
        return frozenset(Exclusion(word) for word in self.rule.exclude)

    @cached_property
    def decided_earlier(self) -> frozenset[int]:
        if Exclusion.EARLIER not in self.exclude:
            return frozenset()
        earlier = Decision.objects.filter(
            stage__journey=self.stage.journey_id, stage__order__lt=self.stage.order, lapsed_at=None
        )
        pairs = earlier.values_list("decided_by", "acting_for")
        return frozenset(pk for pair in pairs for pk in pair if pk is not None)

    @cached_property
    def colleagues_of_authors(self) -> frozenset[int]:
        if Exclusion.SAME_ORGANISATION not in self.exclude:
            return frozenset()
        return people.colleagues_of(self.standing.authors)

    @cached_property
    def _answers(self) -> list[tuple[int, int | None]]:
        holding = Decision.objects.filter(stage=self.stage, lapsed_at=None)
        return list(holding.values_list("participant", "decided_by"))

    def has_decided(self, by: Any, seat: Seat) -> bool:
        """One person answers once, whatever number of hats they wear; a taken seat is taken.

        For each of several parties the same person may answer: the parties are two.
        """
        is_party = seat.participant.kind == ParticipantKind.PARTY
        return any(
            participant == seat.participant.pk or (not is_party and person == by.pk)
            for participant, person in self._answers
        )


def situation_of(
    standing: Standing,
    stage: Stage,
    *,
    by: Any,
    seat: Seat | None,
    seen_digest: str = "",
    common: Common | None = None,
) -> Situation:
    """Return the stage as this person finds it on this seat (None: they have none)."""
    common = common or Common(standing, stage)
    return Situation(
        journey=JourneyStatus(standing.journey.status),
        stage=StageStatus(stage.status),
        kind=StageKind(stage.kind),
        person=by.pk,
        takes_part=by.is_active and seat is not None,
        principal=seat.principal.pk if seat and seat.principal else None,
        may_sign=seat.may_sign if seat else True,
        authors=standing.authors,
        editors=standing.editors,
        submitter=standing.journey.started_by_id,
        decided_earlier=common.decided_earlier,
        colleagues_of_authors=common.colleagues_of_authors,
        exclude=common.exclude,
        answers=frozenset(common.rule.answers),
        return_targets=frozenset(common.rule.may_return_to),
        has_decided=seat is not None and common.has_decided(by, seat),
        current_digest=standing.digest,
        seen_digest=seen_digest,
    )


def take_seat(
    standing: Standing,
    stage: Stage,
    *,
    by: Any,
    participant: int | None = None,
    seen_digest: str = "",
) -> tuple[Seat | None, Situation]:
    """Return the seat from which this person can answer, and how they find the stage.

    `participant` chooses one where somebody answers for several. Where none can
    be taken, the situation of the first tells why.
    """
    seats: list[Seat | None] = [
        seat
        for seat in people.seats_of(by, stage)
        if participant is None or seat.participant.pk == participant
    ]
    common = Common(standing, stage)
    find = partial(situation_of, standing, stage, by=by, seen_digest=seen_digest, common=common)
    found = [(seat, find(seat=seat)) for seat in seats or [None]]
    free = (one for one in found if refusal_to_take_part(one[1]) is None)
    return next(free, found[0])


def seat_to_act(
    standing: Standing,
    stage: Stage,
    rule: Callable[[Situation], Refusal | None],
    *,
    by: Any,
    participant: int | None = None,
    seen_digest: str = "",
) -> Seat:
    """Return the seat from which this person may do what `rule` allows, or raise JourneyRefused."""
    seat, situation = take_seat(
        standing, stage, by=by, participant=participant, seen_digest=seen_digest
    )
    if refusal := rule(situation):
        raise JourneyRefused(refusal)
    if seat is None:
        raise JourneyRefused(Refusal.NOT_PARTICIPANT)
    return seat


def free_seats(standing: Standing, stage: Stage, by: Any) -> list[Seat]:
    """Return every seat from which this person can answer now."""
    common = Common(standing, stage)
    found = []
    for seat in people.seats_of(by, stage):
        situation = situation_of(standing, stage, by=by, seat=seat, common=common)
        if refusal_to_take_part(situation) is None:
            found.append(seat)
    return found


def reference_to_text(standing: Standing) -> dict[str, Any]:
    """Return what the trail says about the text: which revision, which content."""
    revision = standing.revision
    return {
        "journey": standing.journey.pk,
        "revision": revision.pk if revision else None,
        "digest": standing.digest,
    }


def may_submit(subject: Any, by: Any) -> bool:
    """Return whether this person may send the paper on its way and work on its points."""
    if by is None or not by.is_active:
        return False
    if isinstance(subject, GovernedPage):
        return bool(subject.permissions_for_user(by).can_edit())
    return kernel.check(by, kernel.Verb.SUBMIT, subject)
