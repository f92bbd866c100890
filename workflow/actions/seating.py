"""Who takes part in a stage: seats laid out from its rule and from the text it is about."""

from collections.abc import Iterator
from typing import Any

from django.db.models import FilteredRelation, Q
from django.utils import timezone

from workflow import subjects
from workflow.models import Participant, Stage
from workflow.models.journey import snapshot
from workflow.rules.completion import Outcome
from workflow.rules.definition import StageDefinition
from workflow.rules.states import Answer, ParticipantKind

Wanted = tuple[str, str]


def lay_seats(stage: Stage, text: Any) -> None:
    """Bring the stage's participants in step with its rule and the present text.

    Who is named no more keeps their place on record and has no say any longer.
    """
    wanted = {
        (kind, key): (label, weight)
        for kind, key, label, weight in named_in(stage.definition, text)
    }
    present = {(one.kind, one.key): one for one in stage.participants.filter(is_head=False)}
    Participant.objects.bulk_create(
        Participant(stage=stage, kind=kind, key=key, label=snapshot(label), weight=weight)
        for (kind, key), (label, weight) in wanted.items()
        if (kind, key) not in present
    )
    invited = {pair for pair, one in present.items() if one.invited_by_id is not None}
    stays = wanted.keys() | invited
    gone = [one.pk for pair, one in present.items() if pair not in stays and one.gone_at is None]
    back = [one.pk for pair, one in present.items() if pair in wanted and one.gone_at is not None]
    if gone:
        Participant.objects.filter(pk__in=gone).update(gone_at=timezone.now())
    if back:
        Participant.objects.filter(pk__in=back).update(gone_at=None)


def named_in(definition: StageDefinition, text: Any) -> Iterator[tuple[str, str, str, int]]:
    """Yield kind, key, label and weight of everybody whom a stage asks about a text."""
    for participant in definition.participants:
        weight = participant.get("weight", 1)
        match participant["kind"]:
            case "parties":
                for party in subjects.parties_in(text):
                    key = f"{party.kind}:{party.key}"
                    yield ParticipantKind.PARTY.value, key, party.label, party.weight * weight
            case "guests":
                for guest in subjects.guests_in(text):
                    yield ParticipantKind.GUEST.value, guest.mail.lower(), guest.name, weight
            case kind:
                yield kind, participant["key"], participant["label"], weight


def count(stage: Stage) -> Outcome:
    """Return what the answers that hold come to; raises BrokenRule when nobody is left to ask."""
    present = stage.participants.filter(gone_at=None, is_head=False).annotate(
        holding=FilteredRelation("decisions", condition=Q(decisions__lapsed_at=None))
    )
    weights: dict[str, int] = {}
    answers: dict[str, Answer] = {}
    for kind, key, weight, answer in present.values_list(
        "kind", "key", "weight", "holding__answer"
    ):
        weights[f"{kind}:{key}"] = weight
        if answer is not None:
            answers[f"{kind}:{key}"] = Answer(answer)
    return stage.definition.ballot(tuple(weights), weights).outcome(answers)
