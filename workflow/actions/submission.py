"""Submitting a paper, and submitting it again after it was returned."""

from datetime import datetime, time, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from cms.core import kernel, trail
from workflow import people, signals, subjects
from workflow.actions import standing as standings
from workflow.actions.stages import lapse_older, open_next_stage
from workflow.errors import JourneyRefused
from workflow.governed import GovernedPage
from workflow.models import Journey, Participant, Route, Stage
from workflow.models.journey import snapshot
from workflow.rules import completion, definition
from workflow.rules.refusals import Refusal, refusal_to_resubmit, refusal_to_submit
from workflow.rules.states import Answer, JourneyStatus, ParticipantKind


@transaction.atomic
def submit(*, subject: Any, by: Any) -> Journey:
    """Send a paper on its way, or again on its way after a return; return its journey.

    A page needs a saved draft; the text submitted is its latest revision.
    """
    if not isinstance(subject, GovernedPage):
        standings.lock_subject(subject)
        latest = Journey.objects.of(subject).first()
        if latest is not None and latest.status == JourneyStatus.RETURNED:
            return _resume(latest, subject=subject, by=by)
        return _begin(subject, by=by)
    standings.lock_subject(subject)
    page, revision = standings.present_text(subject)
    if refusal := refusal_to_send_page(page, by=by):
        raise JourneyRefused(refusal)
    if revision is None:
        page.save_revision(user=by)
    state = page.current_workflow_state
    if state is not None and state.status == state.STATUS_NEEDS_CHANGES:
        state.resume(by)
    else:
        page.get_workflow().start(page, by)
    return Journey.objects.of(page).get(status=JourneyStatus.RUNNING.value)


def resubmit(*, journey: Journey, by: Any) -> Journey:
    """Send a returned paper on its way again; same journey, same route."""
    if journey.subject is None or journey.status != JourneyStatus.RETURNED:
        raise JourneyRefused(Refusal.NOT_RETURNED)
    return submit(subject=journey.subject, by=by)


def begin_or_resume(*, page: Any, by: Any, journey: Journey | None) -> Journey:
    """Do what starting Wagtail's task means for the journey below it."""
    standings.lock_subject(page)
    if journey is not None and journey.status == JourneyStatus.RETURNED:
        return _resume(journey, subject=page, by=by)
    return _begin(page, by=by)


def refusal_to_send_page(page: Any, *, by: Any) -> Refusal | None:
    """Return why this person cannot submit (or submit again) this page."""
    latest = page.latest_journey()
    status = JourneyStatus(latest.status) if latest else None
    facts = {"may_edit": _may_submit(page, by), "is_scheduled": _is_scheduled(page)}
    if status is JourneyStatus.RETURNED:
        return refusal_to_resubmit(status=status, **facts)
    route = Route.objects.for_kind(subjects.kind_of(page))
    has_route = route is not None and page.has_workflow
    return refusal_to_submit(status=status, has_route=has_route, **facts)


def _begin(subject: Any, *, by: Any) -> Journey:
    route = Route.objects.for_kind(subjects.kind_of(subject))
    latest = Journey.objects.of(subject).first()
    refusal = refusal_to_submit(
        status=JourneyStatus(latest.status) if latest else None,
        may_edit=_may_submit(subject, by),
        is_scheduled=_is_scheduled(subject),
        has_route=route is not None,
    )
    if refusal or route is None:
        raise JourneyRefused(refusal or Refusal.NO_ROUTE)
    journey = Journey.objects.create(
        route=route,
        content_type=ContentType.objects.get_for_model(subject),
        subject_id=str(subject.pk),
        subject_label=snapshot(subject, 300),
        kind=route.subject_kind,
        started_by=by,
        started_by_label=snapshot(people.name_of(by)),
        editor_ids=sorted(people.editors_of(subject)),
    )
    _lay_out_stages(journey, subject)
    _set_out(journey, by=by, action="workflow.submitted")
    return journey


def _resume(journey: Journey, *, subject: Any, by: Any) -> Journey:
    journey = Journey.objects.select_for_update().get(pk=journey.pk)
    refusal = refusal_to_resubmit(
        status=JourneyStatus(journey.status),
        may_edit=_may_submit(subject, by),
        is_scheduled=_is_scheduled(subject),
    )
    if refusal:
        raise JourneyRefused(refusal)
    journey.status = JourneyStatus.RUNNING.value
    journey.editor_ids = sorted(people.editors_of(subject, journey))
    journey.save(update_fields=["status", "editor_ids"])
    _set_out(journey, by=by, action="workflow.resubmitted")
    return journey


def _set_out(journey: Journey, *, by: Any, action: str) -> None:
    """Bind the journey to the text as it is now and open the first stage not done on it."""
    standing = standings.stand(journey)
    journey.content_digest = standing.digest
    journey.save(update_fields=["content_digest"])
    lapse_older(standing)
    _refuse_where_nobody_can_decide(standing)
    trail.record(
        action=action,
        subject=standing.subject,
        by=by,
        payload={**standings.reference_to_text(standing), "route": str(journey.route)},
    )
    signals.journey_started.send(
        sender=type(standing.subject), journey=journey, subject=standing.subject
    )
    open_next_stage(standing, due_at=deadline)


def deadline(stage: Stage, opened_at: datetime) -> datetime | None:
    """Return the end of the day on which a stage that opens now falls due."""
    days = stage.rule["deadline_days"]
    if days is None:
        return None
    day = timezone.localdate(opened_at) + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))


def _lay_out_stages(journey: Journey, subject: Any) -> None:
    parties = subjects.parties_in(subject)
    names = [f"party:{party.kind}:{party.key}" for party in parties]
    route = definition.read(journey.route.definition)
    for order, planned in enumerate(route.stages, start=1):
        stage = Stage.objects.create(
            journey=journey,
            order=order,
            key=planned.key,
            kind=planned.kind.value,
            label=planned.label,
            rule={
                "completion": completion.expand(_whole_tree(planned), names),
                "exclude": list(planned.exclude),
                "answers": list(planned.answers),
                "may_return_to": list(planned.may_return_to),
                "deadline_days": planned.deadline_days,
            },
        )
        for kind, key, label in _participants(planned, parties):
            Participant.objects.create(stage=stage, kind=kind, key=key, label=snapshot(label))


def _whole_tree(planned: definition.StageDefinition) -> Any:
    if planned.completion in ("all", "any"):
        names = [definition.participant_name(one) for one in planned.participants]
        return {planned.completion: names}
    return planned.completion


def _participants(
    planned: definition.StageDefinition, parties: list[subjects.Party]
) -> list[tuple[str, str, str]]:
    found = []
    for participant in planned.participants:
        if participant["kind"] == definition.PARTIES:
            found += [
                (ParticipantKind.PARTY.value, f"{party.kind}:{party.key}", party.label)
                for party in parties
            ]
        else:
            found.append((participant["kind"], participant["key"], participant["label"]))
    return found


def _refuse_where_nobody_can_decide(standing: standings.Standing) -> None:
    """A stage that could never be completed is found now, not when it is reached."""
    authors = people.authors_of(standing.subject, standing.journey)
    editors = people.editors_of(standing.subject, standing.journey)
    for stage in standing.journey.stages.prefetch_related("participants"):
        barred: set[int] = set()
        barred |= authors if "author" in stage.rule["exclude"] else set()
        barred |= editors if "editors" in stage.rule["exclude"] else set()
        best = {seat.name: _best_answer(seat, barred) for seat in stage.participants.all()}
        try:
            rule = completion.read(stage.rule["completion"], list(best))
        except completion.BrokenRule:
            raise JourneyRefused(Refusal.NOBODY_CAN_DECIDE, stage=stage.label) from None
        if completion.outcome(rule, best) is not completion.Outcome.REACHED:
            raise JourneyRefused(Refusal.NOBODY_CAN_DECIDE, stage=stage.label)


def _best_answer(seat: Participant, barred: set[int]) -> Answer:
    somebody = people.who_may_answer(seat.kind, seat.key)
    if somebody is not None and not somebody.exclude(pk__in=barred).exists():
        return Answer.OBJECTED
    return Answer.AGREED


def _may_submit(subject: Any, by: Any) -> bool:
    if by is None or not by.is_active:
        return False
    if isinstance(subject, GovernedPage):
        return bool(subject.permissions_for_user(by).can_edit())
    return kernel.check(by, kernel.Verb.SUBMIT, subject)


def _is_scheduled(subject: Any) -> bool:
    latest = subject.get_latest_revision_as_object() if isinstance(subject, GovernedPage) else None
    return latest is not None and bool(latest.go_live_at or latest.expire_at)
