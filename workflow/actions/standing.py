"""How things stand, read under the locks that every act takes."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from wagtail.models import Page, Revision

from workflow import digests, people
from workflow.errors import JourneyRefused
from workflow.governed import GovernedPage
from workflow.models import Decision, Journey, Stage
from workflow.rules.refusals import Refusal, Situation
from workflow.rules.states import Answer, Exclusion, JourneyStatus, StageKind, StageStatus


@dataclass(frozen=True, slots=True)
class Standing:
    """A journey, its paper and the paper's present text."""

    journey: Journey
    subject: Any
    revision: Any
    digest: str


def lock_subject(subject: models.Model) -> None:
    """Take the first of the three locks; every act on a paper waits here for its turn."""
    model = Page if isinstance(subject, GovernedPage) else type(subject)
    model._base_manager.select_for_update().get(pk=subject.pk)


def stand(journey: Journey) -> Standing:
    """Lock paper, journey and stages, and read how they stand now."""
    subject = journey.subject
    if subject is None:
        raise JourneyRefused(Refusal.NOT_RUNNING)
    lock_subject(subject)
    locked = Journey.objects.select_for_update().get(pk=journey.pk)
    list(Stage.objects.select_for_update().filter(journey=locked))
    subject, revision = present_text(subject)
    return Standing(locked, subject, revision, digests.digest_of(subject, revision))


def present_text(subject: Any) -> tuple[Any, Any]:
    """Return the paper and its latest revision (None for models without), fresh."""
    subject = type(subject)._default_manager.get(pk=subject.pk)
    if not isinstance(subject, GovernedPage):
        return subject, None
    return subject, Revision.objects.filter(pk=subject.latest_revision_id).first()


def situation_of(standing: Standing, stage: Stage, *, by: Any, seen_digest: str = "") -> Situation:
    """Return the stage as this person finds it."""
    rule = stage.rule
    return Situation(
        journey=JourneyStatus(standing.journey.status),
        stage=StageStatus(stage.status),
        kind=StageKind(stage.kind),
        person=by.pk,
        takes_part=by.is_active and bool(people.seats_of(by, stage)),
        authors=people.authors_of(standing.subject, standing.journey),
        editors=people.editors_of(standing.subject, standing.journey),
        exclude=frozenset(Exclusion(word) for word in rule["exclude"]),
        answers=frozenset(rule["answers"]),
        may_return=bool(rule["may_return_to"]),
        has_decided=_has_decided(stage, by),
        current_digest=standing.digest,
        seen_digest=seen_digest,
    )


def answers_in(stage: Stage) -> dict[str, Answer]:
    """Return the answers that hold, by the name of the participant."""
    standing = Decision.objects.filter(stage=stage, lapsed_at=None).select_related("participant")
    return {decision.participant.name: Answer(decision.answer) for decision in standing}


def free_seats(stage: Stage, by: Any) -> list[Any]:
    """Return the participants for whom this person may still answer."""
    taken = set(
        Decision.objects.filter(stage=stage, lapsed_at=None).values_list("participant", flat=True)
    )
    return [seat for seat in people.seats_of(by, stage) if seat.pk not in taken]


def _has_decided(stage: Stage, by: Any) -> bool:
    """One person answers once, whatever number of hats they wear; a taken seat is taken."""
    holding = Decision.objects.filter(stage=stage, lapsed_at=None)
    if holding.filter(decided_by=by).exists():
        return True
    return bool(people.seats_of(by, stage)) and not free_seats(stage, by)


def reference_to_text(standing: Standing) -> dict[str, Any]:
    """Return what the trail says about the text: which revision, which content."""
    revision = standing.revision
    return {
        "journey": standing.journey.pk,
        "revision": revision.pk if revision else None,
        "digest": standing.digest,
    }
