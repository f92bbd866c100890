"""What follows from the answers: the next stage, the end, or the way back."""

from typing import Any

from django.db.models import F
from django.utils import timezone

from cms.core import trail
from workflow import mail, signals
from workflow.actions import standing as standings
from workflow.actions.publication import finish_shell
from workflow.actions.stages import (
    ask_anew_if_settled,
    close,
    lapse_answers,
    open_next_stage,
    outcome_of,
    wait_again,
)
from workflow.models import Decision, Journey, Return, Stage
from workflow.rules.completion import Outcome
from workflow.rules.states import Answer, JourneyStatus, StageStatus


def move_on(standing: standings.Standing, stage: Stage, *, by: Any) -> None:
    """Take the journey on when the stage's outcome is fixed."""
    match outcome_of(stage):
        case Outcome.REACHED:
            close(stage, StageStatus.DONE)
            trail.record(
                action="workflow.stage_done",
                subject=standing.subject,
                payload={**standings.reference_to_text(standing), "stage": stage.key},
            )
            go_on(standing, by=by)
        case Outcome.OUT_OF_REACH:
            close(stage, StageStatus.DONE)
            refuse(standing, by=by)
        case Outcome.RETURNED:
            _send_back(standing, stage, by=by)


def set_out(standing: standings.Standing, *, by: Any) -> None:
    """Open the first stage still to be gone through; who sends a paper decides nothing."""
    stage = open_next_stage(standing)
    if stage is None:
        agree(standing, by=by)
    else:
        ask_anew_if_settled(standing, stage, by=by)


def go_on(standing: standings.Standing, *, by: Any) -> None:
    """Open the next stage; behind the last one the text is agreed on."""
    stage = open_next_stage(standing)
    if stage is None:
        agree(standing, by=by)
    elif Decision.objects.filter(stage=stage, lapsed_at=None).exists():
        # Answers that survived a way back may settle it at once.
        move_on(standing, stage, by=by)


def agree(standing: standings.Standing, *, by: Any) -> None:
    end(standing, JourneyStatus.AGREED, action="workflow.agreed", by=by)
    finish_shell(standing, worn_shell(standing.journey), by=by)
    signals.journey_agreed.send(
        sender=type(standing.subject),
        journey=standing.journey,
        subject=type(standing.subject)._default_manager.get(pk=standing.subject.pk),
        by=by,
        revision=standing.revision,
    )


def refuse(standing: standings.Standing, *, by: Any) -> None:
    end(standing, JourneyStatus.REFUSED, action="workflow.refused", by=by)
    cancel_shell(standing.journey, by=by)
    signals.journey_refused.send(
        sender=type(standing.subject), journey=standing.journey, subject=standing.subject, by=by
    )


def end(standing: standings.Standing, status: JourneyStatus, *, action: str, by: Any) -> None:
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


def follow_return(standing: standings.Standing, returned: Return, *, by: Any) -> None:
    """Take the paper where a return sends it: to its author, or to an earlier stage."""
    stage = returned.from_stage
    target = returned.to_stage
    trail.record(
        action="workflow.returned" if target is None else "workflow.returned_to_stage",
        subject=standing.subject,
        by=by,
        payload={
            **standings.reference_to_text(standing),
            "stage": stage.key,
            "to": target.key if target else "",
            "return": returned.pk,
        },
    )
    if target is None:
        _to_the_author(standing, returned, by=by)
    else:
        _to_a_stage(standing, stage, target, by=by)


def cancel_shell(journey: Journey, *, by: Any) -> None:
    """Let Wagtail's workflow end with the journey; nobody else may cancel it."""
    shell = journey.shells.order_by("-pk").select_related("workflow_state").first()
    if shell is not None:
        shell.workflow_state.cancelled_by_journey = True
        shell.workflow_state.cancel(user=by)


def worn_shell(journey: Journey) -> Any:
    """Return Wagtail's task state that wears the journey now; None for plain models."""
    shells = journey.shells.filter(status="in_progress").order_by("-pk")
    return shells.select_related("workflow_state__workflow", "task", "revision").first()


def _to_the_author(standing: standings.Standing, returned: Return, *, by: Any) -> None:
    close(returned.from_stage, StageStatus.RETURNED)
    standing.journey.status = JourneyStatus.RETURNED.value
    standing.journey.save(update_fields=["status"])
    mail.report(standing.journey, JourneyStatus.RETURNED)
    if shell := worn_shell(standing.journey):
        shell.reject(user=by, comment=returned.comment)
    signals.journey_returned.send(
        sender=type(standing.subject),
        journey=standing.journey,
        subject=standing.subject,
        by=by,
        comment=returned.comment,
    )


def _to_a_stage(standing: standings.Standing, stage: Stage, target: Stage, *, by: Any) -> None:
    """Open an earlier stage again. Answers of stages before it stand; from it on all is anew."""
    again = Stage.objects.filter(journey=standing.journey, order__gte=target.order)
    again = again.exclude(status=StageStatus.DROPPED.value)
    lapse_answers(Decision.objects.filter(stage__in=again))
    wait_again(again)
    open_next_stage(standing, at_least=target)


def _send_back(standing: standings.Standing, stage: Stage, *, by: Any) -> None:
    """Follow the returns noted while a stage collected answers; without one nobody decided."""
    noted = Return.objects.filter(
        from_stage=stage, returned_at__gte=stage.opened_at, content_digest=standing.digest
    )
    # The author comes before the first stage; databases disagree where nothing is sorted.
    returned = noted.order_by(F("to_stage__order").asc(nulls_first=True), "pk").first()
    if returned is None:
        returned = Return.objects.create(
            journey=standing.journey,
            from_stage=stage,
            by=None,
            by_label="",
            revision=standing.revision,
            content_digest=standing.digest,
        )
    follow_return(standing, returned, by=by)


def forget_returns(standing: standings.Standing) -> None:
    """Let "sent back" lapse when the paper comes again: who sent it back answers anew."""
    sent_back = Decision.objects.filter(
        stage__journey=standing.journey, answer=Answer.RETURNED.value
    )
    lapse_answers(sent_back)
