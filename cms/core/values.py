"""Value types for what the sources leave vague.

A source says "1995", "December 2012" or nothing at all; a count is "more than
220". Neither may be made more exact than it is: unknown stays unknown.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar, Self

from django.utils import formats
from django.utils.dates import MONTHS
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

GERMAN_MONTHS = [
    *("januar", "februar", "märz", "april", "mai", "juni"),
    *("juli", "august", "september", "oktober", "november", "dezember"),
]
ENGLISH_MONTHS = [name.lower() for name in list(calendar.month_name)[1:]]


class Precision(StrEnum):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class FuzzyDate:
    """A date known to the day, the month, the year, or not at all.

    `value` is the earliest possible day, None when unknown. Dates sort by it;
    unknown ones come first, as they do in the database.
    """

    value: date | None = None
    precision: Precision = Precision.UNKNOWN

    UNKNOWN: ClassVar["FuzzyDate"]

    def __post_init__(self) -> None:
        if (self.value is None) != (self.precision is Precision.UNKNOWN):
            raise ValueError("A fuzzy date is unknown exactly when it has no value.")
        # Equal dates must be equal values: 1995 is kept as 1995-01-01, whatever came in.
        if self.value is not None:
            object.__setattr__(self, "value", _earliest(self.value, self.precision))

    @classmethod
    def day(cls, value: date) -> Self:
        return cls(value, Precision.DAY)

    @classmethod
    def month(cls, year: int, month: int) -> Self:
        return cls(date(year, month, 1), Precision.MONTH)

    @classmethod
    def of_year(cls, year: int) -> Self:
        return cls(date(year, 1, 1), Precision.YEAR)

    @classmethod
    def parse(cls, text: str) -> "FuzzyDate":
        """Read ISO (2012-12), German (15.05.2012, Dezember 2012) or a bare year.

        Empty text and "unbekannt"/"unknown" mean unknown. Raises ValueError
        with a sentence for the user when the text is no date or no possible one.
        """
        text = text.strip()
        if not text or text.lower() in {"unbekannt", "unknown", "?"}:
            return cls.UNKNOWN
        parts = _parts(text)
        if parts is None:
            raise ValueError(
                _("“%(text)s” is not a date. Write it like 15.05.2012, 05.2012, Mai 2012 or 2012.")
                % {"text": text}
            )
        year, month, day = parts
        try:
            if day is not None:
                return cls.day(date(year, month or 0, day))
            return cls.of_year(year) if month is None else cls.month(year, month)
        except ValueError:
            raise ValueError(
                _("The date “%(text)s” does not exist in the calendar.") % {"text": text}
            ) from None

    @property
    def is_known(self) -> bool:
        return self.value is not None

    @property
    def iso(self) -> str:
        """The stored form: 2012-05-15, 2012-12, 1995 or empty."""
        if self.value is None:
            return ""
        length = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}[self.precision]
        return self.value.isoformat()[:length]

    @property
    def year(self) -> int | None:
        return self.value.year if self.value else None

    @property
    def earliest(self) -> date | None:
        return self.value

    @property
    def latest(self) -> date | None:
        if self.value is None or self.precision is Precision.DAY:
            return self.value
        month = 12 if self.precision is Precision.YEAR else self.value.month
        return date(self.value.year, month, calendar.monthrange(self.value.year, month)[1])

    def certainly_before(self, other: "FuzzyDate") -> bool:
        """Return True when no reading of the two dates puts this one later or equal."""
        if self.latest is None or other.earliest is None:
            return False
        return self.latest < other.earliest

    def __lt__(self, other: "FuzzyDate") -> bool:
        return (self.value or date.min, self.iso) < (other.value or date.min, other.iso)

    def __bool__(self) -> bool:
        return self.is_known

    def __str__(self) -> str:
        if self.value is None:
            return pgettext("date", "unknown")
        if self.precision is Precision.DAY:
            return formats.date_format(self.value, "DATE_FORMAT")
        if self.precision is Precision.MONTH:
            return f"{MONTHS[self.value.month]} {self.value.year}"
        return str(self.value.year)


FuzzyDate.UNKNOWN = FuzzyDate()


def _earliest(value: date, precision: Precision) -> date:
    if precision is Precision.YEAR:
        return value.replace(month=1, day=1)
    return value.replace(day=1) if precision is Precision.MONTH else value


def _parts(text: str) -> tuple[int, int | None, int | None] | None:
    """Return (year, month, day) as written, or None when the text is no date."""
    if m := re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", text):
        year, month, day = m.groups()
        return int(year), int(month) if month else None, int(day) if day else None
    if m := re.fullmatch(r"(?:(\d{1,2})\.\s*)?(\d{1,2})[./]\s*(\d{4})", text):
        day, month, year = m.groups()
        return int(year), int(month), int(day) if day else None
    if m := re.fullmatch(r"(?:(\d{1,2})\.?\s+)?([^\W\d_]+)\s+(\d{4})", text):
        day, name, year = m.groups()
        month = _month_number(name.lower())
        if month:
            return int(year), month, int(day) if day else None
    return None


def _month_number(name: str) -> int | None:
    for names in (GERMAN_MONTHS, ENGLISH_MONTHS):
        if name in names:
            return names.index(name) + 1
    return None


class Qualifier(StrEnum):
    EXACT = "exact"
    MORE_THAN = "more_than"
    NEARLY = "nearly"
    ABOUT = "about"


QUALIFIER_LABELS: dict[Qualifier, Promise] = {
    Qualifier.EXACT: gettext_lazy("exactly"),
    Qualifier.MORE_THAN: gettext_lazy("more than"),
    Qualifier.NEARLY: gettext_lazy("nearly"),
    Qualifier.ABOUT: gettext_lazy("about"),
}


@dataclass(frozen=True, slots=True)
class ApproxCount:
    """A number as a source states it: how exact, and as of when."""

    value: int
    qualifier: Qualifier = Qualifier.EXACT
    as_of: FuzzyDate = FuzzyDate.UNKNOWN

    def __post_init__(self) -> None:
        if self.value < 0:
            raise ValueError(_("A count cannot be negative."))

    @classmethod
    def parse(cls, text: str) -> "ApproxCount":
        """Read the stored form, e.g. "more_than 220 2024-05"; ValueError if it is none."""
        m = re.fullmatch(r"(exact|more_than|nearly|about) (\d+)(?: (\S+))?", text.strip())
        if not m:
            raise ValueError(_("“%(text)s” is not a count.") % {"text": text})
        as_of = FuzzyDate.parse(m[3]) if m[3] else FuzzyDate.UNKNOWN
        return cls(int(m[2]), Qualifier(m[1]), as_of)

    @property
    def stored(self) -> str:
        return f"{self.qualifier.value} {self.value} {self.as_of.iso}".rstrip()

    def __str__(self) -> str:
        number = formats.number_format(self.value, use_l10n=True, force_grouping=True)
        if self.qualifier is Qualifier.EXACT:
            return number
        return f"{QUALIFIER_LABELS[self.qualifier]} {number}"
