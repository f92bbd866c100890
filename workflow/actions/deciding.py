"""Deciding on a stage: agreeing, declining, sending back."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from cms.core import trail
from workflow import mail, people, signals
from workflow.actions import standing as standings
from workflow.actions.publication import finish_shell
from workflow.actions.stages import (
    begin_again_where_changed,
    close,
    open_next_stage,
    outcome_of,
)
from workflow.errors import JourneyRefused
from workflow.models import Decision, Journey, Participant, Return, Stage
from workflow.models.journey import snapshot
from workflow.rules import completion
from workflow.rules.refusals import Refusal, refusal_to_decide, refusal_to_return
from workflow.rules.states import JourneyStatus, ParticipantKind, StageStatus


def decide(*, stage: Stage, by: Any, answer: str, seen_digest: str, comment: str = "") -> Decision:
    """Record an answer on the text with `seen_digest`, and let the journey move on.

    Raises JourneyRefused when the present text is another one, when somebody
    was faster, or when the person has no say; then no answer has been written.
    The last agreement publishes the page in the same transaction.
    """
    with transaction.atomic():
        standing = standings.stand(stage.journey)
        running = standing.journey.status == JourneyStatus.RUNNING
        if not (running and begin_again_where_changed(standing)):
            stage = Stage.objects.get(pk=stage.pk)
            return _decide(standing, stage, by, answer, seen_digest, comment)
    # Outside, so that the earlier answers stay lapsed.
    raise JourneyRefused(Refusal.TEXT_HAS_CHANGED)


def _decide(
    standing: standings.Standing, stage: Stage, by: Any, answer: str, seen: str, comment: str
) -> Decision:
    situation = standings.situation_of(standing, stage, by=by, seen_digest=seen)
    if refusal := refusal_to_decide(situation, answer=answer, comment=comment):
        raise JourneyRefused(refusal)

    seat = standings.free_seats(stage, by)[0]
    decision = Decision.objects.create(
        stage=stage,
        participant=seat,
        answer=answer,
        decided_by=by,
        decided_by_label=snapshot(people.name_of(by)),
        participant_label=seat.label,
        revision=standing.revision,
        content_digest=standing.digest,
        comment=comment.strip(),
        **_on_behalf_of(seat),
    )
    trail.record(
        action="workflow.decided",
        subject=standing.subject,
        by=by,
        on_behalf_of=decision.on_behalf_of_label,
        payload={
            **standings.reference_to_text(standing),
            "stage": stage.key,
            "answer": answer,
            "decision": decision.pk,
        },
    )
    signals.decision_given.send(
        sender=type(standing.subject),
        journey=standing.journey,
        subject=standing.subject,
        stage=stage,
        decision=decision,
    )
    _move_on(standing, stage, by=by)
    return decision


@transaction.atomic
def return_to_author(*, stage: Stage, by: Any, seen_digest: str, comment: str) -> Return:
    """Send the paper back with a reason; its author may change it and submit it again."""
    standing = standings.stand(stage.journey)
    stage = Stage.objects.get(pk=stage.pk)
    situation = standings.situation_of(standing, stage, by=by, seen_digest=seen_digest)
    if refusal := refusal_to_return(situation, comment=comment):
        raise JourneyRefused(refusal)

    returned = Return.objects.create(
        journey=standing.journey,
        from_stage=stage,
        by=by,
        by_label=snapshot(people.name_of(by)),
        revision=standing.revision,
        content_digest=standing.digest,
        comment=comment.strip(),
    )
    close(stage, StageStatus.RETURNED)
    standing.journey.status = JourneyStatus.RETURNED.value
    standing.journey.save(update_fields=["status"])
    trail.record(
        action="workflow.returned",
        subject=standing.subject,
        by=by,
        payload={
            **standings.reference_to_text(standing),
            "stage": stage.key,
            "return": returned.pk,
        },
    )
    mail.report(standing.journey, JourneyStatus.RETURNED)
    if shell := _worn_shell(standing.journey):
        shell.reject(user=by, comment=returned.comment)
    signals.journey_returned.send(
        sender=type(standing.subject),
        journey=standing.journey,
        subject=standing.subject,
        by=by,
        comment=returned.comment,
    )
    return returned


def _move_on(standing: standings.Standing, stage: Stage, *, by: Any) -> None:
    outcome = outcome_of(stage)
    if outcome is completion.Outcome.OPEN:
        return
    close(stage, StageStatus.DONE)
    if outcome is completion.Outcome.OUT_OF_REACH:
        _end(standing, JourneyStatus.REFUSED, action="workflow.refused", by=by)
        if shell := _worn_shell(standing.journey):
            shell.workflow_state.journey_has_ended = True
            shell.workflow_state.cancel(user=by)
        signals.journey_refused.send(
            sender=type(standing.subject),
            journey=standing.journey,
            subject=standing.subject,
            by=by,
        )
        return
    trail.record(
        action="workflow.stage_done",
        subject=standing.subject,
        payload={**standings.reference_to_text(standing), "stage": stage.key},
    )
    if open_next_stage(standing) is None:
        _agree(standing, by=by)


def _agree(standing: standings.Standing, *, by: Any) -> None:
    _end(standing, JourneyStatus.AGREED, action="workflow.agreed", by=by)
    finish_shell(standing, _worn_shell(standing.journey), by=by)
    signals.journey_agreed.send(
        sender=type(standing.subject),
        journey=standing.journey,
        subject=standings.present_text(standing.subject)[0],
        by=by,
        revision=standing.revision,
    )


def _end(standing: standings.Standing, status: JourneyStatus, *, action: str, by: Any) -> None:
    journey = standing.journey
    journey.status, journey.closed_at = status.value, timezone.now()
    journey.save(update_fields=["status", "closed_at"])
    mail.report(journey, status)
    trail.record(
        action=action,
        subject=standing.subject,
        by=by,
        payload=standings.reference_to_text(standing),
    )


def _worn_shell(journey: Journey) -> Any:
    """Return Wagtail's task state that wears the journey now; None for plain models."""
    return journey.shells.filter(status="in_progress").order_by("-pk").first()


def _on_behalf_of(seat: Participant) -> dict[str, str]:
    """Whose answer it is, when a person gives it for a group or for a party."""
    match seat.kind:
        case ParticipantKind.PARTY:
            kind, _, key = seat.key.partition(":")
        case ParticipantKind.GROUP:
            kind, key = seat.kind, seat.key
        case _:
            return {}
    return {
        "on_behalf_of_kind": kind,
        "on_behalf_of_key": key,
        "on_behalf_of_label": seat.label,
    }
