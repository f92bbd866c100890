"""How agreements speak to people: labels of states and kinds, sentences of refusals."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cms.agreements.rules import (
    ApprovalStatus,
    BindingFor,
    Channel,
    CriterionAnswer,
    PartySignature,
    Refusal,
    RenewalMode,
    RoundKind,
    RoundStatus,
    SeriesKind,
    SeriesRelationKind,
    SignatoryKind,
    SignatureStatus,
    State,
)
from cms.core import refusals

STATES = {
    State.PLANNED: pgettext_lazy("agreement", "planned"),
    State.DRAFTING: pgettext_lazy("agreement", "draft"),
    State.INTERNAL_REVIEW: pgettext_lazy("agreement", "in internal review"),
    State.PARTY_COORDINATION: pgettext_lazy("agreement", "in coordination with the parties"),
    State.READY_FOR_SIGNATURE: pgettext_lazy("agreement", "ready for signature"),
    State.IN_SIGNATURE: pgettext_lazy("agreement", "in signature"),
    State.SIGNED: pgettext_lazy("agreement", "signed"),
    State.IN_FORCE: pgettext_lazy("agreement", "in force"),
    State.EXPIRED: pgettext_lazy("agreement", "expired"),
    State.SUPERSEDED: pgettext_lazy("agreement", "superseded"),
    State.TERMINATED: pgettext_lazy("agreement", "terminated"),
    State.ARCHIVED: pgettext_lazy("agreement", "archived"),
    State.RETURNED: pgettext_lazy("agreement", "returned"),
    State.WITHDRAWN: pgettext_lazy("agreement", "withdrawn"),
    State.REFUSED: pgettext_lazy("agreement", "refused"),
}
SERIES_KINDS = {
    SeriesKind.COOPERATION: _("cooperation agreement"),
    SeriesKind.FRAMEWORK: _("framework agreement"),
    SeriesKind.TARGETS: _("agreement on targets"),
    SeriesKind.OTHER: _("other agreement"),
}
SERIES_RELATIONS = {
    SeriesRelationKind.UNCLEAR: _("the relation is unclear"),
    SeriesRelationKind.CONTINUES: _("continues"),
    SeriesRelationKind.SUPPLEMENTS: _("supplements"),
    SeriesRelationKind.PART_OF: _("is part of"),
}
RENEWAL_MODES = {
    RenewalMode.FIXED_TERM: _("fixed term"),
    RenewalMode.OPEN_ENDED: _("open-ended"),
    RenewalMode.TACIT: _("renews itself unless notice is given"),
}
APPROVALS = {
    ApprovalStatus.OPEN: pgettext_lazy("approval of a party", "open"),
    ApprovalStatus.AGREED: pgettext_lazy("approval of a party", "agreed"),
    ApprovalStatus.AGREED_WITH_REMARKS: pgettext_lazy("approval of a party", "agreed with remarks"),
    ApprovalStatus.OBJECTED: pgettext_lazy("approval of a party", "objected"),
}
PARTY_SIGNATURES = {
    PartySignature.UNKNOWN: pgettext_lazy("signature of a party", "unknown"),
    PartySignature.OPEN: pgettext_lazy("signature of a party", "open"),
    PartySignature.SIGNED: pgettext_lazy("signature of a party", "signed"),
    PartySignature.REFUSED: pgettext_lazy("signature of a party", "refused"),
}
BINDINGS = {
    BindingFor.ALL: _("binding for all signatories"),
    BindingFor.ONLY_NEW: _("binding for new signatories only"),
    BindingFor.NEEDS_RECONFIRMATION: _("earlier signatories have to confirm it"),
}
ROUND_KINDS = {
    RoundKind.FIRST_SIGNING: _("first signing"),
    RoundKind.ACCESSION: _("accession"),
}
ROUND_STATUSES = {
    RoundStatus.PLANNED: pgettext_lazy("signing round", "planned"),
    RoundStatus.OPEN: pgettext_lazy("signing round", "open"),
    RoundStatus.IN_SIGNATURE: pgettext_lazy("signing round", "in signature"),
    RoundStatus.CLOSED: pgettext_lazy("signing round", "closed"),
    RoundStatus.PUBLISHED: pgettext_lazy("signing round", "published"),
    RoundStatus.CANCELLED: pgettext_lazy("signing round", "cancelled"),
}
SIGNATURE_STATUSES = {
    SignatureStatus.INVITED: pgettext_lazy("signature", "invited"),
    SignatureStatus.SEEN: pgettext_lazy("signature", "has seen the text"),
    SignatureStatus.SIGNED: pgettext_lazy("signature", "signed"),
    SignatureStatus.SIGNED_ON_PAPER: pgettext_lazy("signature", "signed on paper"),
    SignatureStatus.CONFIRMED: pgettext_lazy("signature", "signed and confirmed"),
    SignatureStatus.DECLINED: pgettext_lazy("signature", "declined"),
    SignatureStatus.EXPIRED: pgettext_lazy("signature", "not signed in time"),
    SignatureStatus.WITHDRAWN: pgettext_lazy("signature", "withdrawn"),
}
CHANNELS = {
    Channel.UNKNOWN: pgettext_lazy("channel of a signature", "unknown"),
    Channel.PAPER: _("on paper"),
    Channel.SIMPLE: _("simple electronic signature"),
    Channel.QUALIFIED: _("qualified electronic signature"),
}
SIGNATORY_KINDS = {
    SignatoryKind.MUNICIPALITY: _("municipalities"),
    SignatoryKind.COUNTY: _("counties"),
    SignatoryKind.STATE_AUTHORITY: _("state authorities"),
    SignatoryKind.ASSOCIATION: _("associations"),
    SignatoryKind.OTHER: _("others"),
}
ANSWERS = {
    CriterionAnswer.MET: pgettext_lazy("criterion", "met"),
    CriterionAnswer.PLANNED: pgettext_lazy("criterion", "planned"),
    CriterionAnswer.COMPARABLE: pgettext_lazy("criterion", "met in a comparable way"),
}

REFUSALS = {
    Refusal.NUMBER_TAKEN: _("This series already has an agreement with this number."),
    Refusal.NUMBER_ZERO: _("The first agreement of a series has the number 1."),
    Refusal.NUMBER_HAS_ROUNDS: _("This declaration already has a signing round with this number."),
    Refusal.ENDS_BEFORE_START: _("The end of the term lies before its beginning."),
    Refusal.OPEN_ENDED_HAS_END: _(
        "An open-ended agreement has no end. Please remove the date or choose another renewal."
    ),
    Refusal.NOTICE_WITHOUT_WAY_OUT: _(
        "An agreement that goes on until notice is given needs a notice period of at least"
        " one month. Leave the field empty if it is not known."
    ),
    Refusal.RENEWS_ITSELF: _("An agreement cannot renew itself."),
    Refusal.RENEWS_OTHER_SERIES: _("An agreement can only renew one of its own series."),
    Refusal.RENEWS_LATER_ONE: _("An agreement can only renew one with a smaller number."),
    Refusal.AMENDS_ITSELF: _("An agreement cannot amend itself."),
    Refusal.RELATED_TO_ITSELF: _("A series cannot be related to itself."),
    Refusal.NO_SUCH_WAY: _("The agreement cannot go from its present state to this one."),
    Refusal.BEGINS_TOO_LATE: _(
        "A new agreement begins as planned or as a draft. If it exists already, please choose"
        " “taken over” as its origin."
    ),
    Refusal.TOO_FEW_PARTIES: _("An agreement needs at least two parties."),
    Refusal.NO_ARTICLES: _("The agreement has no text yet."),
    Refusal.WINDOW_ENDS_BEFORE_START: _("The window for signing ends before it begins."),
    Refusal.TEXT_OF_OTHER_DECLARATION: _("This text belongs to another declaration."),
    Refusal.WITHDRAWN_BEFORE_SIGNED: _("The signature was withdrawn before it was given."),
    Refusal.WITHDRAWAL_WITHOUT_STATUS: _(
        "A date of withdrawal is only for signatures with the status “withdrawn”."
    ),
    Refusal.TEXT_HAS_ROUNDS: _(
        "This text version has been signed and cannot be removed. Please add a new version."
    ),
    Refusal.CLOSED_FOR_ACCESSION: _(
        "This declaration is closed for accession. Nobody else can accede to it any more."
    ),
    Refusal.HAS_ACCEDED: _(
        "This organisation has acceded already: its signature stands in the register."
    ),
    Refusal.REQUEST_UNDER_WAY: _(
        "Another request of this organisation is on its way. Please go on with that one, or"
        " withdraw it first."
    ),
    Refusal.ROUND_OF_OTHER_DECLARATION: _("This round belongs to another declaration."),
    Refusal.ROUND_IS_OVER: _(
        "Nobody can accede in this round. Please choose an accession round that is planned or"
        " under way, or leave the field empty."
    ),
    Refusal.ROUND_HAS_OTHER_TEXT: _(
        "Another text version is signed in this round. Please choose the same version for both."
    ),
    Refusal.CRITERIA_OF_OTHER_NETWORK: _(
        "These are the criteria of another network than the one of the declaration."
    ),
    Refusal.CRITERION_NOT_IN_LIST: _(
        "One of the statements belongs to no criterion of the chosen list. Please delete it, or"
        " choose the list that it answers."
    ),
    Refusal.NO_CRITERIA: _(
        "There is no list of criteria by which the request could be judged. Please choose one;"
        " the office keeps the lists in the registers. The draft is kept."
    ),
    Refusal.NO_TEXT_TO_ACCEDE_TO: _(
        "It is not said which text the organisation accedes to. Please choose the text version."
        " The draft is kept."
    ),
    Refusal.NO_CONTACT: _(
        "Nobody is named who answers questions. Please choose the contact person."
        " The draft is kept."
    ),
    Refusal.STATEMENT_MISSING: _(
        "These criteria have no complete statement yet: %(numbers)s. Each needs an answer and a"
        " sentence that can be checked. The draft is kept."
    ),
    Refusal.STATEMENT_WITHOUT_DATE: _(
        "These criteria are planned, without a date: %(numbers)s. Please say from when they will"
        " be met. The draft is kept."
    ),
}

ORDINALS = (
    pgettext_lazy("agreement", "first"),
    pgettext_lazy("agreement", "second"),
    pgettext_lazy("agreement", "third"),
    pgettext_lazy("agreement", "fourth"),
    pgettext_lazy("agreement", "fifth"),
    pgettext_lazy("agreement", "sixth"),
    pgettext_lazy("agreement", "seventh"),
    pgettext_lazy("agreement", "eighth"),
    pgettext_lazy("agreement", "ninth"),
    pgettext_lazy("agreement", "tenth"),
    pgettext_lazy("agreement", "eleventh"),
    pgettext_lazy("agreement", "twelfth"),
)


def choices(labels: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    """Return the labels as Django wants choices, with plain values for the migrations."""
    return [(key.value, label) for key, label in labels.items()]


def ordinal(number: int) -> str:
    """Return “fifth” for 5; a figure from thirteen on."""
    if 1 <= number <= len(ORDINALS):
        return str(ORDINALS[number - 1])
    return gettext("no. %(number)d") % {"number": number}


def position_in_chain(number: int) -> str:
    """Return “The fifth agreement”, for a sentence on a network's or series' page."""
    if number > len(ORDINALS):
        return gettext("Agreement no. %(number)d") % {"number": number}
    return gettext("The %(ordinal)s agreement") % {"ordinal": ordinal(number)}


def register() -> None:
    refusals.register(REFUSALS)
