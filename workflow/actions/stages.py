"""How stages open and close, and what a change of the text does to their answers."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from cms.core import trail
from workflow import digests, mail, signals
from workflow.actions import planning
from workflow.actions import standing as standings
from workflow.actions.appointments import lay_appointments
from workflow.actions.seating import count, lay_seats
from workflow.calling import Barred
from workflow.models import Decision, Stage
from workflow.rules.completion import BrokenRule, Outcome
from workflow.rules.states import PASSED, OnChange, StageStatus


def open_next_stage(standing: standings.Standing, *, at_least: Stage | None = None) -> Stage | None:
    """Open the first stage still to be gone through; None when there is none.

    A stage whose condition does not hold for the present text is left out, on record.
    Where all are, ``at_least`` opens all the same: what is no act agrees on nothing.
    """
    to_come = Stage.objects.filter(journey=standing.journey).exclude(status__in=PASSED)
    waiting = list(to_come.order_by("order"))
    chosen = next((stage for stage in waiting if _takes_place(standing, stage)), None)
    if chosen is None and at_least is not None:
        chosen = next((stage for stage in waiting if stage.pk == at_least.pk), None)
    for stage in waiting:
        if stage is chosen:
            return _open(standing, stage)
        close(stage, StageStatus.SKIPPED)
        _note(standing, "workflow.stage_skipped", stage)
    return None


def _takes_place(standing: standings.Standing, stage: Stage) -> bool:
    rule = stage.definition
    return rule.when is None or planning.takes_place(rule, planning.facts_about(standing))


def outcome_of(stage: Stage) -> Outcome:
    """Return what the answers that hold come to."""
    try:
        return count(stage)
    except BrokenRule:
        # Nobody is left whom the rule could ask; the doctor tells that it waits.
        return Outcome.OPEN


def close(stage: Stage, status: StageStatus) -> None:
    stage.status = status.value
    stage.closed_at = timezone.now()
    stage.save(update_fields=["status", "closed_at"])


def begin_again_where_changed(standing: standings.Standing, *, by: Any = None) -> bool:
    """Go back to the first stage that lost answers to a change; say whether there was one.

    A text changes by an edit, and also when an attached file is replaced, which
    no revision tells.
    """
    if standing.journey.content_digest == standing.digest:
        return False
    standing.journey.content_digest = standing.digest
    standing.journey.save(update_fields=["content_digest"])
    stage = standing.journey.open_stage
    changed = lapse_older(standing, by=by)
    if changed:
        stage = open_next_stage(standing, at_least=stage)
    if stage is None:
        return changed
    if not changed:
        lay_seats(stage, standing.text)
    return ask_anew_if_settled(standing, stage, by=by) or changed


def ask_anew_if_settled(standing: standings.Standing, stage: Stage, *, by: Any) -> bool:
    """Neither a change nor sending a paper again settles a stage: answers that would, lapse.

    Else whoever strikes a party from a text would decide in its place, and a paper
    for which nobody felt responsible would come back unseen. Says whether any did.
    """
    answers = Decision.objects.filter(stage=stage, lapsed_at=None)
    if not answers.exists() or outcome_of(stage) is Outcome.OPEN:
        return False
    number = lapse_answers(answers)
    _note_answers(standing, "workflow.decisions_lapsed", number, by=by)
    wait_again(Stage.objects.filter(pk=stage.pk))
    open_next_stage(standing, at_least=stage)
    return True


def lapse_older(standing: standings.Standing, *, by: Any = None) -> bool:
    """Let answers on another text lapse as each stage says; say whether any did.

    From the first stage that lost one, every stage that is not wholly decided on
    still has to be gone through again; left-out stages are asked about anew.
    """
    lapsed, kept, again = _after_the_change(standing)
    _note_answers(standing, "workflow.decision_kept", len(kept), by=by)
    mail.tell_of_change(standing.journey, kept)
    return _lapse(standing, lapsed, again, by=by)


def lapse_by_other_rules(standing: standings.Standing, *, by: Any) -> bool:
    """Let answers lapse that only the former rules of their stages let stand.

    They were kept over a change, or given by somebody whom the present rules exclude.
    """
    lapsed, _, again = _after_the_change(standing)
    excluded = _of_the_excluded(standing)
    stages = {stage.pk: stage for stage in (*again, *(one.stage for one in excluded))}
    return _lapse(standing, [*lapsed, *excluded], list(stages.values()), by=by)


def _of_the_excluded(standing: standings.Standing) -> list[Decision]:
    holding = Decision.objects.filter(stage__journey=standing.journey, lapsed_at=None)
    decisions = list(holding.select_related("stage__journey"))
    barred = Barred({one.stage_id: one.stage for one in decisions}.values())
    return [
        one
        for one in decisions
        if {one.decided_by_id, one.acting_for_id} & barred.in_stage(one.stage)
    ]


def _lapse(
    standing: standings.Standing, lapsed: list[Decision], again: list[Stage], *, by: Any
) -> bool:
    if not again:
        return False
    number = lapse_answers(Decision.objects.filter(pk__in=[one.pk for one in lapsed]))
    _note_answers(standing, "workflow.decisions_lapsed", number, by=by)
    stages = Stage.objects.filter(journey=standing.journey)
    first = min(stage.order for stage in again)
    unsettled = stages.filter(order__gte=first).exclude(
        status__in=[StageStatus.DONE.value, StageStatus.OVERRIDDEN.value, StageStatus.DROPPED.value]
    )
    wait_again(stages.filter(pk__in=[stage.pk for stage in again]) | unsettled)
    return True


def _note_answers(standing: standings.Standing, action: str, number: int, *, by: Any) -> None:
    if number:
        trail.record(
            action=action,
            subject=standing.subject,
            by=by,
            payload={**standings.reference_to_text(standing), "decisions": number},
        )


def wait_again(stages: QuerySet[Stage]) -> None:
    """Let stages stand as if their turn had not come yet."""
    stages.update(
        status=StageStatus.WAITING.value,
        closed_at=None,
        due_at=None,
        escalated_at=None,
        overridden_digest="",
    )


def lapse_answers(decisions: Any) -> int:
    """Let the given answers (a queryset) lapse; return how many did."""
    return int(decisions.filter(lapsed_at=None).update(lapsed_at=timezone.now()))


def _after_the_change(
    standing: standings.Standing,
) -> tuple[list[Decision], list[Decision], list[Stage]]:
    """Return the answers that lapse, those that are kept, and the stages to go through again."""
    lapsed: list[Decision] = []
    kept: list[Decision] = []
    again: dict[int, Stage] = {}
    unchanged = Unchanged(standing)
    older = Decision.objects.filter(stage__journey=standing.journey, lapsed_at=None)
    older = older.exclude(content_digest=standing.digest).order_by("stage__order", "pk")
    for decision in older.select_related("stage", "revision"):
        if _holds_after_change(unchanged, decision.stage, decision.revision):
            kept.append(decision)
        else:
            lapsed.append(decision)
            again[decision.stage_id] = decision.stage
    passed = Stage.objects.filter(
        journey=standing.journey, status=StageStatus.OVERRIDDEN.value
    ).exclude(overridden_digest=standing.digest)
    for stage in passed:
        if stage.definition.on_change is not OnChange.KEEP:
            again[stage.pk] = stage
    return lapsed, kept, list(again.values())


class Unchanged:
    """Which fields are the same as in an older revision; each text is read once.

    Hundreds of answers may name the same two texts.
    """

    def __init__(self, standing: standings.Standing) -> None:
        self.subject = standing.subject
        self.present = standing.revision
        self.values: dict[int, dict[str, Any]] = {}

    def since(self, before: Any, fields: Iterable[str]) -> bool:
        old, new = self._values_of(before), self._values_of(self.present)
        return all(old.get(name) == new.get(name) for name in fields)

    def _values_of(self, revision: Any) -> dict[str, Any]:
        if revision.pk not in self.values:
            self.values[revision.pk] = digests.values_of(self.subject, revision)
        return self.values[revision.pk]


def _holds_after_change(unchanged: Unchanged, stage: Stage, before: Any) -> bool:
    rule = stage.definition
    if rule.on_change is OnChange.KEEP:
        return True
    if rule.on_change is not OnChange.LAPSE_IF or before is None:
        return False
    return unchanged.since(before, rule.lapse_fields)


def _open(standing: standings.Standing, stage: Stage) -> Stage:
    stage.status = StageStatus.OPEN.value
    stage.opened_at, stage.closed_at, stage.escalated_at = timezone.now(), None, None
    stage.openings += 1
    stage.due_at = planning.deadline(stage, stage.opened_at)
    stage.save()
    lay_seats(stage, standing.text)
    lay_appointments(stage)
    _note(standing, "workflow.stage_opened", stage)
    mail.announce(stage)
    signals.stage_opened.send(
        sender=type(standing.subject),
        journey=standing.journey,
        subject=standing.subject,
        stage=stage,
    )
    return stage


def _note(standing: standings.Standing, action: str, stage: Stage) -> None:
    trail.record(
        action=action,
        subject=standing.subject,
        payload={**standings.reference_to_text(standing), "stage": stage.key},
    )
