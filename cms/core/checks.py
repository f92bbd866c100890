"""What the doctor looks at on the ground: database, outbox, trail."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core import doctor, due, night, outbox, trail
from cms.core.doctor import Finding
from cms.core.models import OutboxRow, TrailEntry
from cms.core.trail import heads, sealing
from cms.core.trail.faults import SENTENCES

# Older work than this means that no worker is running.
PATIENCE = timedelta(seconds=60)


def database() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return Finding(True, connection.vendor)


def outbox_age() -> Finding:
    waiting = OutboxRow.objects.due(timezone.now() - PATIENCE).count()
    failed = OutboxRow.objects.failed().count()
    if waiting:
        return Finding(
            False,
            _("%(count)d jobs have been waiting for more than a minute.") % {"count": waiting},
            _("Start a worker: celery -A cms worker -P solo -B"),
        )
    if failed:
        return Finding(
            False,
            _("%(count)d jobs were given up after several tries.") % {"count": failed},
            _("Read last_error in the table core_outboxrow, mend the cause, run the job again."),
        )
    return Finding(True, _("nothing overdue"))


def trail_holds() -> Finding:
    broken = trail.verify()
    if broken is None:
        return Finding(True, _("the chain holds"))
    return Finding(
        False,
        _("The chain breaks at entry %(number)d: %(reason)s.")
        % {"number": broken.sequence, "reason": SENTENCES[broken.reason]},
        _("Keep the database as it is and compare it with the last backup."),
    )


def trail_is_sealed() -> Finding:
    """Entries older than two hours must be under a head: sealing runs once an hour."""
    laid_down = heads.laid_down()
    sealed = laid_down[-1].size if laid_down else 0
    too_old = timezone.now() - 2 * sealing.EVERY
    if TrailEntry.objects.filter(sequence__gt=sealed, at__lt=too_old).exists():
        return Finding(
            False,
            _("Entry %(number)d is older than two hours and not sealed.") % {"number": sealed + 1},
            _("Is a worker with its timer running? Else look for trail.seal in its log."),
        )
    return Finding(True, _("sealed up to entry %(number)d") % {"number": sealed})


doctor.register("database", database)
doctor.register("outbox", outbox_age)
doctor.register("trail", trail_holds)
doctor.register("trail heads", trail_is_sealed)
due.register("trail.seal", sealing.seal)
due.register("outbox.clean_up", outbox.clean_up)
due.register("doctor", night.call_the_doctor)
