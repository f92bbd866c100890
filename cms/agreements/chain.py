"""The chain of a series: what is known, in order, with its gaps drawn as gaps."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps

from cms.agreements.wording import position_in_chain
from cms.core import kernel

if TYPE_CHECKING:
    from cms.agreements.models import AgreementPage, AgreementSeriesPage


@dataclass(frozen=True, slots=True)
class Link:
    """One place in the chain. `agreement` is None where only the number is known.

    `is_gap` is also true for a recorded agreement of which neither text nor
    date is known.
    """

    number: int
    agreement: "AgreementPage | None"
    is_gap: bool
    is_current: bool

    @property
    def position(self) -> str:
        return position_in_chain(self.number)


@dataclass(frozen=True, slots=True)
class Chain:
    links: Sequence[Link]

    @property
    def current(self) -> Link | None:
        return next((link for link in self.links if link.is_current), None)

    @property
    def gaps(self) -> int:
        return sum(link.is_gap for link in self.links)

    def before(self, agreement: "AgreementPage") -> "AgreementPage | None":
        """Return the predecessor: what it renews, else the one with the number before."""
        present = [link.agreement for link in self.links if link.agreement]
        if agreement.renews_id:
            return next((one for one in present if one.pk == agreement.renews_id), None)
        wanted = agreement.number - 1
        return next((one for one in present if one.number == wanted), None)

    def after(self, agreement: "AgreementPage") -> "AgreementPage | None":
        """Return the successor: what renews it, else the one with the number after."""
        present = [link.agreement for link in self.links if link.agreement]
        renewal = next((one for one in present if one.renews_id == agreement.pk), None)
        wanted = agreement.number + 1
        return renewal or next((one for one in present if one.number == wanted), None)


def build(agreements: Sequence["AgreementPage"]) -> Chain:
    """Order the agreements and fill the places between them. One in force is the current one."""
    by_number = {one.number: one for one in agreements}
    in_force = [number for number, one in by_number.items() if one.is_in_force]
    current = max(in_force, default=None)
    links = []
    for number in range(1, max(by_number, default=0) + 1):
        found = by_number.get(number)
        gap = found is None or found.is_gap
        links.append(Link(number, found, is_gap=gap, is_current=number == current))
    return Chain(tuple(links))


def chain_of(series: "AgreementSeriesPage", user: Any) -> Chain:
    """Return the chain of a series as `user` may see it: one query."""
    model = apps.get_model("agreements", "AgreementPage")
    pages = model.objects.child_of(series).live().order_by("number")
    return build(list(kernel.visible(user, pages)))
