"""The roles of an office, as groups. The group's name is the key used in routes."""

from enum import StrEnum


class Role(StrEnum):
    EDITORS = "editors"
    REVIEWERS = "reviewers"
    MINISTRY = "ministry"
    # The official channel inside the ministry: Referat, Abteilung, Hausleitung.
    DIVISION = "division"
    DEPARTMENT = "department"
    LEADERSHIP = "leadership"
    OFFICE = "office"
    ASSOCIATIONS = "associations"
    MEMBERS = "members"


# Whoever works in the office or the ministry reads what is meant for them.
INSIDE_THE_OFFICE = frozenset(
    {
        Role.EDITORS,
        Role.REVIEWERS,
        Role.OFFICE,
        Role.MINISTRY,
        Role.DIVISION,
        Role.DEPARTMENT,
        Role.LEADERSHIP,
    }
)
# Who writes in the editor's admin, and may add and change pages there.
WRITING = frozenset({Role.EDITORS, Role.OFFICE})
