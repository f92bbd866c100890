"""What we listen to: Wagtail's signals, and the end of a migration."""

from typing import Any

from django.apps import AppConfig
from django.core.exceptions import PermissionDenied
from django.db.models.signals import post_migrate, pre_delete
from wagtail.models import Page
from wagtail.signals import pre_page_move, workflow_cancelled

from cms.core import doctor, refusals
from workflow.errors import JourneyRefused
from workflow.governed import GovernedPage
from workflow.rules.states import UNDER_WAY


def connect(config: AppConfig) -> None:
    from workflow import health, mail, timekeeping, wording  # noqa: F401  (the mail's handler registers itself)

    refusals.register(wording.REFUSALS)
    doctor.register("journeys", health.examine)
    timekeeping.connect()
    post_migrate.connect(lay_foundations, sender=config)
    pre_delete.connect(refuse_to_delete)
    pre_page_move.connect(refuse_to_move)
    workflow_cancelled.connect(withdraw_with_the_shell)
    silence_wagtails_letters()


def silence_wagtails_letters() -> None:
    """Who has something to do hears from us, after the commit and through the outbox.

    Wagtail would write to every superuser, from inside the transaction. Its
    handlers may be connected after us, so they are told that nothing is theirs.
    """
    from wagtail.admin import signal_handlers as wagtails

    for notifier in (
        wagtails.workflow_submission_email_notifier,
        wagtails.workflow_approval_email_notifier,
        wagtails.workflow_rejection_email_notifier,
        wagtails.task_submission_email_notifier,
    ):
        notifier.valid_classes = ()


def lay_foundations(**kwargs: Any) -> None:
    """After every migration: the shells and the shipped routes that are missing."""
    from workflow.loading import load_shipped_routes
    from workflow.shell import ensure_shells

    ensure_shells()
    load_shipped_routes(only_missing=True)


def refuse_to_delete(sender: type, instance: Any, **kwargs: Any) -> None:
    """Also reached when a page goes down with its ancestor or with a queryset."""
    if isinstance(instance, GovernedPage) and (refusal := instance.refusal_to_delete()):
        raise JourneyRefused(refusal)


def refuse_to_move(
    instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs: Any
) -> None:
    page = instance.specific
    if parent_page_before == parent_page_after or not isinstance(page, GovernedPage):
        return
    if refusal := page.refusal_to_move():
        raise JourneyRefused(refusal)


def withdraw_with_the_shell(instance: Any, user: Any = None, **kwargs: Any) -> None:
    """Code that cancels Wagtail's workflow takes the journey with it, or is refused."""
    from workflow.actions.withdrawal import withdraw_worn
    from workflow.models import JourneyTaskState

    journey = JourneyTaskState.journey_to_resume(instance)
    if journey is None or getattr(instance, "journey_has_ended", False):
        return
    if journey.status not in UNDER_WAY:
        raise PermissionDenied("The journey has ended already.")
    withdraw_worn(journey, by=user)
