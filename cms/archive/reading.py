"""What the page of an archive document shows, in a constant number of queries."""

from dataclasses import dataclass

from cms.archive.models import ArchiveFile, ArchivePaper
from cms.core import kernel


@dataclass(frozen=True, slots=True)
class Shown:
    paper: ArchivePaper
    files: list[ArchiveFile]
    related: list[ArchivePaper]


def paper_for(user: kernel.Somebody, pk: int) -> Shown | None:
    """Return a paper as this person may see it, or None."""
    papers = ArchivePaper.objects.filter(pk=pk).prefetch_related(
        "directed_by", "originators", "consultations__meeting", "consultations__bodies"
    )
    paper = kernel.visible(user, papers).first()
    if paper is None:
        return None
    return Shown(
        paper=paper,
        files=list(paper.files.defer("text").select_related("file")),
        related=related(user, paper),
    )


def related(user: kernel.Somebody, paper: ArchivePaper) -> list[ArchivePaper]:
    """The papers that it belongs together with, as far as this person may see them."""
    same_source = ArchivePaper.objects.filter(
        source=paper.source, source_id__in=paper.related_ids
    ).order_by("dated", "pk")
    return list(kernel.visible(user, same_source))
