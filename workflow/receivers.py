"""What we listen to: Wagtail's signals, and the end of a migration."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_delete, pre_save
from wagtail.models import Page, PageViewRestriction, WorkflowState
from wagtail.signals import pre_page_move

from cms.core import doctor, refusals


def connect(config: AppConfig) -> None:
    # The mail's handlers register themselves.
    from workflow import guards, health, publications, signals, timekeeping, wording
    from workflow.letters import guests as guest_mail

    refusals.register(wording.REFUSALS)
    doctor.register("journeys", health.examine)
    doctor.register("routes", health.examine_routes)
    doctor.register("publications", publications.examine)
    timekeeping.connect()
    post_migrate.connect(lay_foundations, sender=config)
    pre_delete.connect(guards.refuse_to_delete)
    pre_page_move.connect(guards.refuse_to_move)
    pre_save.connect(guards.refuse_to_save_as_plain_page, sender=Page)
    pre_save.connect(guards.refuse_to_cancel_the_shell, sender=WorkflowState)
    for signal in (pre_save, pre_delete):
        signal.connect(guards.refuse_to_restrict, sender=PageViewRestriction)
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
