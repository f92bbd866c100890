"""Publishing the agreed text, and no other."""

from typing import Any

from cms.core import trail
from workflow import passage
from workflow.actions import standing as standings
from workflow.errors import JourneyRefused
from workflow.governed import GovernedPage
from workflow.rules.refusals import Refusal
from workflow.rules.states import PASSED, JourneyStatus, OnChange

# Their answers may name an older text: the rule said so when the journey began.
KEEPING = frozenset({OnChange.KEEP, OnChange.LAPSE_IF})


def finish_shell(standing: standings.Standing, shell: Any, *, by: Any) -> None:
    """End Wagtail's workflow, which publishes the page; plain models have no shell."""
    if shell is None and isinstance(standing.subject, GovernedPage):
        # Agreed and not published would be the worst of both.
        raise JourneyRefused(Refusal.NOT_RUNNING)
    if shell is not None:
        # What was read under the locks; Wagtail hands its state on to `finish`.
        shell.workflow_state.journey_standing = standing
        shell.workflow_state.current_task_state = shell
        if shell.revision == standing.revision:
            # Wagtail's log reads the page through it, and need not do so again.
            shell.revision = standing.revision
        elif shell.revision is not None:
            shell.revision.content_object = standing.subject
        shell.approve(user=by, comment=_summary(standing))


def publish_agreed(standing: standings.Standing, *, by: Any) -> None:
    """Publish the revision that was agreed on, or refuse when the text is another one."""
    if standing.journey.status != JourneyStatus.AGREED or standing.revision is None:
        raise JourneyRefused(Refusal.ONLY_BY_JOURNEY)
    if not was_agreed_on(standing):
        raise JourneyRefused(Refusal.NOT_WHAT_WAS_APPROVED)
    publish(standing, by=by)


def was_agreed_on(standing: standings.Standing) -> bool:
    """Return whether every stage was passed on this text, or keeps its answers over a change."""
    named = False
    for stage in standing.stages_with_answers:
        if stage.status not in PASSED:
            return False
        digests = {one.content_digest for one in stage.decisions.all() if one.lapsed_at is None}
        digests |= {stage.overridden_digest} - {""}
        named = named or standing.digest in digests
        if digests - {standing.digest} and stage.definition.on_change not in KEEPING:
            return False
    # Some act must have named the very text that goes public.
    return named


def publish(standing: standings.Standing, *, by: Any) -> None:
    """Make the standing's revision the public one. Only the acts of this package call it."""
    page = standing.subject
    with passage.passage(page):
        # The decision is the authority, not a permission of whoever came last.
        standing.revision.publish(user=by, skip_permission_checks=True)
    trail.record(
        action="workflow.published",
        subject=page,
        by=by,
        payload=standings.reference_to_text(standing),
    )


def _summary(standing: standings.Standing) -> str:
    return "; ".join(
        f"{decision.participant_label}: {decision.get_answer_display()}"
        for stage in standing.stages_with_answers
        for decision in stage.decisions.all()
        if decision.lapsed_at is None
    )
