"""The shell: Wagtail's workflow wears a journey, and decides nothing itself.

Each kind of paper has one Wagtail workflow with one task of the one type below.
Starting the task submits the paper; every decision goes through our actions.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.locks import WorkflowLock
from wagtail.models import Task, TaskState, WorkflowState
from wagtail.signals import task_submitted

from workflow.models.journey import Journey


class JourneyLock(WorkflowLock):
    """Nobody edits while an approval is open, not even who approves."""

    def for_user(self, user: Any) -> bool:
        return True

    def get_message(self, user: Any) -> str:
        return gettext(
            "This text is before its approval and cannot be changed now. "
            "Withdraw it or have it returned to go on editing."
        )

    def get_locked_by(self, user: Any, can_lock: bool = False) -> str:
        return gettext("Locked for approval")

    def get_description(self, user: Any, can_lock: bool = False) -> str:
        return gettext("Nobody can edit a text while its approval is open")


class JourneyTask(Task):
    kind = models.SlugField(_("kind of paper"), max_length=60, unique=True)

    admin_form_fields: list[str] = []
    lock_class = JourneyLock

    class Meta:
        verbose_name = _("journey")
        verbose_name_plural = _("journeys")

    @classmethod
    def get_task_state_class(cls) -> type[TaskState]:
        return JourneyTaskState

    @transaction.atomic
    def start(self, workflow_state: WorkflowState, user: Any = None) -> TaskState:
        """Put the paper on its way; Wagtail calls this on submission and resubmission."""
        from workflow.actions.submission import begin_or_resume

        page = workflow_state.content_object.specific
        journey = begin_or_resume(
            page=page, by=user, journey=JourneyTaskState.journey_to_resume(workflow_state)
        )
        state = JourneyTaskState(
            workflow_state=workflow_state,
            task=self,
            revision=page.get_latest_revision(),
            journey=journey,
        )
        state.save()
        task_submitted.send(sender=JourneyTaskState, instance=state, user=user)
        return state

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> None:
        # Nothing that a client can post here names the text it was said of.
        raise PermissionDenied("Decisions are given on the journey's own page.")

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        return obj.specific.refusal_to_edit() is not None

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        return []

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        from workflow.eligibility import open_to

        # Asked once for each kind of paper: most kinds have nothing on its way.
        under_way = Journey.objects.under_way().filter(kind=self.kind)
        if not user.is_active or not under_way.exists():
            return TaskState.objects.none()
        states = JourneyTaskState.objects.filter(
            task_id=self.pk, journey__in=open_to(user).values("journey")
        )
        return TaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS, pk__in=states.values("pk")
        )

    def deactivate(self, user: Any = None) -> None:
        # Wagtail would finish running workflows, that is, publish their papers.
        raise PermissionDenied("The task that wears the journeys cannot be switched off.")


class JourneyTaskState(TaskState):
    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="shells")

    class Meta:
        verbose_name = _("state of a journey")
        verbose_name_plural = _("states of journeys")

    @classmethod
    def journey_to_resume(cls, workflow_state: WorkflowState) -> Journey | None:
        """Return the journey that this workflow wore before, if any."""
        worn = cls.objects.filter(workflow_state=workflow_state).order_by("-pk")
        state = worn.select_related("journey").first()
        return state.journey if state else None
