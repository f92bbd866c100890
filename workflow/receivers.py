"""What we listen to: Wagtail's signals, and the end of a migration."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_delete, pre_save
from wagtail.models import Page, WorkflowState
from wagtail.signals import pre_page_move

from cms.core import doctor, refusals
from workflow.errors import JourneyRefused
from workflow.governed import GovernedPage
from workflow.rules.refusals import Refusal


def connect(config: AppConfig) -> None:
    # The mail's handlers register themselves.
    from workflow import health, signals, timekeeping, wording
    from workflow.letters import guests as guest_mail

    refusals.register(wording.REFUSALS)
    doctor.register("journeys", health.examine)
    doctor.register("routes", health.examine_routes)
    timekeeping.connect()
    post_migrate.connect(lay_foundations, sender=config)
    pre_delete.connect(refuse_to_delete)
    pre_page_move.connect(refuse_to_move)
    pre_save.connect(refuse_to_cancel_the_shell, sender=WorkflowState)
    signals.stage_opened.connect(guest_mail.write_to_guests)
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
    """After every migration: the shells and the shipped routes that are missing.

    A fresh database has no people yet; the doctor says behind which of a route's
    participants nobody stands.
    """
    from workflow.loading import load_shipped_routes
    from workflow.shell import ensure_shells

    ensure_shells()
    load_shipped_routes(only_missing=True, even_if_nobody=True)


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


def refuse_to_cancel_the_shell(instance: WorkflowState, **kwargs: Any) -> None:
    """Wagtail cancels without the locks that votes take: the journey does it, or nobody."""
    from workflow.models import JourneyTaskState

    if instance.status != instance.STATUS_CANCELLED or instance.pk is None:
        return
    if getattr(instance, "cancelled_by_journey", False):
        return
    if JourneyTaskState.journey_to_resume(instance) is not None:
        raise JourneyRefused(Refusal.ONLY_BY_JOURNEY)
