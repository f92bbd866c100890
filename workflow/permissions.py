"""Wagtail's own screens for workflows and tasks are switched off: routes are data."""

from typing import Any

from wagtail.models import Task, Workflow
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy


class ClosedPolicy(ModelPermissionPolicy):
    """Nobody adds, changes or deletes through the admin, administrators included."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return False

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return False


def close_the_workflow_screens() -> None:
    for model in (Workflow, Task):
        register_permission_policy(model, ClosedPolicy(model))
