"""How archive documents are told to programs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from django.db.models import Q, QuerySet
from pydantic import BaseModel, Field

from cms.archive.models import ArchivePaper
from cms.archive.reading import related
from cms.archive.search import BODY_ID, bodies_of
from cms.core.kernel import Somebody
from cms.documents.api import PaperFile
from cms.networks.api import NamedBody, PaperKind


class Consultation(BaseModel):
    meeting: str | None
    starts_at: datetime | None
    place: str
    cancelled: bool
    bodies: Sequence[str]
    role: str


class Archived(BaseModel):
    kind: Literal["archive"] = "archive"
    paper_type: str = Field(description="In the words of its source")
    source: str
    source_id: str
    source_url: str
    imported_at: datetime
    consultations: Sequence[Consultation]
    belongs_together_with: Sequence[str]


class ArchiveDocuments(PaperKind):
    kind = "archive"
    model = ArchivePaper
    dates = ("dated",)
    changed = "imported_at"
    fetched = (
        "directed_by", "originators", "consultations__bodies", "consultations__meeting",
    )  # fmt: skip

    def published(self) -> QuerySet[Any]:
        return ArchivePaper.objects.all()

    def naming(self, body: str) -> Q | None:
        pk = body.removeprefix(BODY_ID)
        if pk == body or not pk.isdecimal():
            return None
        roles = ("originators", "directed_by", "consultations__bodies")
        return Q(*((role, int(pk)) for role in roles), _connector=Q.OR)

    def title_of(self, record: ArchivePaper) -> str:
        return str(record)

    def bodies_of(self, record: ArchivePaper) -> Sequence[NamedBody]:
        return [
            NamedBody(role="", id=f"{BODY_ID}{body.pk}", name=str(body), names=[])
            for body in bodies_of(record)
        ]

    def details_of(self, record: ArchivePaper, user: Somebody) -> Archived:
        return Archived(
            paper_type=record.kind,
            source=record.source,
            source_id=record.source_id,
            source_url=record.web,
            imported_at=record.imported_at,
            consultations=[_consultation(one) for one in record.consultations.all()],
            belongs_together_with=[f"archive-{one.pk}" for one in related(user, record)],
        )


def files_of(paper: ArchivePaper) -> Sequence[PaperFile]:
    """Return the files of an archive document; some are kept here, of others only the text."""
    return [
        PaperFile(
            name=one.name,
            kind="",
            url=one.url,
            size=one.file.file_size if one.file else None,
            sha256=(one.file.sha256 or None) if one.file else None,
            media_type=one.file.media_type if one.file else one.media_type,
        )
        for one in paper.files.defer("text").select_related("file")
    ]


def _consultation(one: Any) -> Consultation:
    meeting = one.meeting
    return Consultation(
        meeting=meeting.name if meeting else None,
        starts_at=meeting.starts_at if meeting else None,
        place=meeting.place if meeting else "",
        cancelled=bool(meeting and meeting.cancelled),
        bodies=[f"{BODY_ID}{body.pk}" for body in one.bodies.all()],
        role=one.role,
    )
