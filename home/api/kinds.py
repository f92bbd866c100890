"""Every kind of paper, in the order in which lists of papers go through them."""

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import Field

from cms.agreements import api as agreements
from cms.archive import api as archive
from cms.documents.api import PaperFile
from cms.documents.api import files_of as files_of_page
from cms.events import api as events
from cms.networks import api as networks
from cms.networks.api import PaperKind
from cms.publications import api as publications

# Callers page through them in this order: a new kind goes to the end.
KINDS: dict[str, PaperKind] = {
    one.kind: one
    for one in (
        agreements.Agreements(),
        agreements.Declarations(),
        agreements.Accessions(),
        events.EventSeriesKind(),
        events.Events(),
        events.Documentations(),
        publications.Publications(),
        networks.MemberProfiles(),
        archive.ArchiveDocuments(),
    )
}

Details = Annotated[
    agreements.Agreement
    | agreements.Declaration
    | agreements.Accession
    | events.EventSeries
    | events.Event
    | events.Documentation
    | publications.Publication
    | networks.MemberProfile
    | archive.Archived,
    Field(discriminator="kind"),
]


def files_of(kind: PaperKind, record: Any) -> Sequence[PaperFile]:
    return archive.files_of(record) if kind.kind == "archive" else files_of_page(record)
