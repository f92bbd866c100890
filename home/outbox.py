"""What home has sent: the mail that reports a barrier."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.core.outbox import handler


@handler("home.barrier_report", leased=True)
def send_barrier_reports(rows: Sequence[Any]) -> None:
    with override(settings.LANGUAGE_CODE):
        for row in rows:
            EmailMessage(
                subject=_("Report of a barrier"),
                body=_("Page: %(address)s\n\n%(description)s\n") % row.payload,
                to=[settings.DEFAULT_FROM_EMAIL],
                reply_to=[row.payload["reply_to"]] if row.payload["reply_to"] else [],
            ).send()
