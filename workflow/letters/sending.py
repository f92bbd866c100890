"""The worker's part: letters and digests are put into envelopes and handed to the mail server."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils.translation import override

from cms.core import outbox
from workflow.access import may_see
from workflow.letters import writing
from workflow.letters.calls import LETTER, letter_to
from workflow.models import DigestLine


# Whether a letter went out cannot be asked of a mail server that did not answer.
@outbox.handler(LETTER, leased=True, on_unclear="ask")
def send(rows: Sequence[Any]) -> None:
    for row in rows:
        user = get_user_model()._default_manager.filter(pk=row.payload["user"]).first()
        if user is None or not user.is_active or not user.email:
            continue
        if "lines" in row.payload:
            _send_digest(row.payload["lines"], user)
            continue
        with override(settings.LANGUAGE_CODE):
            letter = letter_to(row.payload, user.pk)
            if letter is not None and may_see(user, letter.journey):
                writing.in_an_envelope(letter, user).send()


def _send_digest(numbers: Sequence[int], user: Any) -> None:
    """Write one letter of what this person may still see."""
    lines = DigestLine.objects.filter(pk__in=numbers, person=user).select_related("journey")
    readable = [line for line in lines if may_see(user, line.journey)]
    if readable:
        writing.daily(readable, user).send()
