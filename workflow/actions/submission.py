"""Submitting a paper, and submitting it again after it was returned."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from cms.core import trail
from workflow import people, signals, subjects
from workflow.actions import planning
from workflow.actions import standing as standings
from workflow.actions.progress import forget_returns, set_out
from workflow.actions.stages import lapse_older
from workflow.errors import JourneyRefused
from workflow.governed import GovernedPage
from workflow.models import Journey, ReturnPoint, Route
from workflow.models.journey import snapshot
from workflow.rules.refusals import Refusal, refusal_to_resubmit, refusal_to_submit
from workflow.rules.states import JourneyStatus, PointState


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
    check_sending(page, by=by)
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
    present = Journey.objects.get(pk=journey.pk)
    if present.subject is None or present.status != JourneyStatus.RETURNED:
        raise JourneyRefused(Refusal.NOT_RETURNED)
    return submit(subject=present.subject, by=by)


def begin_or_resume(*, page: Any, by: Any, journey: Journey | None) -> Journey:
    """Do what starting Wagtail's task means for the journey below it."""
    standings.lock_subject(page)
    if journey is not None and journey.status == JourneyStatus.RETURNED:
        return _resume(journey, subject=page, by=by)
    return _begin(page, by=by)


def refusal_to_send(subject: Any, *, by: Any) -> Refusal | None:
    """Return why this person cannot submit (or submit again) this paper."""
    latest = Journey.objects.of(subject).first() if subject.pk else None
    status = JourneyStatus(latest.status) if latest else None
    facts = {
        "may_edit": standings.may_submit(subject, by),
        "is_scheduled": _is_scheduled(subject),
    }
    if status is JourneyStatus.RETURNED:
        points = ReturnPoint.objects.filter(
            return_of__journey=latest, return_of__to_stage=None, state=PointState.OPEN.value
        )
        return refusal_to_resubmit(status=status, points_open=points.count(), **facts)
    has_route = Route.objects.for_kind(subjects.kind_of(subject)) is not None
    return refusal_to_submit(status=status, has_route=has_route, **facts)


def check_sending(subject: Any, *, by: Any) -> Route:
    """Return the route the paper takes from here, or raise why it cannot set out.

    A stage that nobody could decide is found now, not when it is reached.
    """
    if refusal := refusal_to_send(subject, by=by):
        raise JourneyRefused(refusal)
    journey = Journey.objects.of(subject).under_way().first()
    route = journey.route if journey else Route.objects.for_kind(subjects.kind_of(subject))
    if route is None:
        raise JourneyRefused(Refusal.NO_ROUTE)
    text, revision = _present(subject)
    if stage := planning.stage_without_deciders(
        route, subject, text=text, revision=revision, by=by, journey=journey
    ):
        raise JourneyRefused(Refusal.NOBODY_CAN_DECIDE, stage=stage)
    return route


def _begin(subject: Any, *, by: Any) -> Journey:
    route = check_sending(subject, by=by)
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
    planning.lay_out_stages(journey, _present(subject)[0])
    _set_out(journey, by=by, action="workflow.submitted")
    return journey


def _resume(journey: Journey, *, subject: Any, by: Any) -> Journey:
    journey = Journey.objects.select_for_update().get(pk=journey.pk)
    check_sending(subject, by=by)
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
    forget_returns(standing)
    trail.record(
        action=action,
        subject=standing.subject,
        by=by,
        payload={**standings.reference_to_text(standing), "route": str(journey.route)},
    )
    signals.journey_started.send(
        sender=type(standing.subject), journey=journey, subject=standing.subject
    )
    set_out(standing, by=by)


def _present(subject: Any) -> tuple[Any, Any]:
    """Return the text as it is now, and the revision that holds it."""
    if not isinstance(subject, GovernedPage):
        return subject, None
    revision = subject.get_latest_revision()
    return (revision.as_object() if revision else subject), revision


def _is_scheduled(subject: Any) -> bool:
    if not isinstance(subject, GovernedPage):
        return False
    text, _ = _present(subject)
    return bool(text.go_live_at or text.expire_at)
