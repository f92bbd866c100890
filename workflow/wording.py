"""How we say it: the sentences for refusals, faults, states and the trail."""

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from workflow.rules.faults import Fault, Flaw
from workflow.rules.guests import GuestState
from workflow.rules.letters import LetterKind, Pace
from workflow.rules.refusals import Refusal
from workflow.rules.states import (
    Answer,
    Channel,
    JourneyStatus,
    Override,
    ParticipantKind,
    PointState,
    StageKind,
    StageStatus,
)
from workflow.rules.timing import AppointmentKind, FollowUpKind

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
    Refusal.AUDIENCE_WAS_DECIDED: _(
        "Who may see a published text was decided with it. Change the audience in a new version "
        "and submit that."
    ),
    Refusal.HAS_HISTORY: _("This text has been decided on and stays on record."),
    Refusal.NO_ALIAS: _("There can be no alias of a text that has a journey of its own."),
    Refusal.SOURCE_MISSING: _("Please say where the text that is taken over comes from."),
    Refusal.IS_SUBMITTER: _("You have submitted this text and cannot decide on it."),
    Refusal.DECIDED_EARLIER: _(
        "You have decided in an earlier stage; here somebody else looks at the text."
    ),
    Refusal.SAME_ORGANISATION: _(
        "You work in the same organisation as who wrote the text and cannot decide on it."
    ),
    Refusal.PRINCIPAL_EXCLUDED: _(
        "The person in whose place you would answer may not decide on this text."
    ),
    Refusal.MAY_NOT_SIGN: _("Your deputyship does not include signing."),
    Refusal.POINTS_OPEN: _(
        "Some points of the return are still open. Please say of each what was done; nothing that "
        "you have written is lost."
    ),
    Refusal.REASON_MISSING: _("Please give a reason; it goes on record and to all participants."),
    Refusal.NOT_IN_BULK: _("This stage has to be decided paper by paper."),
    Refusal.NOTHING_TO_CONFIRM: _("There is no earlier answer of yours that could be confirmed."),
    Refusal.ONLY_ADMINISTRATORS: _("Only the administration can do this."),
    Refusal.NOT_PUBLIC: _("This text is not public."),
    Refusal.NO_SUCH_MAPPING: _(
        "The journey cannot be moved like this: every stage that was gone through needs a stage of "
        "the new version."
    ),
    Refusal.DEPUTY_OF_ONESELF: _("Nobody can be their own deputy."),
    Refusal.DEPUTY_IN_A_CIRCLE: _(
        "This would close a circle of deputies, and in the end nobody would answer."
    ),
    Refusal.DEPUTY_ENDS_BEFORE: _("The deputyship ends before it starts."),
    Refusal.DEPUTY_NOT_YOURS: _("You can appoint deputies for yourself only."),
    Refusal.LINK_INVALID: _("This link is not valid any more. Please ask for a new one."),
    Refusal.LINK_EXPIRED: _("This link has expired. Please ask for a new one."),
    Refusal.CODE_WRONG: _("This code is not the one we sent. Please look again."),
    Refusal.CODE_TOO_OFTEN: _("Too many attempts. Please ask for a new link."),
    Refusal.CODE_EXPIRED: _("This code is not valid any more. Please ask for a new one."),
    Refusal.TOO_MANY_TRIES: _(
        "Too many attempts from your connection. Please wait a quarter of an hour; nothing is lost."
    ),
    Refusal.SILENCE_COUNTED: _(
        "The time for an answer has run out. In this stage silence counts as consent, and it has "
        "been recorded as such."
    ),
    Refusal.GUESTS_NOT_ASKED: _("This stage asks no guests."),
    Refusal.GUEST_NOT_YOURS_TO_INVITE: _(
        "Only who may submit this text, or takes part in the stage, can ask guests."
    ),
    Refusal.GUEST_ADDRESS_MISSING: _("Please give a name and a complete e-mail address."),
    Refusal.GUEST_ASKED_ALREADY: _(
        "This person has been asked already. You can send the link again."
    ),
    Refusal.GUEST_HAS_A_SEAT: _(
        "An account with this address takes part in the stage already and answers there."
    ),
    Refusal.GUEST_NOT_YOURS: _(
        "Only who asked this guest, who submitted the text, or the administration can do this."
    ),
    Refusal.GUEST_NOT_WAITED_FOR: _(
        "Your answer is not waited for at the moment. If it is your turn again, you get a new link."
    ),
    Refusal.GUEST_TEXT_CHANGED: _(
        "The text has been changed since we wrote to you, and an answer holds for one text only. "
        "For the present text there is a new link."
    ),
    Refusal.SHELL_IS_FIXED: _("Workflows are defined as routes and cannot be changed here."),
    Refusal.NO_WORKING_DAY: _(
        "The calendar has no working day within two months, so that no deadline can be counted. "
        "Please tell the administration; nothing has been changed."
    ),
    Refusal.FOLLOW_UP_IN_THE_PAST: _(
        "The day of this follow-up has passed already. Please choose another; nothing has been "
        "changed."
    ),
    Refusal.FOLLOW_UP_DAY_MISSING: _("Please choose the day of the follow-up."),
    Refusal.FOLLOW_UP_NO_DEADLINE: _(
        "This journey has ended and has no deadline any more. Please choose a day of your own."
    ),
    Refusal.FOLLOW_UP_TWICE: _("You have noted this follow-up already; it stands as it was."),
    Refusal.FOLLOW_UP_NOT_YOURS: _("This follow-up is not yours, or you may not see the paper."),
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
    Flaw.PARTICIPANT_TWICE: _("%(where)s: “%(word)s” takes part twice."),
    Flaw.BROKEN_CONDITION: _("%(where)s: the condition breaks at “%(word)s”."),
    Flaw.ALL_CONDITIONAL: _(
        "Every stage has a condition: a text could go public with nobody having approved it."
    ),
    Flaw.RETURN_LEADS_FORWARD: _(
        "%(where)s: “%(word)s” is no earlier stage, a text cannot be sent back there."
    ),
    Flaw.NEEDS_DEADLINE: _(
        "%(where)s: reminders, escalation and silence need a deadline to count from."
    ),
    Flaw.NEEDS_HEAD: _("%(where)s: who is the head that the stage escalates to?"),
    Flaw.NOT_A_KEY: _(
        "%(where)s: “%(word)s” has to be a short key of its own, of letters, digits, “-” and “_”."
    ),
    Flaw.TOO_MUCH: _("%(where)s: “%(word)s” is too long."),
    Flaw.UNKNOWN_SUBJECT: _("There is no kind of paper “%(word)s” here."),
    Flaw.UNKNOWN_HERE: _("%(where)s: “%(word)s” does not exist here."),
    Flaw.NOBODY_BEHIND: _("%(where)s: nobody stands behind “%(word)s”, nobody could decide."),
    Flaw.NOT_BROUGHT_ALONG: _("%(where)s: papers of this kind bring no “%(word)s” along."),
    Flaw.SILENCE_OVER_HOLIDAYS: _(
        "%(where)s: silence counts as consent after %(word)s calendar days. Over holidays they can "
        "run out without a single working day; working days would not."
    ),
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
    StageStatus.SKIPPED: pgettext_lazy("journey", "left out"),
    StageStatus.OVERRIDDEN: pgettext_lazy("journey", "passed by the administration"),
    StageStatus.BROKEN_OFF: pgettext_lazy("journey", "broken off"),
    StageStatus.DROPPED: pgettext_lazy("journey", "dropped from the route"),
}

STAGE_KIND: dict[StageKind, str | Promise] = {
    StageKind.REVIEW: _("review"),
    StageKind.APPROVAL: _("approval"),
    StageKind.OPINION: _("opinion"),
    StageKind.CO_SIGNATURE: _("co-signature"),
    StageKind.FINAL_SIGN_OFF: _("final sign-off"),
    StageKind.ACKNOWLEDGEMENT: _("acknowledgement"),
    StageKind.CHECK: _("check"),
    StageKind.SIGNING: _("signing"),
}

PARTICIPANT_KIND: dict[ParticipantKind, str | Promise] = {
    ParticipantKind.PERSON: _("person"),
    ParticipantKind.GROUP: _("group"),
    ParticipantKind.ROLE: _("role in an organisation"),
    ParticipantKind.PARTY: _("party"),
    ParticipantKind.GUEST: _("guest"),
}

CHANNEL: dict[Channel, str | Promise] = {
    Channel.DESK: _("at the desk"),
    Channel.BULK: _("together with others"),
    Channel.GUEST_LINK: _("by a personal link"),
    Channel.SILENCE: _("by silence"),
}

GUEST_STATE: dict[GuestState, str | Promise] = {
    GuestState.TO_BE_ASKED: pgettext_lazy("guest", "no link sent yet"),
    GuestState.LINK_SENT: pgettext_lazy("guest", "link sent"),
    GuestState.REVOKED: pgettext_lazy("guest", "link revoked"),
    GuestState.EXPIRED: pgettext_lazy("guest", "link expired"),
    GuestState.ANSWERED: pgettext_lazy("guest", "has answered"),
}

POINT_STATE: dict[PointState, str | Promise] = {
    PointState.OPEN: pgettext_lazy("point", "open"),
    PointState.DONE: pgettext_lazy("point", "done"),
    PointState.NOT_FOLLOWED: pgettext_lazy("point", "not followed"),
}

OVERRIDES: dict[Override, str | Promise] = {
    Override.PASS_STAGE: _("let the journey pass the stage"),
    Override.END_JOURNEY: _("end the journey without a result"),
    Override.TAKE_OFFLINE: _("take the text offline"),
}

APPOINTMENT_KIND: dict[AppointmentKind, str | Promise] = {
    AppointmentKind.REMINDER: _("reminder"),
    AppointmentKind.DEPUTIES: _("escalation to the deputies"),
    AppointmentKind.HEAD: _("escalation to the head"),
    AppointmentKind.SILENCE: _("consent by silence"),
}

FOLLOW_UP_KIND: dict[FollowUpKind, str | Promise] = {
    FollowUpKind.SAME_DAY: _("on the day of the deadline"),
    FollowUpKind.DAY_BEFORE: _("one working day before the deadline"),
    FollowUpKind.WEEK_BEFORE: _("one week before the deadline"),
    FollowUpKind.BEGINNING_OF_WEEK: _("at the beginning of the deadline's week"),
    FollowUpKind.ON_DATE: _("on a day of my choice"),
}

LETTER_KIND: dict[LetterKind, str | Promise] = {
    LetterKind.TASK: _("something waits for me"),
    LetterKind.REMINDER: _("reminder of a deadline"),
    LetterKind.OUTCOME: _("what became of my text"),
    LetterKind.CHANGE: _("a text I decided on was changed"),
    LetterKind.NOTICE: _("the administration acted in my place"),
    LetterKind.FOLLOW_UP: _("my own follow-ups"),
}

PACE: dict[Pace, str | Promise] = {
    Pace.AT_ONCE: _("at once"),
    Pace.DAILY: _("once a day, together"),
    Pace.NEVER: _("not at all"),
}

ANSWERS: dict[Answer, str | Promise] = {
    Answer.AGREED: pgettext_lazy("journey", "Agree"),
    Answer.AGREED_WITH_REMARKS: pgettext_lazy("journey", "Agree with remarks"),
    Answer.ABSTAINED: pgettext_lazy("journey", "Abstain"),
    Answer.NOT_RESPONSIBLE: pgettext_lazy("journey", "Not responsible"),
    Answer.OBJECTED: pgettext_lazy("journey", "Decline"),
}

# What agreeing is called where it means something narrower.
AGREEING: dict[StageKind, str | Promise] = {
    StageKind.OPINION: pgettext_lazy("journey", "Give opinion"),
    StageKind.CO_SIGNATURE: pgettext_lazy("journey", "Co-sign"),
    StageKind.FINAL_SIGN_OFF: pgettext_lazy("journey", "Sign off"),
    StageKind.ACKNOWLEDGEMENT: pgettext_lazy("journey", "Take note"),
    StageKind.CHECK: pgettext_lazy("journey", "Checked"),
    StageKind.SIGNING: pgettext_lazy("journey", "Sign"),
}

# What an answer means, for guests: they do this once and not every day.
MEANINGS: dict[Answer, str | Promise] = {
    Answer.AGREED: _("The text may stay as it is."),
    Answer.AGREED_WITH_REMARKS: _("The text may stay as it is; we read your comment all the same."),
    Answer.ABSTAINED: _("You say neither yes nor no."),
    Answer.NOT_RESPONSIBLE: _("Somebody else should be asked."),
    Answer.OBJECTED: _("You do not agree. Please say why in the comment."),
    Answer.RETURNED: _(
        "Something has to be changed before you agree. Please say what in the comment; you are "
        "asked again about the changed text."
    ),
}

ANSWERED: dict[Answer, str | Promise] = {
    Answer.AGREED: pgettext_lazy("journey", "agreed"),
    Answer.AGREED_WITH_REMARKS: pgettext_lazy("journey", "agreed with remarks"),
    Answer.OBJECTED: pgettext_lazy("journey", "declined"),
    Answer.ABSTAINED: pgettext_lazy("journey", "abstained"),
    Answer.NOT_RESPONSIBLE: pgettext_lazy("journey", "not responsible"),
    Answer.RETURNED: pgettext_lazy("journey", "sent back"),
    Answer.SILENT: pgettext_lazy("journey", "consented by silence"),
}

ACTIONS: dict[str, str | Promise] = {
    "workflow.submitted": pgettext_lazy("journey", "submitted"),
    "workflow.resubmitted": pgettext_lazy("journey", "submitted again"),
    "workflow.stage_opened": pgettext_lazy("journey", "stage opened"),
    "workflow.stage_done": pgettext_lazy("journey", "stage completed"),
    "workflow.decided": pgettext_lazy("journey", "decided"),
    "workflow.decisions_lapsed": pgettext_lazy("journey", "decisions lapsed: the text was changed"),
    "workflow.decision_kept": pgettext_lazy("journey", "decisions kept: the text was changed"),
    "workflow.stage_skipped": pgettext_lazy("journey", "stage left out"),
    "workflow.consented_by_silence": pgettext_lazy("journey", "consented by silence"),
    "workflow.reminded": pgettext_lazy("journey", "reminded"),
    "workflow.escalated": pgettext_lazy("journey", "escalated"),
    "workflow.returned": pgettext_lazy("journey", "returned to the author"),
    "workflow.returned_to_stage": pgettext_lazy("journey", "returned to an earlier stage"),
    "workflow.point_settled": pgettext_lazy("journey", "point of a return settled"),
    "workflow.moved_to_version": pgettext_lazy("journey", "moved to another version of the route"),
    "workflow.overridden": pgettext_lazy("journey", "overridden by the administration"),
    "workflow.deputy_appointed": pgettext_lazy("journey", "deputy appointed"),
    "workflow.deputy_revoked": pgettext_lazy("journey", "deputyship revoked"),
    "workflow.guest_invited": pgettext_lazy("journey", "guest invited"),
    "workflow.guest_link_sent": pgettext_lazy("journey", "guest link sent"),
    "workflow.guest_link_revoked": pgettext_lazy("journey", "guest link revoked"),
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
