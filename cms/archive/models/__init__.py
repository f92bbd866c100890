from cms.archive.models.papers import ArchiveFile, ArchivePaper
from cms.archive.models.sittings import ArchiveBody, ArchiveMeeting, Consultation

__all__ = [
    "ArchiveBody",
    "ArchiveFile",
    "ArchiveMeeting",
    "ArchivePaper",
    "Consultation",
]
