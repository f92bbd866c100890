"""What the page of a journey shows: read only, in few queries."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from wagtail.models import Revision

from cms.core import refusals, trail
from workflow import differences, digests, people
from workflow.actions import standing as standings
from workflow.actions.submission import refusal_to_send
from workflow.models import Decision, Journey, Return, Stage
from workflow.rules.refusals import (
    Refusal,
    refusal_to_take_part,
    refusal_to_withdraw,
)
from workflow.rules.states import Answer, JourneyStatus, StageKind, StageStatus
from workflow.wording import ACTIONS, AGREEING, ANSWERS, STAGE_STATUS


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The present text against an older one, and which one that is."""

    fields: list[differences.FieldDifference]
    against_own_decision: Decision | None = None
    against_own_return: Return | None = None
    against_published: bool = False

    @property
    def text(self) -> list[differences.FieldDifference]:
        return [field for field in self.fields if not field.is_filing]

    @property
    def filing(self) -> list[differences.FieldDifference]:
        return [field for field in self.fields if field.is_filing]

    @property
    def has_changes(self) -> bool:
        return any(field.has_changed for field in self.fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """What this person can do in the open stage, and if nothing, why not."""

    stage: Stage | None
    answers: list[tuple[str, str]]
    may_return: bool
    reason: str


def standing_of(journey: Journey) -> standings.Standing | None:
    """Return how things stand, without locks; None when the paper is gone."""
    if journey.subject is None:
        return None
    subject, revision = standings.present_text(journey.subject)
    return standings.Standing(journey, subject, revision, digests.digest_of(subject, revision))


def comparison_for(user: Any, standing: standings.Standing) -> Comparison:
    """Compare with what this person answered to last, else with what is published."""
    if standing.revision is None:
        return Comparison(fields=differences.between(None, standing.subject))
    present = standing.revision.as_object()
    decision = _last_decision_on_another_text(user, standing)
    returned = _last_return_of_another_text(user, standing)
    came_last = decision is None or (returned and decision.decided_at < returned.returned_at)
    if came_last and returned is not None and returned.revision is not None:
        before = returned.revision.as_object()
        return Comparison(fields=differences.between(before, present), against_own_return=returned)
    if decision is not None and decision.revision is not None:
        before = decision.revision.as_object()
        return Comparison(
            fields=differences.between(before, present), against_own_decision=decision
        )
    live = Revision.objects.filter(pk=standing.subject.live_revision_id).first()
    if live is not None and live.pk != standing.revision.pk:
        before = live.as_object()
        return Comparison(fields=differences.between(before, present), against_published=True)
    return Comparison(fields=differences.between(None, present))


def say_of(user: Any, standing: standings.Standing) -> Say:
    stage = standing.journey.open_stage
    if stage is None or standing.journey.status != JourneyStatus.RUNNING:
        return Say(stage=None, answers=[], may_return=False, reason="")
    _, situation = standings.take_seat(standing, stage, by=user)
    if refusal := refusal_to_take_part(situation):
        # To those who only look on, nothing need be explained.
        reason = "" if refusal is Refusal.NOT_PARTICIPANT else refusals.sentence(refusal)
        return Say(stage=stage, answers=[], may_return=False, reason=reason)
    answers = [(word.value, _button(word, stage)) for word in ANSWERS if word in situation.answers]
    return Say(stage=stage, answers=answers, may_return=bool(situation.return_targets), reason="")


def _button(word: Answer, stage: Stage) -> str:
    """Return what an answer is called in this kind of stage."""
    narrower = AGREEING.get(StageKind(stage.kind)) if word is Answer.AGREED else None
    return str(narrower or ANSWERS[word])


def may_withdraw(user: Any, standing: standings.Standing) -> bool:
    refusal = refusal_to_withdraw(
        status=JourneyStatus(standing.journey.status),
        person=user.pk,
        authors=people.authors_of(standing.subject, standing.journey),
        is_administrator=user.is_superuser,
    )
    return refusal is None


def stages_of(journey: Journey) -> list[dict[str, Any]]:
    stages = journey.stages.prefetch_related("participants", "decisions")
    return [
        {
            "stage": stage,
            "status": STAGE_STATUS[StageStatus(stage.status)],
            "participants": ", ".join(seat.label for seat in stage.participants.all()),
            "decisions": stage.decisions.all(),
        }
        for stage in stages
    ]


def trail_of(subject: Any) -> list[dict[str, Any]]:
    """Return the paper's whole Verlauf, oldest first, in words."""
    stages = Stage.objects.filter(journey__in=Journey.objects.of(subject))
    labels = {
        (journey, key): label
        for journey, key, label in stages.values_list("journey", "key", "label")
    }
    return [_entry_in_words(entry, labels) for entry in trail.entries_about(subject)]


def _entry_in_words(entry: Any, labels: dict[tuple[int, str], str]) -> dict[str, Any]:
    names = {name.role: name.name for name in entry.names.all()}
    return {
        "at": entry.at,
        "what": ACTIONS.get(entry.action, entry.action),
        "stage": _stage_of_entry(entry, labels),
        "who": names.get("actor", ""),
        "on_behalf_of": names.get("on_behalf_of", ""),
        "source": entry.payload.get("source", ""),
        "digest": entry.payload.get("digest", ""),
    }


def _last_decision_on_another_text(user: Any, standing: standings.Standing) -> Decision | None:
    return (
        Decision.objects.filter(
            decided_by=user, stage__journey__in=Journey.objects.of(standing.subject)
        )
        .exclude(answer=Answer.RETURNED.value)
        .exclude(content_digest=standing.digest)
        .exclude(revision=None)
        .select_related("revision")
        .order_by("-pk")
        .first()
    )


def _last_return_of_another_text(user: Any, standing: standings.Standing) -> Return | None:
    return (
        Return.objects.filter(by=user, journey__in=Journey.objects.of(standing.subject))
        .exclude(content_digest=standing.digest)
        .exclude(revision=None)
        .select_related("revision")
        .order_by("-pk")
        .first()
    )


def _stage_of_entry(entry: Any, labels: dict[tuple[int, str], str]) -> str:
    """Return which stage was opened or completed; other events say enough without it."""
    if entry.action not in ("workflow.stage_opened", "workflow.stage_done"):
        return ""
    return labels.get((entry.payload.get("journey"), entry.payload.get("stage")), "")


def edit_url(user: Any, standing: standings.Standing) -> str:
    """Return the address of the page's editor, for those who may edit it there."""
    page = standing.subject
    if standing.revision is None or not user.has_perm("wagtailadmin.access_admin"):
        return ""
    if not page.permissions_for_user(user).can_edit():
        return ""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def may_resubmit(user: Any, standing: standings.Standing) -> bool:
    if standing.journey.status != JourneyStatus.RETURNED:
        return False
    return refusal_to_send(standing.subject, by=user) is None
