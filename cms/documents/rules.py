"""Which uploads are taken in: the type is read from the content, never believed.

Plain values in, reasons out.
"""

import codecs
import io
import zipfile
from enum import StrEnum

PDF = "application/pdf"
ZIP_TYPES = {
    "docx": ("word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": ("xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "pptx": ("ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
}
OPEN_DOCUMENT = {
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
}
TEXT_TYPES = {"txt": "text/plain", "csv": "text/csv", "htm": "text/html", "html": "text/html"}


class Refusal(StrEnum):
    FILE_EMPTY = "documents.file_empty"
    FILE_BROKEN = "documents.file_broken"
    TYPE_UNKNOWN = "documents.type_unknown"
    TYPE_NOT_AS_NAMED = "documents.type_not_as_named"


def refusal_of_upload(data: bytes, extension: str) -> Refusal | None:
    """Return why these bytes are not taken in under this extension, or None."""
    if not data:
        return Refusal.FILE_EMPTY
    if extension not in {"pdf", *ZIP_TYPES, *OPEN_DOCUMENT, *TEXT_TYPES}:
        return Refusal.TYPE_UNKNOWN
    found = content_type(data, extension)
    return None if found else _reason(data, extension)


def content_type(data: bytes, extension: str) -> str:
    """Return the media type that the bytes really have, or "" when they do not fit."""
    if extension == "pdf":
        return PDF if b"%PDF-" in data[:1024] and b"%%EOF" in data[-2048:] else ""
    if extension in ZIP_TYPES:
        folder, media_type = ZIP_TYPES[extension]
        names = _zip_names(data)
        fits = "[Content_Types].xml" in names and any(name.startswith(folder) for name in names)
        return media_type if fits else ""
    if extension in OPEN_DOCUMENT:
        fits = _open_document_type(data) == OPEN_DOCUMENT[extension]
        return OPEN_DOCUMENT[extension] if fits else ""
    return TEXT_TYPES.get(extension, "") if _is_text(data) else ""


def _reason(data: bytes, extension: str) -> Refusal:
    looks_right = {
        "pdf": b"%PDF-" in data[:1024],
        **{name: data.startswith(b"PK") for name in (*ZIP_TYPES, *OPEN_DOCUMENT)},
    }
    return Refusal.FILE_BROKEN if looks_right.get(extension) else Refusal.TYPE_NOT_AS_NAMED


def _zip_names(data: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return []


def _open_document_type(data: bytes) -> str:
    # OpenDocument 1.2, part 3, 3.3: the first member "mimetype" is stored as it is.
    if not data.startswith(b"PK") or data[30:38] != b"mimetype":
        return ""
    return data[38:120].split(b"PK")[0].decode("ascii", "replace")


def _is_text(data: bytes) -> bool:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decodes(data, "utf-16")
    if b"\0" in data:
        return False
    # Windows-1252 leaves hardly a byte undefined; control characters give it away.
    return _decodes(data, "utf-8") or not any(b < 9 or 13 < b < 32 for b in data[:4096])


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
