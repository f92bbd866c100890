"""The rows of a batch: few queries for many records. Called inside a transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from itertools import islice
from typing import Any

from django.db import models
from django.db.models import Q

from cms.archive.importing.records import (
    BodyRecord,
    ConsultationRecord,
    Deletion,
    MeetingRecord,
    PaperRecord,
    source_of,
)
from cms.archive.models import (
    ArchiveBody,
    ArchiveFile,
    ArchiveMeeting,
    ArchivePaper,
    Consultation,
)
from cms.documents.models import File
from search.indexing import touch_all

Ids = dict[str, int]

# What a stub and a second import have in common: who it is.
_IDENTITY = ["source", "source_id"]


def write_bodies(batch: Sequence[tuple[BodyRecord, str]], **meant: Any) -> None:
    known = {
        (body.source, body.source_id): body
        for body in ArchiveBody.objects.filter(source_id__in=[one.source_id for one, _ in batch])
    }
    bodies, renamed = [], []
    for record, digest in batch:
        before = known.get((record.source, record.source_id))
        body = ArchiveBody(digest=digest, **_plain(record))
        if before is not None:
            names = [name for name in before.all_names if name not in body.all_names]
            body.former_names = names
            if before.all_names != body.all_names:
                renamed.append(before.pk)
        bodies.append(body)
    _upsert(ArchiveBody, bodies)
    # The papers carry the names of their bodies in the index.
    touch_papers_of(renamed)


def write_meetings(batch: Sequence[tuple[MeetingRecord, str]], **meant: Any) -> None:
    bodies = _ids_of(ArchiveBody, (one for record, _ in batch for one in record.bodies))
    meetings = [
        ArchiveMeeting(digest=digest, **_plain(record, without=("bodies",)))
        for record, digest in batch
    ]
    pks = _upsert(ArchiveMeeting, meetings)
    through = ArchiveMeeting.bodies.through
    through.objects.filter(archivemeeting_id__in=pks).delete()
    through.objects.bulk_create(
        through(archivemeeting_id=pk, archivebody_id=bodies[one])
        for pk, (record, _) in zip(pks, batch, strict=True)
        for one in record.bodies
    )


def write_papers(
    batch: Sequence[tuple[PaperRecord, str]], *, audience: str, network_id: int | None
) -> None:
    records = [record for record, _ in batch]
    rows = [
        ArchivePaper(
            digest=digest,
            audience=audience,
            network_id=network_id,
            **_plain(record, without=("directed_by", "originators", "consultations", "files")),
        )
        for record, digest in batch
    ]
    pks = _upsert(ArchivePaper, rows)
    before = ArchiveFile.objects.filter(paper__in=pks)
    kept = list(before.exclude(file=None).values_list("file_id", flat=True))
    before.delete()
    ArchiveFile.objects.bulk_create(
        ArchiveFile(paper_id=pk, number=number, **_plain(file))
        for pk, record in zip(pks, records, strict=True)
        for number, file in enumerate(record.files, 1)
    )
    # What the source has replaced; somebody may have attached it to a page meanwhile.
    File.objects.filter(pk__in=kept, archive_files=None, attachments=None).delete()
    _write_ties(pks, records)
    touch_all(_key(pk) for pk in pks)


def _write_ties(pks: Sequence[int], records: Sequence[PaperRecord]) -> None:
    """Who brought a paper in, who leads, where it was dealt with."""
    bodies = _ids_of(ArchiveBody, _named_bodies(records))
    meetings = _ids_of(
        ArchiveMeeting, (one.meeting for r in records for one in r.consultations if one.meeting)
    )
    for name in ("directed_by", "originators"):
        through = getattr(ArchivePaper, name).through
        through.objects.filter(archivepaper_id__in=pks).delete()
        through.objects.bulk_create(
            through(archivepaper_id=pk, archivebody_id=bodies[one])
            for pk, record in zip(pks, records, strict=True)
            for one in getattr(record, name)
        )
    Consultation.objects.filter(paper__in=pks).delete()
    given: list[tuple[Consultation, ConsultationRecord]] = [
        (
            Consultation(
                paper_id=pk,
                number=number,
                meeting_id=meetings.get(one.meeting),
                role=one.role,
                authoritative=one.authoritative,
            ),
            one,
        )
        for pk, record in zip(pks, records, strict=True)
        for number, one in enumerate(record.consultations, 1)
    ]
    Consultation.objects.bulk_create(row for row, _ in given)
    dealing = Consultation.bodies.through
    dealing.objects.bulk_create(
        dealing(consultation_id=row.pk, archivebody_id=bodies[body])
        for row, one in given
        for body in one.bodies
    )


def _named_bodies(records: Iterable[PaperRecord]) -> Iterable[str]:
    for record in records:
        yield from record.directed_by
        yield from record.originators
        for one in record.consultations:
            yield from one.bodies


def delete(model: type[models.Model], deletions: Iterable[Deletion]) -> None:
    for one in deletions:
        rows = model._default_manager.filter(source=one.source, source_id=one.source_id)
        if model is ArchiveBody:
            touch_papers_of(rows.values_list("pk", flat=True))
        rows.delete()


def touch_papers_of(bodies: Iterable[int]) -> None:
    """Note that everything these bodies had to do with reads otherwise now."""
    pks = list(bodies)
    if not pks:
        return
    concerned = ArchivePaper.objects.filter(
        Q(directed_by__in=pks) | Q(originators__in=pks) | Q(consultations__bodies__in=pks)
    )
    found = concerned.distinct().values_list("pk", flat=True).iterator(chunk_size=1000)
    while some := list(islice(found, 1000)):
        touch_all(_key(pk) for pk in some)


def _key(pk: int) -> str:
    return f"{ArchivePaper._meta.label_lower}:{pk}"


def _upsert(model: type[models.Model], rows: Sequence[Any]) -> list[int]:
    """Write rows by their identity at the source, and return their keys in the same order."""
    columns = [
        field.name
        for field in model._meta.concrete_fields
        if not field.primary_key and field.name not in _IDENTITY
    ]
    made = model._default_manager.bulk_create(
        rows, update_conflicts=True, unique_fields=_IDENTITY, update_fields=columns
    )
    return [row.pk for row in made]


def _ids_of(model: type[models.Model], source_ids: Iterable[str]) -> Ids:
    """Return our keys of objects at the source. What has not come in yet gets an empty row."""
    wanted = set(source_ids)
    found = _present(model, wanted)
    if missing := sorted(wanted - found.keys()):
        model._default_manager.bulk_create(
            (model(source=source_of(one), source_id=one) for one in missing),
            ignore_conflicts=True,
        )
        found |= _present(model, set(missing))
    return found


def _present(model: type[models.Model], wanted: set[str]) -> Ids:
    rows = model._default_manager.filter(source_id__in=wanted)
    return {
        source_id: pk
        for source, source_id, pk in rows.values_list("source", "source_id", "pk")
        if source == source_of(source_id)
    }


def _plain(record: Any, without: Sequence[str] = ()) -> dict[str, Any]:
    """The fields of a record that are columns of its row."""
    names = (one.name for one in fields(record))
    return {name: getattr(record, name) for name in names if name not in without}
