"""What an agreement, a declaration and a signature may be. No framework in here."""

from collections.abc import Collection, Sequence
from datetime import date
from enum import StrEnum

from cms.core.values import FuzzyDate


class SeriesKind(StrEnum):
    COOPERATION = "cooperation"
    FRAMEWORK = "framework"
    TARGETS = "targets"
    OTHER = "other"


class SeriesRelationKind(StrEnum):
    UNCLEAR = "unclear"
    CONTINUES = "continues"
    SUPPLEMENTS = "supplements"
    PART_OF = "part_of"


class RenewalMode(StrEnum):
    FIXED_TERM = "fixed_term"
    OPEN_ENDED = "open_ended"
    TACIT = "tacit"


class State(StrEnum):
    PLANNED = "planned"
    DRAFTING = "drafting"
    INTERNAL_REVIEW = "internal_review"
    PARTY_COORDINATION = "party_coordination"
    READY_FOR_SIGNATURE = "ready_for_signature"
    IN_SIGNATURE = "in_signature"
    SIGNED = "signed"
    IN_FORCE = "in_force"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    TERMINATED = "terminated"
    ARCHIVED = "archived"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"


_UNDER_WAY = {State.RETURNED, State.WITHDRAWN, State.REFUSED}

WAYS: dict[State, frozenset[State]] = {
    State.PLANNED: frozenset({State.DRAFTING, State.INTERNAL_REVIEW, State.WITHDRAWN}),
    State.DRAFTING: frozenset({State.INTERNAL_REVIEW, State.WITHDRAWN}),
    # Routes without a party coordination of their own lead straight to signing.
    State.INTERNAL_REVIEW: frozenset(
        {State.PARTY_COORDINATION, State.READY_FOR_SIGNATURE} | _UNDER_WAY
    ),
    State.PARTY_COORDINATION: frozenset({State.READY_FOR_SIGNATURE} | _UNDER_WAY),
    State.READY_FOR_SIGNATURE: frozenset({State.IN_SIGNATURE} | _UNDER_WAY),
    State.IN_SIGNATURE: frozenset({State.SIGNED} | _UNDER_WAY),
    State.SIGNED: frozenset({State.IN_FORCE}),
    State.IN_FORCE: frozenset({State.EXPIRED, State.SUPERSEDED, State.TERMINATED}),
    State.EXPIRED: frozenset({State.ARCHIVED}),
    State.SUPERSEDED: frozenset({State.ARCHIVED}),
    State.TERMINATED: frozenset({State.ARCHIVED}),
    State.ARCHIVED: frozenset(),
    State.RETURNED: frozenset({State.DRAFTING, State.INTERNAL_REVIEW, State.WITHDRAWN}),
    State.WITHDRAWN: frozenset({State.DRAFTING, State.INTERNAL_REVIEW, State.ARCHIVED}),
    State.REFUSED: frozenset({State.DRAFTING, State.INTERNAL_REVIEW, State.ARCHIVED}),
}

# Nobody has signed all of it yet: there is no date of conclusion to be known.
BEFORE_SIGNATURE = frozenset(
    {
        State.PLANNED, State.DRAFTING, State.INTERNAL_REVIEW, State.PARTY_COORDINATION,
        State.READY_FOR_SIGNATURE, State.IN_SIGNATURE, State.RETURNED,
    }
)  # fmt: skip

# A paper made here begins at one of these; every other state is reached by an act.
BEGINNINGS = frozenset({State.PLANNED, State.DRAFTING})


class ApprovalStatus(StrEnum):
    OPEN = "open"
    AGREED = "agreed"
    AGREED_WITH_REMARKS = "agreed_with_remarks"
    OBJECTED = "objected"


class PartySignature(StrEnum):
    UNKNOWN = "unknown"
    OPEN = "open"
    SIGNED = "signed"
    REFUSED = "refused"


class BindingFor(StrEnum):
    ALL = "all"
    ONLY_NEW = "only_new"
    NEEDS_RECONFIRMATION = "needs_reconfirmation"


class RoundKind(StrEnum):
    FIRST_SIGNING = "first_signing"
    ACCESSION = "accession"


class RoundStatus(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    IN_SIGNATURE = "in_signature"
    CLOSED = "closed"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


ROUND_UNDER_WAY = frozenset({RoundStatus.OPEN, RoundStatus.IN_SIGNATURE})


class SignatureStatus(StrEnum):
    INVITED = "invited"
    SEEN = "seen"
    SIGNED = "signed"
    SIGNED_ON_PAPER = "signed_on_paper"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


# Whoever has one of these stands in the register; a withdrawal keeps its row.
GIVEN = frozenset(
    {SignatureStatus.SIGNED, SignatureStatus.SIGNED_ON_PAPER, SignatureStatus.CONFIRMED}
)
IN_REGISTER = GIVEN | {SignatureStatus.WITHDRAWN}


class Channel(StrEnum):
    UNKNOWN = "unknown"
    PAPER = "paper"
    SIMPLE = "simple"
    QUALIFIED = "qualified"


class SignatoryKind(StrEnum):
    MUNICIPALITY = "municipality"
    COUNTY = "county"
    STATE_AUTHORITY = "state_authority"
    ASSOCIATION = "association"
    OTHER = "other"


class CriterionAnswer(StrEnum):
    """What somebody who accedes says to one criterion."""

    MET = "met"
    PLANNED = "planned"
    COMPARABLE = "comparable"


class Refusal(StrEnum):
    NUMBER_TAKEN = "agreements.number_taken"
    NUMBER_ZERO = "agreements.number_zero"
    NUMBER_HAS_ROUNDS = "agreements.number_has_rounds"
    ENDS_BEFORE_START = "agreements.ends_before_start"
    OPEN_ENDED_HAS_END = "agreements.open_ended_has_end"
    NOTICE_WITHOUT_WAY_OUT = "agreements.notice_without_way_out"
    RENEWS_ITSELF = "agreements.renews_itself"
    RENEWS_OTHER_SERIES = "agreements.renews_other_series"
    RENEWS_LATER_ONE = "agreements.renews_later_one"
    AMENDS_ITSELF = "agreements.amends_itself"
    RELATED_TO_ITSELF = "agreements.related_to_itself"
    NO_SUCH_WAY = "agreements.no_such_way"
    BEGINS_TOO_LATE = "agreements.begins_too_late"
    TOO_FEW_PARTIES = "agreements.too_few_parties"
    NO_ARTICLES = "agreements.no_articles"
    WINDOW_ENDS_BEFORE_START = "agreements.window_ends_before_start"
    TEXT_OF_OTHER_DECLARATION = "agreements.text_of_other_declaration"
    WITHDRAWN_BEFORE_SIGNED = "agreements.withdrawn_before_signed"
    WITHDRAWAL_WITHOUT_STATUS = "agreements.withdrawal_without_status"
    TEXT_HAS_ROUNDS = "agreements.text_has_rounds"
    CLOSED_FOR_ACCESSION = "agreements.closed_for_accession"
    HAS_ACCEDED = "agreements.has_acceded"
    REQUEST_UNDER_WAY = "agreements.request_under_way"
    ROUND_OF_OTHER_DECLARATION = "agreements.round_of_other_declaration"
    ROUND_IS_OVER = "agreements.round_is_over"
    ROUND_HAS_OTHER_TEXT = "agreements.round_has_other_text"
    CRITERIA_OF_OTHER_NETWORK = "agreements.criteria_of_other_network"
    CRITERION_NOT_IN_LIST = "agreements.criterion_not_in_list"
    NO_CRITERIA = "agreements.no_criteria"
    NO_TEXT_TO_ACCEDE_TO = "agreements.no_text_to_accede_to"
    NO_CONTACT = "agreements.no_contact"
    STATEMENT_MISSING = "agreements.statement_missing"
    STATEMENT_WITHOUT_DATE = "agreements.statement_without_date"


def refusal_of_number(number: int | None, *, taken: Collection[int]) -> Refusal | None:
    """Return why an agreement cannot have this number in its chain."""
    if number is not None and number < 1:
        return Refusal.NUMBER_ZERO
    return Refusal.NUMBER_TAKEN if number in taken else None


def refusal_of_end(starts: FuzzyDate, ends: FuzzyDate, mode: str = "") -> Refusal | None:
    """Return why a term cannot end then. Vague dates are refused only when surely wrong."""
    if ends.certainly_before(starts):
        return Refusal.ENDS_BEFORE_START
    if mode == RenewalMode.OPEN_ENDED and ends.is_known:
        return Refusal.OPEN_ENDED_HAS_END
    return None


def refusal_of_notice(months: int | None, mode: str) -> Refusal | None:
    """Return why a notice period of zero months cannot stand.

    An agreement that goes on until somebody ends it needs time to do so.
    """
    if months == 0 and mode in {RenewalMode.OPEN_ENDED, RenewalMode.TACIT}:
        return Refusal.NOTICE_WITHOUT_WAY_OUT
    return None


def refusal_to_renew(
    number: int | None, renewed_number: int, *, same: bool, same_series: bool
) -> Refusal | None:
    """Return why one agreement cannot be the renewal of another."""
    if same:
        return Refusal.RENEWS_ITSELF
    if not same_series:
        return Refusal.RENEWS_OTHER_SERIES
    if number is not None and renewed_number >= number:
        return Refusal.RENEWS_LATER_ONE
    return None


def refusal_to_begin(state: str, *, made_here: bool) -> Refusal | None:
    """Return why a new paper cannot start its life in this state.

    What is taken over comes as it is: in force, expired, superseded.
    """
    if made_here and state not in BEGINNINGS:
        return Refusal.BEGINS_TOO_LATE
    return None


def refusal_to_move(before: str, after: str) -> Refusal | None:
    """Return why an agreement cannot go from one state to the other."""
    return None if State(after) in WAYS[State(before)] else Refusal.NO_SUCH_WAY


def refusal_to_submit(*, parties: int, articles: int) -> Refusal | None:
    """Return why a draft is not ready for its review."""
    if parties < 2:
        return Refusal.TOO_FEW_PARTIES
    return None if articles else Refusal.NO_ARTICLES


def refusal_of_withdrawal(
    status: str, *, signed_on: FuzzyDate, withdrawn_on: FuzzyDate
) -> Refusal | None:
    """Return why a signature cannot have been withdrawn like this."""
    if withdrawn_on.is_known and status != SignatureStatus.WITHDRAWN:
        return Refusal.WITHDRAWAL_WITHOUT_STATUS
    if withdrawn_on.certainly_before(signed_on):
        return Refusal.WITHDRAWN_BEFORE_SIGNED
    return None


def signed_of(statuses: Sequence[str]) -> tuple[int, int] | None:
    """Return how many have signed, of how many; None where of nobody it is known.

    “0 of 2” says that nobody has signed, which is not the same as not knowing it.
    """
    if all(status == PartySignature.UNKNOWN for status in statuses):
        return None
    return sum(status in GIVEN for status in statuses), len(statuses)


def notice_deadline(ends: FuzzyDate, months: int | None) -> date | None:
    """Return the last day on which notice can be given; None while a part is unknown.

    Counted back from the earliest day on which the term can end, so that a
    vague date never lets somebody miss the deadline.
    """
    if ends.earliest is None or months is None:
        return None
    year, month = divmod(ends.earliest.year * 12 + ends.earliest.month - 1 - months, 12)
    last = _days_in_month(year, month + 1)
    return date(year, month + 1, min(ends.earliest.day, last))


def _days_in_month(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - date.resolution).day
