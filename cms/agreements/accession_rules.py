"""What a request for accession has to say, and who can make one. No framework in here."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from cms.agreements.rules import CriterionAnswer, Refusal, RoundKind, RoundStatus

# A round that can still take somebody in.
ROUND_TO_COME = frozenset({RoundStatus.PLANNED, RoundStatus.OPEN, RoundStatus.IN_SIGNATURE})


@dataclass(frozen=True, slots=True)
class Stated:
    """What is said to one criterion; `number` is its place in the list, from 1."""

    number: int
    answer: str
    text: str
    has_date: bool

    @property
    def is_missing(self) -> bool:
        """An answer alone cannot be checked: a sentence belongs to it."""
        return not self.answer or not self.text.strip()

    @property
    def lacks_its_date(self) -> bool:
        return self.answer == CriterionAnswer.PLANNED and not self.has_date


def refusal_to_accede(
    *, is_closed: bool, has_signed: bool, is_asked_elsewhere: bool
) -> Refusal | None:
    """Return why an organisation cannot accede to a declaration (again)."""
    if has_signed:
        return Refusal.HAS_ACCEDED
    if is_closed:
        return Refusal.CLOSED_FOR_ACCESSION
    return Refusal.REQUEST_UNDER_WAY if is_asked_elsewhere else None


def refusal_of_round(
    status: str, kind: str, *, same_declaration: bool, same_text: bool
) -> Refusal | None:
    """Return why an accession cannot be signed in this round."""
    if not same_declaration:
        return Refusal.ROUND_OF_OTHER_DECLARATION
    if status not in ROUND_TO_COME or kind != RoundKind.ACCESSION:
        return Refusal.ROUND_IS_OVER
    return None if same_text else Refusal.ROUND_HAS_OTHER_TEXT


def refusal_of_list(*, same_network: bool, stated: Collection[str], listed: Collection[str]) -> (
    Refusal | None
):  # fmt: skip
    """Return why statements cannot stand beside a list of criteria; both by their keys."""
    if not same_network:
        return Refusal.CRITERIA_OF_OTHER_NETWORK
    return None if set(stated) <= set(listed) else Refusal.CRITERION_NOT_IN_LIST


def refusal_to_submit(
    statements: Sequence[Stated], *, has_text: bool, has_contact: bool
) -> tuple[Refusal, list[int]] | None:
    """Return why a request is not ready for its check, with the numbers of the criteria."""
    if not has_text:
        return Refusal.NO_TEXT_TO_ACCEDE_TO, []
    if not statements:
        return Refusal.NO_CRITERIA, []
    if not has_contact:
        return Refusal.NO_CONTACT, []
    if missing := [one.number for one in statements if one.is_missing]:
        return Refusal.STATEMENT_MISSING, missing
    if undated := [one.number for one in statements if one.lacks_its_date]:
        return Refusal.STATEMENT_WITHOUT_DATE, undated
    return None
