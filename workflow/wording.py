"""How we say it: the sentences for refusals, faults, states and the trail."""

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from workflow.rules.definition import Fault, Flaw
from workflow.rules.refusals import Refusal
from workflow.rules.states import Answer, JourneyStatus, StageStatus

REFUSALS: dict[Refusal, str | Promise] = {
    Refusal.NOT_RUNNING: _("This journey is not running any more."),
    Refusal.NOT_OPEN: _("This stage is not open now; somebody may have been faster."),
    Refusal.NOT_PARTICIPANT: _("You do not take part in this stage."),
    Refusal.IS_AUTHOR: _("You cannot decide on a text of your own."),
    Refusal.HAS_EDITED: _("You have worked on this text and cannot decide on it."),
    Refusal.ALREADY_DECIDED: _("This has been decided already, by you or by somebody before you."),
    Refusal.TEXT_HAS_CHANGED: _(
        "The text has changed since you opened the page. Please read the present text below and "
        "decide again. Your comment has been kept."
    ),
    Refusal.COMMENT_MISSING: _("Please say why; the author needs the reason."),
    Refusal.NO_SUCH_ANSWER: _("This stage does not know this answer."),
    Refusal.NO_RETURN_FROM_HERE: _("From this stage a text cannot be sent back."),
    Refusal.NOT_RETURNED: _("Only a text that was returned can be submitted again."),
    Refusal.MAY_NOT_SUBMIT: _("You may not submit this text."),
    Refusal.MAY_NOT_WITHDRAW: _("Only who submitted a text, or its author, can withdraw it."),
    Refusal.ALREADY_UNDER_WAY: _("This text is on its way through the stages already."),
    Refusal.NO_ROUTE: _("There is no route for this kind of text."),
    Refusal.NOBODY_CAN_DECIDE: _(
        "In the stage “%(stage)s” nobody can decide on this text: please add somebody who has not "
        "worked on it."
    ),
    Refusal.IS_SCHEDULED: _(
        "The text has dates for its publication. It is published by the last approval; please "
        "remove the dates."
    ),
    Refusal.IS_LOCKED: _("The text is before its approval and cannot be changed now."),
    Refusal.ONLY_BY_JOURNEY: _(
        "This text is published and changed by its journey only, not directly."
    ),
    Refusal.NOT_WHAT_WAS_APPROVED: _(
        "The text is not the one that was approved; it has not been published."
    ),
    Refusal.IS_LIVE: _("A published text can be neither deleted nor moved."),
    Refusal.HAS_HISTORY: _("This text has been decided on and stays on record."),
    Refusal.NO_ALIAS: _("There can be no alias of a text that has a journey of its own."),
    Refusal.SOURCE_MISSING: _("Please say where the text that is taken over comes from."),
    Refusal.NO_OVERRIDE_YET: _(
        "Overriding a journey is not possible. Withdraw the text or have the stage decided."
    ),
    Refusal.SHELL_IS_FIXED: _("Workflows are defined as routes and cannot be changed here."),
}

FAULTS: dict[Flaw, str | Promise] = {
    Flaw.WORD_MISSING: _("%(where)s: “%(word)s” is missing or empty."),
    Flaw.UNKNOWN_WORD: _("%(where)s: the word “%(word)s” is not known."),
    Flaw.NOT_A_VALUE: _("%(where)s: the value of “%(word)s” cannot be used."),
    Flaw.NO_STAGES: _("The route has no stages."),
    Flaw.STAGE_TWICE: _("The stage “%(where)s” occurs twice."),
    Flaw.NO_PARTICIPANTS: _("%(where)s: the stage has no participants, nobody could decide."),
    Flaw.UNKNOWN_PARTICIPANT: _("%(where)s: “%(word)s” is no participant that can be asked."),
    Flaw.BROKEN_COMPLETION: _("%(where)s: the completion rule breaks at “%(word)s”."),
    Flaw.UNDECIDABLE: _("%(where)s: nobody can agree in this stage; the route ends there."),
}

JOURNEY_STATUS: dict[JourneyStatus, str | Promise] = {
    JourneyStatus.RUNNING: pgettext_lazy("journey", "running"),
    JourneyStatus.RETURNED: pgettext_lazy("journey", "returned"),
    JourneyStatus.AGREED: pgettext_lazy("journey", "agreed"),
    JourneyStatus.REFUSED: pgettext_lazy("journey", "refused"),
    JourneyStatus.WITHDRAWN: pgettext_lazy("journey", "withdrawn"),
}

STAGE_STATUS: dict[StageStatus, str | Promise] = {
    StageStatus.WAITING: pgettext_lazy("journey", "not yet open"),
    StageStatus.OPEN: pgettext_lazy("journey", "open"),
    StageStatus.DONE: pgettext_lazy("journey", "done"),
    StageStatus.RETURNED: pgettext_lazy("journey", "returned"),
}

ANSWERS: dict[Answer, str | Promise] = {
    Answer.AGREED: pgettext_lazy("journey", "Agree"),
    Answer.OBJECTED: pgettext_lazy("journey", "Decline"),
}

ANSWERED: dict[Answer, str | Promise] = {
    Answer.AGREED: pgettext_lazy("journey", "agreed"),
    Answer.OBJECTED: pgettext_lazy("journey", "declined"),
}

ACTIONS: dict[str, str | Promise] = {
    "workflow.submitted": pgettext_lazy("journey", "submitted"),
    "workflow.resubmitted": pgettext_lazy("journey", "submitted again"),
    "workflow.stage_opened": pgettext_lazy("journey", "stage opened"),
    "workflow.stage_done": pgettext_lazy("journey", "stage completed"),
    "workflow.decided": pgettext_lazy("journey", "decided"),
    "workflow.decisions_lapsed": pgettext_lazy("journey", "decisions lapsed: the text was changed"),
    "workflow.returned": pgettext_lazy("journey", "returned to the author"),
    "workflow.agreed": pgettext_lazy("journey", "agreed"),
    "workflow.refused": pgettext_lazy("journey", "declined for good"),
    "workflow.withdrawn": pgettext_lazy("journey", "withdrawn"),
    "workflow.published": pgettext_lazy("journey", "published"),
    "workflow.taken_over": pgettext_lazy("journey", "taken over as it exists"),
}


def fault_sentence(fault: Fault) -> str:
    return str(FAULTS[fault.flaw]) % {"where": fault.where, "word": fault.word}


def not_readable(error: Exception) -> str:
    return gettext("The file cannot be read: %(reason)s") % {"reason": error}
