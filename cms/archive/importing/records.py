"""What an import knows of a paper, a body or a meeting before it is stored. Plain values."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from urllib.parse import urlsplit

from cms.core.digests import canonical_json, sha256
from cms.core.values import FuzzyDate

# Raised whenever an import makes something else of the same object: all are written again.
MAPPING = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    source: str
    source_id: str
    web: str = ""

    def digest(self, *more: object) -> str:
        """SHA-256 of everything that would be stored; equal digests mean nothing to write."""
        return sha256(canonical_json([MAPPING, *more, asdict(self)]))


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyRecord(Record):
    name: str = ""
    short_name: str = ""
    classification: str = ""
    starts: FuzzyDate = FuzzyDate.UNKNOWN
    ends: FuzzyDate = FuzzyDate.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRecord(Record):
    name: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    place: str = ""
    cancelled: bool = False
    bodies: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRecord:
    """`file_id` is our own file where the bytes are kept here; `text` is for all others."""

    name: str
    media_type: str = ""
    web: str = ""
    text: str = ""
    file_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationRecord:
    meeting: str = ""
    bodies: Sequence[str] = ()
    role: str = ""
    authoritative: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRecord(Record):
    title: str = ""
    reference_number: str = ""
    kind: str = ""
    dated: FuzzyDate = FuzzyDate.UNKNOWN
    language: str = "de"
    directed_by: Sequence[str] = ()
    originators: Sequence[str] = ()
    related_ids: Sequence[str] = ()
    consultations: Sequence[ConsultationRecord] = ()
    files: Sequence[FileRecord] = ()

    @property
    def length(self) -> int:
        """Characters of text, to keep batches small in memory."""
        return sum(len(file.text) for file in self.files)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deletion:
    """The source says that this object is gone."""

    of: type[Record]
    source: str
    source_id: str


def source_of(source_id: str) -> str:
    """Return what names the source of an id: its host; the same id has always the same."""
    try:
        return urlsplit(source_id).netloc.lower()[:120] or "oparl"
    except ValueError:
        return "oparl"


def is_web_address(text: str) -> bool:
    """Whether this may be linked; anything but a web address could run as a script."""
    try:
        return urlsplit(text).scheme in ("http", "https") and len(text) <= 1000
    except ValueError:
        return False
