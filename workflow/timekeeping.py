"""The timer's part: what it runs for journeys, and what the doctor says when nobody runs it."""

from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms.core import doctor, due
from cms.core.doctor import Finding
from workflow.actions import timing
from workflow.models import Appointment

# The timer calls once a minute; an hour is no hiccup any more.
MOST_DELAY = timedelta(hours=1)


def connect() -> None:
    due.register("workflow.appointments", timing.keep_appointments)
    due.register("workflow.follow_ups", timing.send_follow_ups)
    doctor.register("appointments", examine)


def examine() -> Finding:
    waiting = Appointment.objects.filter(done_at=None)
    late = waiting.filter(due_at__lt=timezone.now() - MOST_DELAY)
    if (number := late.count()) and (first := late.first()):
        return Finding(
            False,
            _(
                "%(count)d reminders, escalations or silences are overdue by more than an hour, "
                "the first since %(since)s (%(first)s)."
            )
            % {
                "count": number,
                "since": date_format(timezone.localtime(first.due_at), "SHORT_DATETIME_FORMAT"),
                "first": first,
            },
            _("Let the timer call manage.py run_due every minute; what fails there is in its log."),
        )
    return Finding(
        True, _("%(count)d appointments ahead, none overdue") % {"count": waiting.count()}
    )
