"""What Wagtail's workflow calls, and the workflows it needs.

Wagtail imports this module while its own models are being made: nothing from
wagtail.models at the top.
"""

from typing import Any


def finish(workflow_state: Any, user: Any = None) -> None:
    """Publish exactly the approved text, or refuse (WAGTAIL_FINISH_WORKFLOW_ACTION)."""
    from workflow.actions.publication import publish_agreed
    from workflow.actions.standing import stand
    from workflow.errors import JourneyRefused
    from workflow.models import JourneyTaskState
    from workflow.rules.refusals import Refusal

    standing = getattr(workflow_state, "journey_standing", None)
    if standing is None:
        journey = JourneyTaskState.journey_to_resume(workflow_state)
        if journey is None:
            raise JourneyRefused(Refusal.ONLY_BY_JOURNEY)
        standing = stand(journey)
    publish_agreed(standing, by=user)


def ensure_shells() -> None:
    """Give each registered kind its one workflow with its one task; idempotent.

    Wagtail's own "Moderators approval" goes: it would publish on one nod.
    """
    from django.conf import settings
    from django.utils.translation import override
    from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

    from workflow import subjects
    from workflow.models import JourneyTask

    for task in GroupApprovalTask.objects.filter(task_states=None):
        Workflow.objects.filter(workflow_tasks__task=task, workflow_states=None).delete()
        task.delete()
    for kind in subjects.kinds():
        with override(settings.LANGUAGE_CODE):
            label = subjects.label_of(kind)
        task, _ = JourneyTask.objects.get_or_create(kind=kind, defaults={"name": label})
        if not WorkflowTask.objects.filter(task=task).exists():
            workflow = Workflow.objects.create(name=label)
            WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
