"""The register of signatories: computed from rounds and signatures, never typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cms.agreements.rules import IN_REGISTER, SignatureStatus
from cms.core.values import ApproxCount, FuzzyDate

if TYPE_CHECKING:
    from cms.agreements.models import DeclarationPage, SignatoryCount, Signature, SigningRound


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """One line: who, when, in which round. A withdrawn signature keeps its line."""

    signature: "Signature"
    round: "SigningRound"

    @property
    def name(self) -> str:
        """The name under which it acceded; the present one where the date is unknown."""
        day = self.acceded_on.latest
        organisation = self.signature.organisation
        return organisation.name_on(day) if day else organisation.present_name

    @property
    def kind(self) -> str:
        return str(self.signature.organisation.get_kind_display())

    @property
    def acceded_on(self) -> FuzzyDate:
        return self.signature.signed_on or self.round.ceremony

    @property
    def is_withdrawn(self) -> bool:
        return self.signature.status == SignatureStatus.WITHDRAWN


@dataclass(frozen=True, slots=True)
class Register:
    entries: Sequence[RegisterEntry]
    unnamed: Sequence["SignatoryCount"]
    rounds: Sequence["SigningRound"]
    complete: bool
    stated: ApproxCount | None

    @property
    def signed(self) -> Sequence[RegisterEntry]:
        return [entry for entry in self.entries if not entry.is_withdrawn]

    @property
    def named(self) -> int:
        """How many signatories are on record by name."""
        return len({entry.signature.organisation_id for entry in self.signed})

    @property
    def total(self) -> ApproxCount | None:
        """How many have signed: counted once the register is complete, before that as stated.

        None when neither is known; the lines of an incomplete register are no total.
        """
        return ApproxCount(self.named) if self.complete else self.stated

    @property
    def by_kind(self) -> dict[str, int]:
        """How many of each kind of organisation: state bodies are counted apart."""
        kinds: dict[str, set[int]] = {}
        for entry in self.signed:
            kinds.setdefault(entry.kind, set()).add(entry.signature.organisation_id)
        return {kind: len(found) for kind, found in sorted(kinds.items())}


def register_of(declaration: "DeclarationPage") -> Register:
    """Read the rounds of a declaration with everything in them: five queries at most."""
    rounds = list(
        declaration.rounds.order_by("number").prefetch_related(
            "signatures__organisation__names", "signatures__signatory", "unnamed"
        )
    )
    entries = [
        RegisterEntry(signature, one)
        for one in rounds
        for signature in one.signatures.all()
        if signature.status in IN_REGISTER
    ]
    return Register(
        entries=tuple(entries),
        unnamed=tuple(count for one in rounds for count in one.unnamed.all()),
        rounds=tuple(rounds),
        complete=declaration.register_complete,
        stated=declaration.stated_total,
    )
