"""What can be wrong with an entry, and how we say it."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Fault(StrEnum):
    CHANGED = "entry changed"
    MISSING = "entry missing"
    ADDED = "entry added"
    CUT_OFF = "entries missing at the end"
    TOO_EARLY = "dated before the entry before it"
    NAME_CHANGED = "name changed"
    DIFFERS = "differs from what was sealed"
    HEAD_CHANGED = "sealed head changed"


SENTENCES: dict[Fault, Promise] = {
    Fault.CHANGED: _("the entry was changed"),
    Fault.MISSING: _("the entry is missing"),
    Fault.ADDED: _("the entry was slipped in"),
    Fault.CUT_OFF: _("the entries from here on are missing"),
    Fault.TOO_EARLY: _("the entry is dated before the one before it"),
    Fault.NAME_CHANGED: _("a name was changed or removed"),
    Fault.DIFFERS: _("the entry differs from what was sealed outside the database"),
    Fault.HEAD_CHANGED: _("the sealed head of this number of entries was changed"),
}
