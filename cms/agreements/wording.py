"""How agreements speak to people: labels of states and kinds, sentences of refusals."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.agreements.rules import (
    ApprovalStatus,
    BindingFor,
    Channel,
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
    State.PLANNED: _("planned"),
    State.DRAFTING: _("draft"),
    State.INTERNAL_REVIEW: _("in internal review"),
    State.PARTY_COORDINATION: _("in coordination with the parties"),
    State.READY_FOR_SIGNATURE: _("ready for signature"),
    State.IN_SIGNATURE: _("in signature"),
    State.SIGNED: _("signed"),
    State.IN_FORCE: _("in force"),
    State.EXPIRED: _("expired"),
    State.SUPERSEDED: _("superseded"),
    State.TERMINATED: _("terminated"),
    State.ARCHIVED: _("archived"),
    State.RETURNED: _("returned"),
    State.WITHDRAWN: _("withdrawn"),
    State.REFUSED: _("refused"),
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
    ApprovalStatus.AGREED: _("agreed"),
    ApprovalStatus.AGREED_WITH_REMARKS: _("agreed with remarks"),
    ApprovalStatus.OBJECTED: _("objected"),
}
PARTY_SIGNATURES = {
    PartySignature.UNKNOWN: pgettext_lazy("signature of a party", "unknown"),
    PartySignature.OPEN: pgettext_lazy("signature of a party", "open"),
    PartySignature.SIGNED: _("signed"),
    PartySignature.REFUSED: _("refused"),
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
    RoundStatus.PLANNED: _("planned"),
    RoundStatus.OPEN: pgettext_lazy("signing round", "open"),
    RoundStatus.IN_SIGNATURE: _("in signature"),
    RoundStatus.CLOSED: pgettext_lazy("signing round", "closed"),
    RoundStatus.PUBLISHED: _("published"),
    RoundStatus.CANCELLED: _("cancelled"),
}
SIGNATURE_STATUSES = {
    SignatureStatus.INVITED: _("invited"),
    SignatureStatus.SEEN: _("has seen the text"),
    SignatureStatus.SIGNED: _("signed"),
    SignatureStatus.SIGNED_ON_PAPER: _("signed on paper"),
    SignatureStatus.CONFIRMED: _("signed and confirmed"),
    SignatureStatus.DECLINED: _("declined"),
    SignatureStatus.EXPIRED: _("not signed in time"),
    SignatureStatus.WITHDRAWN: _("withdrawn"),
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
}

ORDINALS = (
    _("first"),
    _("second"),
    _("third"),
    _("fourth"),
    _("fifth"),
    _("sixth"),
    _("seventh"),
    _("eighth"),
    _("ninth"),
    _("tenth"),
    _("eleventh"),
    _("twelfth"),
)


def choices(labels: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    """Return the labels as Django wants choices, with plain values for the migrations."""
    return [(str(key.value if isinstance(key, StrEnum) else key), labels[key]) for key in labels]


def ordinal(number: int) -> str:
    """Return “fifth” for 5; a figure from thirteen on."""
    if 1 <= number <= len(ORDINALS):
        return str(ORDINALS[number - 1])
    return now("no. %(number)d") % {"number": number}


def position_in_chain(number: int) -> str:
    """Return “The fifth agreement”, for a sentence on a network's or series' page."""
    if number > len(ORDINALS):
        return now("Agreement no. %(number)d") % {"number": number}
    return now("The %(ordinal)s agreement") % {"ordinal": ordinal(number)}


def register() -> None:
    refusals.register(REFUSALS)
