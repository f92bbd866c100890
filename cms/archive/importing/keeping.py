"""Taking the bytes of a file in, as an upload is taken in: looked at, stored, its text read."""

from pathlib import Path

from django.conf import settings
from django.core.files import File as Opened

from cms.archive.importing.oddities import Unusable
from cms.archive.importing.records import FileRecord
from cms.core.digests import sha256
from cms.core.refusals import sentence
from cms.documents.models import File
from cms.documents.rules import content_type, refusal_of_upload


def keep(path: Path, source: str, source_id: str, *, dry_run: bool = False) -> FileRecord:
    """Return the record of a file; the same bytes of the same paper are stored once.

    Raises Unusable for what no upload may be either.
    """
    size = path.stat().st_size
    if size > settings.WAGTAILDOCS_MAX_UPLOAD_SIZE:
        raise Unusable(f"larger than {settings.WAGTAILDOCS_MAX_UPLOAD_SIZE // 2**20} MB")
    data = path.read_bytes()
    extension = path.suffix.lower().lstrip(".")
    if refusal := refusal_of_upload(data, extension):
        raise Unusable(sentence(refusal))
    kept = File.objects.filter(
        archive_files__paper__source=source,
        archive_files__paper__source_id=source_id,
        sha256=sha256(data),
    ).first()
    if kept is None and not dry_run:
        kept = _store(path)
    return FileRecord(
        name=path.name[:500],
        media_type=content_type(data, extension),
        file_id=kept.pk if kept else None,
    )


def _store(path: Path) -> File:
    with path.open("rb") as stream:
        file = File(title=path.name[:255], file=Opened(stream, name=path.name))
        file.save()
    return file
