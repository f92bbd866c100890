"""Answering in a stage: agreeing, declining, abstaining; for oneself or in another's place."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import transaction

from cms.core import trail
from workflow import people, signals
from workflow.actions import standing as standings
from workflow.actions.progress import move_on
from workflow.actions.stages import begin_again_where_changed
from workflow.errors import JourneyRefused
from workflow.models import Decision, Participant, Stage
from workflow.models.journey import snapshot
from workflow.people import Seat
from workflow.rules.refusals import Refusal, refusal_to_decide
from workflow.rules.states import Answer, Channel, JourneyStatus, OnChange, ParticipantKind


def decide(
    *,
    stage: Stage,
    by: Any,
    answer: str,
    seen_digest: str,
    comment: str = "",
    participant: int | None = None,
    confirms: Decision | None = None,
    channel: Channel = Channel.DESK,
) -> Decision:
    """Record an answer on the text with `seen_digest`, and let the journey move on.

    `participant` chooses for whom, where somebody may answer for several.
    Raises JourneyRefused when the present text is another one, when somebody
    was faster, or when the person has no say; then no answer has been written.
    The last agreement publishes the page in the same transaction.
    """
    with transaction.atomic():
        standing = standings.stand(stage.journey)
        if not text_moved_on(standing):
            stage = standing.stages[stage.pk]
            seat = standings.seat_to_act(
                standing,
                stage,
                partial(refusal_to_decide, answer=answer, comment=comment),
                by=by,
                participant=participant,
                seen_digest=seen_digest,
            )
            decision = write(
                standing,
                stage,
                seat,
                by=by,
                answer=Answer(answer),
                comment=comment,
                channel=channel,
                confirms=confirms,
            )
            move_on(standing, stage, by=by)
            return decision
    # Outside, so that the earlier answers stay lapsed.
    raise JourneyRefused(Refusal.TEXT_HAS_CHANGED)


def confirm(*, earlier: Decision, by: Any, seen_digest: str) -> Decision:
    """Give the same answer again on the changed text, in one step.

    Only for an answer that lapsed by a change, in a stage that is open again and
    whose policy asks for no more than this.
    """
    earlier = Decision.objects.select_related("stage").get(pk=earlier.pk)
    stage = earlier.stage
    is_asked = stage.definition.on_change in (OnChange.ASK_CONFIRM, OnChange.LAPSE_IF)
    if not is_asked or earlier.decided_by_id != by.pk or earlier.lapsed_at is None:
        raise JourneyRefused(Refusal.NOTHING_TO_CONFIRM)
    return decide(
        stage=stage,
        by=by,
        answer=earlier.answer,
        seen_digest=seen_digest,
        comment=earlier.comment,
        participant=earlier.participant_id,
        confirms=earlier,
    )


def decide_in_bulk(*, chosen: Iterable[tuple[Stage, str]], by: Any) -> list[tuple[Stage, Any]]:
    """Agree on several papers at once; return each stage with its Decision or its refusal.

    `chosen` pairs a stage with the digest of the text that was seen. Each paper
    is decided on by itself: one that cannot be leaves the others as they are.
    """
    done: list[tuple[Stage, Any]] = []
    for stage, seen_digest in chosen:
        if not stage.definition.bulk:
            done.append((stage, JourneyRefused(Refusal.NOT_IN_BULK)))
            continue
        try:
            answer = Answer.AGREED.value
            decision = decide(
                stage=stage, by=by, answer=answer, seen_digest=seen_digest, channel=Channel.BULK
            )
        except JourneyRefused as error:
            done.append((stage, error))
        else:
            done.append((stage, decision))
    return done


def consent_by_silence(stage: Stage) -> int:
    """Write "consented by silence" for everybody who has not answered; return for how many.

    Called when the time of a stage has run out whose rule says so. It is an
    outcome of its own, on record as such, and nobody's answer.
    """
    with transaction.atomic():
        standing = standings.stand(stage.journey)
        stage = standing.stages[stage.pk]
        running = standing.journey.status == JourneyStatus.RUNNING
        if not running or text_moved_on(standing) or not stage.definition.silence_is_consent:
            return 0
        if standing.journey.open_stage != stage:
            return 0
        answered = Decision.objects.filter(stage=stage, lapsed_at=None).values("participant")
        silent = stage.participants.filter(gone_at=None, is_head=False).exclude(pk__in=answered)
        seats = [Seat(participant) for participant in silent]
        for seat in seats:
            write(standing, stage, seat, by=None, answer=Answer.SILENT, channel=Channel.SILENCE)
        move_on(standing, stage, by=None)
        return len(seats)


def text_moved_on(standing: standings.Standing) -> bool:
    """Let answers on an older text lapse; say whether the journey went back for it."""
    running = standing.journey.status == JourneyStatus.RUNNING
    return running and begin_again_where_changed(standing)


def write(
    standing: standings.Standing,
    stage: Stage,
    seat: Seat,
    *,
    by: Any,
    answer: Answer,
    comment: str = "",
    channel: Channel = Channel.DESK,
    confirms: Decision | None = None,
    guest: str = "",
) -> Decision:
    """Write an answer with everything it has to name. The rules have been asked before."""
    participant = seat.participant
    decision = Decision.objects.create(
        stage=stage,
        participant=participant,
        answer=answer.value,
        decided_by=by,
        decided_by_label=snapshot(people.name_of(by) or guest),
        acting_for=seat.principal,
        acting_for_label=snapshot(people.name_of(seat.principal)),
        participant_label=participant.label,
        channel=channel.value,
        confirms=confirms,
        revision=standing.revision,
        content_digest=standing.digest,
        comment=comment.strip(),
        **_on_behalf_of(participant),
    )
    trail.record(
        action=("workflow.consented_by_silence" if answer is Answer.SILENT else "workflow.decided"),
        subject=standing.subject,
        by=by,
        on_behalf_of=_for_whom(decision),
        payload={
            **standings.reference_to_text(standing),
            "stage": stage.key,
            "answer": answer.value,
            "channel": channel.value,
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
    return decision


def _for_whom(decision: Decision) -> str:
    """Return "Referat 12 (for Mona Muster)": for which participant, in whose place."""
    label = decision.on_behalf_of_label or (
        decision.participant_label if decision.decided_by_id is None else ""
    )
    return " / ".join(part for part in (label, decision.acting_for_label) if part)


def _on_behalf_of(participant: Participant) -> dict[str, str]:
    """Whose answer it is, when a person gives it for a group, a role or a party."""
    match participant.kind:
        case ParticipantKind.PARTY:
            kind, _, key = participant.key.partition(":")
        case ParticipantKind.GROUP | ParticipantKind.ROLE:
            kind, key = participant.kind, participant.key
        case _:
            return {}
    return {
        "on_behalf_of_kind": kind,
        "on_behalf_of_key": key,
        "on_behalf_of_label": participant.label,
    }
