"""What OParl 1.1 says, as our records. Nothing is guessed: what is odd stays blank, and is told.

https://oparl.org/spezifikation/online-ansicht/
"""

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from cms.archive.importing.oddities import Unusable
from cms.archive.importing.records import (
    BodyRecord,
    ConsultationRecord,
    Deletion,
    FileRecord,
    MeetingRecord,
    PaperRecord,
    Record,
    is_web_address,
    source_of,
)
from cms.core.values import FuzzyDate

Note = Callable[[str, str], None]
Thing = dict[str, Any]

_TYPE = re.compile(r"https?://schema\.oparl\.org/1\.\d+/(\w+)/?")
_KEPT: dict[str, type[Record]] = {
    "Paper": PaperRecord,
    "Meeting": MeetingRecord,
    "Organization": BodyRecord,
}
# Kinds of OParl that make no record of their own here.
LEFT_OUT = frozenset(
    {"System", "Body", "LegislativeTerm", "Person", "Membership", "AgendaItem"}
    | {"Consultation", "File", "Location"}
)
# The text of one file; 1,000 pages have about 2 million characters.
_MOST_TEXT = 2_000_000


def kind_of(value: Any) -> str:
    """Return the kind of an object ("Paper"). Raises Unusable when it has none we know."""
    if not isinstance(value, dict):
        raise Unusable("not an object")
    named = value.get("type")
    match = _TYPE.fullmatch(named) if isinstance(named, str) else None
    if match is None or match[1] not in LEFT_OUT | _KEPT.keys():
        raise Unusable("no known type")
    return match[1]


def record_of(kind: str, value: Thing, note: Note) -> Record | Deletion:
    """Turn an object of a kept kind into a record. `note` hears of what is odd in it."""
    given = _Given(value, note)
    identity = given.text("id", most=_MOST_TEXT)
    if not identity:
        raise Unusable("no id")
    if len(identity) > 500:
        raise Unusable("an id of more than 500 characters")
    known = {"source": source_of(identity), "source_id": identity}
    if value.get("deleted") is True:
        return Deletion(of=_KEPT[kind], **known)
    known["web"] = given.address("web")
    return _MAKERS[kind](given, known)


def _paper(given: "_Given", known: dict[str, str]) -> PaperRecord:
    files = [
        _Given(one, given.note)
        for one in [*given.things("mainFile"), *given.things("auxiliaryFile")]
        if one.get("deleted") is not True
    ]
    title = given.text("name") or (files[0].text("name") if given.things("mainFile") else "")
    if not given.text("name"):
        given.note("no name", "the main file's name or the reference number stands for it")
    return PaperRecord(
        **known,
        title=title,
        reference_number=given.text("reference", most=80),
        kind=given.text("paperType", most=255),
        dated=given.date("date"),
        directed_by=given.ids("underDirectionOf"),
        originators=given.ids("originatorOrganization"),
        related_ids=[*given.ids("superordinatedPaper"), *given.ids("subordinatedPaper")],
        consultations=[
            _consultation(_Given(one, given.note)) for one in given.things("consultation")
        ],
        files=[_file(one) for one in files],
    )


def _consultation(given: "_Given") -> ConsultationRecord:
    decides = given.value.get("authoritative")
    return ConsultationRecord(
        meeting=next(iter(given.ids("meeting")), ""),
        bodies=given.ids("organization"),
        role=given.text("role", most=255),
        authoritative=decides if isinstance(decides, bool) else None,
    )


def _file(given: "_Given") -> FileRecord:
    names = (given.text("name", most=500), given.text("fileName", most=500))
    return FileRecord(
        name=next(filter(None, names), "") or given.text("id", most=500),
        media_type=given.text("mimeType", most=120),
        web=given.address("accessUrl") or given.address("downloadUrl"),
        text=given.text("text", most=_MOST_TEXT),
    )


def _meeting(given: "_Given", known: dict[str, str]) -> MeetingRecord:
    place = next(iter(given.things("location")), {})
    parts = ("description", "room", "streetAddress", "postalCode", "locality")
    where = [_Given(place, given.note).text(part) for part in parts]
    return MeetingRecord(
        **known,
        name=given.text("name"),
        starts_at=given.moment("start"),
        ends_at=given.moment("end"),
        place=", ".join(dict.fromkeys(filter(None, where)))[:500],
        cancelled=given.value.get("cancelled") is True,
        bodies=given.ids("organization"),
    )


def _body(given: "_Given", known: dict[str, str]) -> BodyRecord:
    name = given.text("name")
    if not name:
        given.note("no name", "")
    return BodyRecord(
        **known,
        name=name or given.text("shortName"),
        short_name=given.text("shortName", most=255),
        classification=given.text("classification", most=255),
        starts=given.date("startDate"),
        ends=given.date("endDate"),
    )


_MAKERS: dict[str, Callable[["_Given", dict[str, str]], Record]] = {
    "Paper": _paper,
    "Meeting": _meeting,
    "Organization": _body,
}


class _Given:
    """One object as it came, asked for its properties by the type they should have."""

    def __init__(self, value: Thing, note: Note) -> None:
        self.value = value
        self.note = note

    def text(self, name: str, most: int = 2000) -> str:
        found = self.value.get(name)
        if found is None or found == "":
            return ""
        if not isinstance(found, str):
            self.note(f"{name} is no text", str(found)[:80])
            return ""
        # Databases and search take neither NUL nor half a character.
        clean = found.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
        clean = clean if name == "text" else " ".join(clean.split())
        if len(clean) > most:
            self.note(f"{name} is cut", f"{len(clean)} characters, {most} are kept")
        return clean[:most]

    def address(self, name: str) -> str:
        found = self.text(name)
        if not found or is_web_address(found):
            return found
        self.note(f"{name} is no web address", found[:80])
        return ""

    def date(self, name: str) -> FuzzyDate:
        found = self.text(name)
        try:
            # Some sources write the moment where the day belongs.
            return FuzzyDate.parse(found[:10] if "T" in found else found)
        except ValueError:
            self.note("broken date", f"{name} {found[:40]}")
            return FuzzyDate.UNKNOWN

    def moment(self, name: str) -> datetime | None:
        found = self.text(name)
        if not found:
            return None
        try:
            moment = parse_datetime(found)
        except ValueError:
            moment = None
        # At both ends of the calendar a time zone leads out of it.
        if moment is None or not 1000 <= moment.year <= 9998:
            self.note("broken date", f"{name} {found[:40]}")
            return None
        return timezone.make_aware(moment) if timezone.is_naive(moment) else moment

    def ids(self, name: str) -> list[str]:
        """The ids of other objects: named, or embedded; each once."""
        found = (one.get("id") if isinstance(one, dict) else one for one in self._listed(name))
        return list(dict.fromkeys(self._usable(name, found)))

    def things(self, name: str) -> list[Thing]:
        """Embedded objects; one that is only named cannot be read here."""
        found = []
        for one in self._listed(name):
            if isinstance(one, dict):
                found.append(one)
            else:
                self.note(f"{name} is not embedded", str(one)[:80])
        return found

    def _listed(self, name: str) -> list[Any]:
        found = self.value.get(name)
        if found is None or found == "":
            return []
        return found if isinstance(found, list) else [found]

    def _usable(self, name: str, found: Iterable[Any]) -> Iterable[str]:
        for one in found:
            if isinstance(one, str) and 0 < len(one) <= 500 and "\0" not in one:
                yield one.encode("utf-8", "replace").decode("utf-8")
            else:
                self.note(f"{name} names no object", str(one)[:80])
