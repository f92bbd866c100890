"""Once a night the doctor looks at everything, and tells the administrators what is not well."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.utils import timezone
from django.utils.translation import gettext, override

from cms.core import doctor, outbox
from cms.core.doctor import Finding
from cms.core.models import OutboxRow

log = logging.getLogger("umlauf.doctor")

KIND = "core.doctor"
# Hour of the day; who sleeps through it is examined on waking.
HOUR = 3


def call_the_doctor(now: datetime) -> int:
    """Note tonight's examination; return 1, or 0 where it has been noted or is to come."""
    return once(KIND, now)


def once(kind: str, now: datetime) -> int:
    """Put a kind of work into the outbox once a night; return 1, or 0 where it is there or
    is to come. Two timers may do so in the same minute: handlers bear repetition."""
    local = timezone.localtime(now)
    key = local.date().isoformat()
    if local.hour < HOUR or OutboxRow.objects.filter(kind=kind, key=key).exists():
        return 0
    outbox.put(kind, key)
    return 1


# The same letter twice does no harm.
@outbox.handler(KIND, leased=True)
def examine(rows: Sequence[OutboxRow]) -> None:
    for row in rows:
        # Two timers may have called in the same minute.
        if OutboxRow.objects.filter(kind=KIND, key=row.key, pk__lt=row.pk).exists():
            continue
        with override(settings.LANGUAGE_CODE):
            found = {name: one for name, one in doctor.examine().items() if not one.ok}
            for name, one in found.items():
                log.error("%s: %s", name, one.message)
            to = administrators()
            if found and to:
                letter(found, to).send()


def administrators() -> list[str]:
    users = get_user_model()._default_manager.filter(is_superuser=True, is_active=True)
    return sorted(filter(None, users.values_list("email", flat=True)))


def letter(found: Mapping[str, Finding], to: list[str]) -> EmailMessage:
    lines = [gettext("Last night's examination found what needs attention:"), ""]
    for name, one in found.items():
        lines.append(f"- {name}: {one.message}")
        if one.remedy:
            lines.append(f"  {one.remedy}")
    lines += ["", gettext("To look again: manage.py doctor")]
    return EmailMessage(
        subject=gettext("[Attention] %(parts)s") % {"parts": ", ".join(found)},
        body="\n".join(lines) + "\n",
        to=to,
    )
