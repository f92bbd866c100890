"""Who may stand in for whom: dated, scoped, one step deep, never in a circle."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from workflow.rules.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Tie:
    """One deputyship as the rules see it: two persons and the days, both included."""

    principal: int
    deputy: int
    starts: date
    ends: date

    def overlaps(self, other: "Tie") -> bool:
        return self.starts <= other.ends and other.starts <= self.ends


def refusal_to_appoint(tie: Tie, others: Iterable[Tie], *, may_appoint: bool) -> Refusal | None:
    """Return why this deputyship cannot be entered beside the `others` that stand.

    Chains are allowed to exist (A for B, B for C on the same days) because
    nobody answers through two of them; a circle would leave both places empty.
    """
    if not may_appoint:
        return Refusal.DEPUTY_NOT_YOURS
    if tie.principal == tie.deputy:
        return Refusal.DEPUTY_OF_ONESELF
    if tie.ends < tie.starts:
        return Refusal.DEPUTY_ENDS_BEFORE
    standing = [other for other in others if other.overlaps(tie)]
    reached, edge = {tie.deputy}, {tie.deputy}
    while edge:
        edge = {other.deputy for other in standing if other.principal in edge} - reached
        reached |= edge
    return Refusal.DEPUTY_IN_A_CIRCLE if tie.principal in reached else None
