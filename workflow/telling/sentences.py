"""Every rule of a stage as a sentence that somebody can read who has never seen the file."""

from collections.abc import Iterator
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from workflow.rules.definition import (
    AUTHOR,
    FROM_THE_PAPER,
    Deadline,
    EscalationStep,
    Participant,
    RouteDefinition,
    StageDefinition,
)
from workflow.rules.states import (
    ADVISORY,
    LOCKING,
    SIGNED,
    Abstentions,
    Answer,
    Escalation,
    Exclusion,
    OnChange,
    OnReturn,
    StageKind,
    Votes,
)
from workflow.telling.completion import completion_in_words, enumerated, labels_in
from workflow.wording import AGREEING, ANSWERS, PARTICIPANT_KIND, STAGE_KIND

FROM_THE_PAPER_LABELS: dict[str, str | Promise] = {
    "parties": _("all parties of the paper"),
    "guests": _("the guests whom the paper names"),
}
EXCLUSIONS: dict[Exclusion, str | Promise] = {
    Exclusion.AUTHOR: _("Whoever wrote the text does not decide on it."),
    Exclusion.EDITORS: _(
        "Whoever changed the text since it was last published does not decide on it."
    ),
    Exclusion.SUBMITTER: _("Whoever submitted the text does not decide on it."),
    Exclusion.EARLIER: _("Whoever decided in an earlier stage does not decide again here."),
    Exclusion.SAME_ORGANISATION: _(
        "Whoever works in the same organisation as the authors does not decide here."
    ),
}
CHANGES: dict[OnChange, str | Promise] = {
    OnChange.LAPSE_ALL: _("When the text changes, all answers given here lapse."),
    OnChange.LAPSE_IF: _("Answers given here lapse only when one of these parts changes: %(of)s."),
    OnChange.ASK_CONFIRM: _(
        "When the text changes, answers given here lapse, and whoever gave them can confirm them "
        "in one step."
    ),
    OnChange.KEEP: _("When the text changes, answers given here stay valid."),
}
RETURNING: dict[OnReturn, str | Promise] = {
    OnReturn.AT_ONCE: _("Who sends the text back ends the stage at once."),
    OnReturn.COLLECT: _("When somebody sends the text back, the others still answer first."),
}
ABSTAINING: dict[Abstentions, str | Promise] = {
    Abstentions.IGNORE: _("Who abstains is not counted."),
    Abstentions.COUNT: _("Who abstains is counted as somebody who has not agreed."),
}
ESCALATING: dict[Escalation, str | Promise] = {
    Escalation.DEPUTIES: _("the deputies are asked"),
    Escalation.HEAD: _("%(head)s may answer in the participants' place"),
}

# The word of a definition, and the sentences it makes.
Said = tuple[str, str]


def sentences_of(stage: StageDefinition, route: RouteDefinition | None = None) -> Iterator[Said]:
    """Yield each rule of a stage: the definition's word for it, and its sentence.

    With the `route`, stages to which a text can be sent back are called by their labels.
    """
    yield "kind", _of_kind(stage)
    if stage.when is not None:
        condition = in_words(stage.when)
        yield (
            "when",
            gettext("The stage takes place only if %(condition)s.") % {"condition": condition},
        )
    everybody = enumerated([_participant(one) for one in stage.participants], gettext("and"))
    yield "participants", gettext("Asked are: %(everybody)s.") % {"everybody": everybody}
    yield "completion", completion_in_words(stage)
    if stage.veto:
        labels = labels_in(stage)
        names = enumerated([labels.get(name, name) for name in stage.veto], gettext("and"))
        yield (
            "veto",
            gettext("Without the agreement of %(names)s the stage fails.") % {"names": names},
        )
    yield "abstentions", str(ABSTAINING[stage.abstentions])
    answers = enumerated([_answer(word, stage) for word in stage.answers], gettext("or"))
    yield "answers", gettext("Possible answers: %(answers)s.") % {"answers": answers}
    for word in stage.exclude:
        yield "exclude", str(EXCLUSIONS[Exclusion(word)])
    yield from _of_returns(stage, route)
    yield from _of_votes(stage)
    fields = ", ".join(stage.lapse_fields)
    yield "on_change", str(CHANGES[stage.on_change]) % {"of": fields}
    yield from _of_time(stage)


def in_words(condition: Any) -> str:
    """Return a condition as a clause."""
    if "equals" in condition:
        field, value = condition["field"], condition["equals"]
        return gettext("“%(field)s” is “%(value)s”") % {"field": field, "value": value}
    ((word, body),) = condition.items()
    match word:
        case "all" | "any":
            joint = gettext("and") if word == "all" else gettext("or")
            return f"({enumerated([in_words(part) for part in body], joint)})"
        case "not":
            condition = in_words(body)
            return gettext("it is not so that %(condition)s") % {"condition": condition}
        case "has_guests":
            return gettext("the paper names guests")
        case "has_files":
            return gettext("files are attached to the paper")
        case "parties_at_least":
            return ngettext(
                "the paper has at least %(count)s party",
                "the paper has at least %(count)s parties",
                body,
            ) % {"count": body}
        case "party_kind":
            return gettext("a party of the kind “%(kind)s” takes part") % {"kind": body}
        case _:
            return gettext("“%(field)s” is filled in") % {"field": body}


def _of_kind(stage: StageDefinition) -> str:
    kind = str(STAGE_KIND[StageKind(stage.kind)])
    said = gettext("Kind of stage: %(kind)s.") % {"kind": kind}
    if stage.kind in LOCKING:
        said += " " + gettext("Nobody changes the text while it is open.")
    if stage.kind in ADVISORY:
        said += " " + gettext("What is said here is kept on record and stops nothing.")
    if stage.kind in SIGNED:
        said += " " + gettext("A deputy answers here only with the word that they may sign.")
    return said


def _of_returns(stage: StageDefinition, route: RouteDefinition | None) -> Iterator[Said]:
    if not stage.may_return_to:
        yield "may_return_to", gettext("From here the text cannot be sent back.")
        return
    names = []
    for key in stage.may_return_to:
        target = route.stage(key) if route else None
        label = target.label if target else key
        names.append(
            gettext("its author")
            if key == AUTHOR
            else gettext("the stage “%(label)s”") % {"label": label}
        )
    targets = enumerated(names, gettext("or"))
    yield (
        "may_return_to",
        gettext("The text can be sent back to %(targets)s.") % {"targets": targets},
    )
    yield "on_return", str(RETURNING[stage.on_return])


def _of_votes(stage: StageDefinition) -> Iterator[Said]:
    if stage.votes is Votes.BLIND:
        yield "votes", gettext("Nobody sees the others' answers before the stage is complete.")
    else:
        yield "votes", gettext("Participants see each other's answers.")
    if stage.bulk:
        yield "bulk", gettext("Several papers can be agreed on here at once.")
    else:
        yield "bulk", gettext("Each paper is decided on by itself.")


def _of_time(stage: StageDefinition) -> Iterator[Said]:
    if stage.deadline is None:
        yield "deadline", gettext("There is no deadline.")
        return
    time = duration(stage.deadline)
    yield (
        "deadline",
        gettext("The deadline is %(time)s after the stage has opened.") % {"time": time},
    )
    for days in stage.remind:
        yield (
            "remind",
            ngettext(
                "A reminder is sent %(days)s working day before.",
                "A reminder is sent %(days)s working days before.",
                days,
            )
            % {"days": days},
        )
    for step in stage.escalate:
        yield "escalate", _of_escalation(step, stage.head)
    if stage.head is not None:
        head = _participant(stage.head)
        yield "head", gettext("The head to whom the stage escalates: %(head)s.") % {"head": head}
    if stage.silence_is_consent:
        yield (
            "silence",
            gettext(
                "Who has not answered by then has consented by silence; this is put on record "
                "as such."
            ),
        )


def duration(deadline: Deadline) -> str:
    """Return "10 working days"."""
    if deadline.working_days:
        words = ngettext("%(count)s working day", "%(count)s working days", deadline.days)
    else:
        words = ngettext("%(count)s calendar day", "%(count)s calendar days", deadline.days)
    return words % {"count": deadline.days}


def _of_escalation(step: EscalationStep, head: Participant | None) -> str:
    what = str(ESCALATING[step.to]) % {"head": head["label"] if head else ""}
    if step.after == 0:
        return gettext("When the deadline has passed, %(what)s.") % {"what": what}
    return ngettext(
        "%(count)s working day after the deadline %(what)s.",
        "%(count)s working days after the deadline %(what)s.",
        step.after,
    ) % {"count": step.after, "what": what}


def _participant(participant: Participant) -> str:
    kind = participant["kind"]
    weight = participant.get("weight", 1)
    if kind in FROM_THE_PAPER:
        label = str(FROM_THE_PAPER_LABELS[kind])
    else:
        label = f"{participant['label']} ({PARTICIPANT_KIND[kind]})"
    if weight == 1:
        return label
    return gettext("%(label)s with the weight %(weight)s") % {"label": label, "weight": weight}


def _answer(word: str, stage: StageDefinition) -> str:
    narrower = AGREEING.get(StageKind(stage.kind)) if word == Answer.AGREED else None
    return gettext("“%(answer)s”") % {"answer": narrower or ANSWERS[Answer(word)]}
