"""The worker's part: letters and digests are put into envelopes and handed to the mail server."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils.translation import override

from cms.core import outbox
from workflow.access import may_see
from workflow.calling import called_to
from workflow.letters import writing
from workflow.letters.calls import LETTER, letter_to
from workflow.models import DigestLine, Stage
from workflow.rules.letters import LetterKind
from workflow.rules.states import JourneyStatus, StageStatus

# Lines of these kinds ask for something that may have been done meanwhile.
ON_OPEN_STAGES = frozenset({LetterKind.TASK.value, LetterKind.REMINDER.value})


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
    """Write one letter of what this person may still see, and still has to do."""
    lines = DigestLine.objects.filter(pk__in=numbers, person=user).select_related("journey")
    readable = [line for line in lines if may_see(user, line.journey)]
    readable = _without_what_is_done(readable, user)
    if readable:
        writing.daily(readable, user).send()


def _without_what_is_done(lines: Sequence[DigestLine], user: Any) -> list[DigestLine]:
    """Leave out tasks and reminders where this person's answer is not waited for any more."""
    stages = Stage.objects.filter(
        journey__in={line.journey_id for line in lines if line.kind in ON_OPEN_STAGES},
        journey__status=JourneyStatus.RUNNING.value,
        status=StageStatus.OPEN.value,
    )
    calls = called_to(stages.select_related("journey"))
    waiting = {
        stage.journey_id: stage.opened_at
        for stage in stages
        if any(call.person == user.pk for call in calls[stage.pk])
    }
    return [
        line
        for line in lines
        if line.kind not in ON_OPEN_STAGES
        # What was noted before the stage opened is about an earlier one.
        or ((opened_at := waiting.get(line.journey_id)) and opened_at <= line.noted_at)
    ]
