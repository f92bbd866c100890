"""What home has sent: the mail that reports a barrier."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.core.models import OutboxRow
from cms.core.outbox import handler


@handler("home.barrier_report", leased=True)
def send_barrier_reports(rows: Sequence[OutboxRow]) -> None:
    """Send the reports, and forget each as soon as it is sent: the form promises so."""
    with override(settings.LANGUAGE_CODE):
        for row in rows:
            # Forgotten already: a crash came between the mail and the done-mark.
            if row.payload:
                _send(row.payload)
                OutboxRow.objects.filter(pk=row.pk).update(payload={})


def _send(report: dict[str, Any]) -> None:
    EmailMessage(
        subject=_("Report of a barrier"),
        body=_("Page: %(address)s\n\n%(description)s\n") % report,
        to=[settings.DEFAULT_FROM_EMAIL],
        reply_to=[report["reply_to"]] if report["reply_to"] else [],
    ).send()
