"""What must hold for bodies, posts and members. Plain values in, reasons out."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Protocol


class Refusal(StrEnum):
    AGS_NOT_DIGITS = "networks.ags_not_digits"
    AGS_COUNTY_LENGTH = "networks.ags_county_length"
    AGS_LENGTH = "networks.ags_length"
    NOT_A_NETWORK = "networks.not_a_network"
    MEMBER_OF_ITSELF = "networks.member_of_itself"
    RECOGNITION_UNEXPLAINED = "networks.recognition_unexplained"
    CARD_YEAR_MISSING = "networks.card_year_missing"
    NETWORK_MISSING = "networks.network_missing"


class DatedName(Protocol):
    name: str
    form: str

    def holds(self, day: date) -> bool: ...


def refusal_of_ags(ags: str, *, county: bool) -> Refusal | None:
    """Return what is wrong with an Amtlicher Gemeindeschlüssel.

    Municipalities have eight digits, counties are known by the first five.
    """
    if not ags:
        return None
    if not ags.isdigit():
        return Refusal.AGS_NOT_DIGITS
    if county and len(ags) != 5:
        return Refusal.AGS_COUNTY_LENGTH
    if not county and len(ags) != 8:
        return Refusal.AGS_LENGTH
    return None


def name_on(names: Sequence[DatedName], day: date) -> str:
    """Return the name valid on a day: official before short before alias.

    Among names of equal form the later in the list counts, because an office
    appends new names below. When no name holds on the day (a body before its
    first known name), the first of all stands in.
    """
    holding = [name for name in names if name.holds(day)] or list(names)
    for form in ("official", "short", "alias"):
        of_form = [name for name in holding if name.form == form]
        if of_form:
            return of_form[-1].name
    return ""


def refusal_of_membership(*, network_is_one: bool, same: bool) -> Refusal | None:
    if not network_is_one:
        return Refusal.NOT_A_NETWORK
    return Refusal.MEMBER_OF_ITSELF if same else None


def refusal_of_recognition(kind: str, *, year: int | None, description: str) -> Refusal | None:
    """Return what is missing for criterion 4 (card, planned card, or comparable)."""
    if kind == "card_planned" and year is None:
        return Refusal.CARD_YEAR_MISSING
    if kind == "comparable" and not description.strip():
        return Refusal.RECOGNITION_UNEXPLAINED
    return None
