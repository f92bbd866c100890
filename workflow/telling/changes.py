"""What another version of a route changes, and what a played journey came to, in words."""

from collections.abc import Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from workflow.loading import in_toml
from workflow.rules.changes import Change, ChangeKind
from workflow.rules.simulation import EVERYBODY_ELSE, Play, PlayedStage, Unplayed, Vote
from workflow.rules.states import JourneyStatus, StageStatus
from workflow.wording import ANSWERED, STAGE_STATUS

STAGES: dict[ChangeKind, str | Promise] = {
    ChangeKind.ADDED: _("The stage “%(stage)s” is new, in place %(after)s."),
    ChangeKind.REMOVED: _("The stage “%(stage)s” is gone."),
    ChangeKind.MOVED: _("The stage “%(stage)s” moves from place %(before)s to %(after)s."),
}
WORDS: dict[ChangeKind, str | Promise] = {
    ChangeKind.ADDED: _("%(where)s: “%(word)s” is new: %(after)s"),
    ChangeKind.REMOVED: _("%(where)s: “%(word)s” is gone; it was %(before)s"),
    ChangeKind.CHANGED: _("%(where)s: “%(word)s” was %(before)s and is now %(after)s"),
}
UNPLAYED: dict[Unplayed, str | Promise] = {
    Unplayed.NOT_NEEDED: _("the stage was passed already"),
    Unplayed.NOT_RUNNING: _("the journey was at its end already"),
    Unplayed.NOT_OPEN: _("the stage was not open"),
    Unplayed.NOT_PARTICIPANT: _("they do not take part in the stage"),
    Unplayed.ALREADY_DECIDED: _("they had answered already"),
    Unplayed.NO_SUCH_ANSWER: _("the stage does not know this answer"),
    Unplayed.NO_RETURN_FROM_HERE: _("from there the text cannot be sent back to this place"),
    Unplayed.NO_SILENCE: _("silence is no consent in this stage"),
}
ENDS: dict[JourneyStatus, str | Promise] = {
    JourneyStatus.RUNNING: _("The journey is still running: it waits in the stage “%(stage)s”."),
    JourneyStatus.RETURNED: _("The text is back with its author."),
    JourneyStatus.AGREED: _("The text is agreed on; this version of it is published."),
    JourneyStatus.REFUSED: _("The text is declined; the journey has ended."),
}


def sentence_of(change: Change) -> str:
    before = "" if change.before is None else in_toml(change.before)
    after = "" if change.after is None else in_toml(change.after)
    said = WORDS[change.kind] if change.word else STAGES[change.kind]
    return str(said) % {
        "where": change.stage or gettext("Route"),
        "stage": change.stage,
        "word": change.word,
        "before": before,
        "after": after,
    }


def end_of(played: Play) -> str:
    """Return what a played journey came to."""
    stage = played.open_stage
    return str(ENDS[played.status]) % {"stage": stage.definition.label if stage else ""}


def story_of(played: Play, labels: Mapping[str, str]) -> Iterator[str]:
    """Yield a line for each stage, with the answers that were given in it."""
    for stage in played.stages:
        state = STAGE_STATUS[StageStatus(stage.status)]
        answers = [
            f"{labels.get(name, name)}: {ANSWERED[answer]}"
            for name, answer in stage.answers.items()
        ]
        waiting = _waited_for(stage, labels)
        said = "; ".join([*answers, *waiting])
        yield f"{stage.definition.label}: {state}" + (f" ({said})" if said else "")


def why_without_effect(vote: Vote, why: Unplayed, labels: Mapping[str, str]) -> str:
    name = labels.get(vote.participant, vote.participant)
    if vote.participant == EVERYBODY_ELSE:
        name = gettext("silence")
    return gettext("The answer of %(name)s in “%(stage)s” has no effect: %(why)s.") % {
        "name": name,
        "stage": vote.stage,
        "why": UNPLAYED[why],
    }


def _waited_for(stage: PlayedStage, labels: Mapping[str, str]) -> list[str]:
    if stage.status is not StageStatus.OPEN:
        return []
    names = ", ".join(labels.get(name, name) for name in stage.open_participants)
    return [gettext("waited for: %(names)s") % {"names": names}] if names else []
